"""A record's content without its recommendation: what lists, files and searches need is a tenth of what is sealed.

Most of the time that a list takes would go into reading what the engine said, which no list shows. Pure.
"""

import json
from typing import Any

START, END = b',"recommendation":{', b'},"recorded_at":"'  # neighbours, since the keys of what is sealed are in order


def read(written: bytes) -> dict[str, Any]:
    """Of what `crypto.canonical` wrote; the whole content, where it has no recommendation."""
    start, end = written.find(START), written.rfind(END)
    if 0 <= start < end:
        try:
            before, after = json.loads(written[:start] + b"}"), json.loads(b"{" + written[end + 2 :])
        except ValueError:
            pass  # those stood inside of something else
        else:
            return {**before, **after}
    whole: dict[str, Any] = json.loads(written)
    return whole
