"""References of records: ours, random, free of meaning, so that one may stand in an address or be read out."""

import re
import secrets

from django.urls.converters import StringConverter

# No vowels, so no words; no 0/O, 1/I/L, 5/S, 2/Z, which are confused on the telephone.
ALPHABET = "34679BCDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    """Ten characters in two groups, such as `7K3MB-9QXDF`: about 4 × 10¹³ different ones."""
    letters = [secrets.choice(ALPHABET) for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


WRITTEN = re.compile(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}")


class ReferenceConverter(StringConverter):
    """A reference in an address, so that words beside it stay free for pages."""

    regex = WRITTEN.pattern
