"""What programs say when a machine lacks something, and the sentence made of it."""

import pytest

from tools.known import what_to_do

SAID = {
    "free disk space": "cause: failed to copy file: No space left on device (os error 28)",
    "python3-venv": "The virtual environment was not created successfully because ensurepip is not\navailable.",
    "not the one that was locked": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "is not trusted here": "error: Failed to fetch\n  cause: invalid peer certificate: UnknownIssuer",
    "check the network": "npm error code ENOTFOUND\nnpm error syscall getaddrinfo",
    "install a C compiler": "  × Failed to build `brotli==1.2.0`\n  error: [Errno 2] No such file or directory: 'gcc'",
}


@pytest.mark.parametrize(("wanted", "said"), SAID.items(), ids=SAID)
def test_a_known_failure_is_one_sentence_saying_what_to_do(wanted: str, said: str) -> None:
    sentence = what_to_do(f"first lines\n{said}\nlast lines")
    assert sentence is not None
    assert wanted in sentence
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")


def test_an_unknown_failure_gets_no_advice() -> None:
    assert what_to_do("Segmentation fault") is None
