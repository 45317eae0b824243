"""Known failures of a set-up step, and for each one sentence saying what to do. Reads output only; runs nothing."""

import re

KNOWN = (
    (
        r"No space left on device|os error 28|ENOSPC",
        "There is not enough free disk space: free about 2 GB and start again.",
    ),
    (
        r"ensurepip is not|No module named '?(ensurepip|venv|pip)\b",
        "This Python cannot make virtual environments: install that part (Debian and Ubuntu:"
        " apt install python3-venv) and start again.",
    ),
    (
        r"(?i)hash mismatch|do not match the hashes|EINTEGRITY",
        "A downloaded package is not the one that was locked: try again, and if it happens again tell whoever runs"
        " your package mirror.",
    ),
    (
        r"(?i)invalid peer certificate|certificate verify failed|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)",
        "The certificate of the package index is not trusted here: if your network's proxy signs in its place,"
        " set SSL_CERT_FILE and NODE_EXTRA_CA_CERTS to a bundle that holds the proxy's certificate.",
    ),
    (
        r"(?i)failed to fetch|error sending request|dns error|name resolution|EAI_AGAIN|ENOTFOUND|ETIMEDOUT"
        r"|connection refused|ECONNREFUSED|could not find a version|urlopen error",
        "The package index could not be reached: check the network (behind a proxy: set HTTPS_PROXY) and start again.",
    ),
    (
        r"command '\S*' failed|Failed to build",
        "A package has no ready-made build for this Python and machine, and making one failed: install a C compiler"
        " (Debian and Ubuntu: apt install build-essential python3-dev) or use another Python (make PYTHON=python3.11).",
    ),
)


def what_to_do(output: str) -> str | None:
    """The sentence for the first failure recognised in a program's output."""
    return next((sentence for pattern, sentence in KNOWN if re.search(pattern, output)), None)
