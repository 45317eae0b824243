"""A zip file written as it is sent: whatever it holds, no more of it is in memory than one piece of one member."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

Member = tuple[str, Iterable[bytes]]


class _Taken(io.RawIOBase):
    """A file that cannot seek and hands back what was written to it since it was last asked."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | memoryview") -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


def streamed(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """`at` is the time that each member bears."""
    file = _Taken()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o600 << 16
            with archive.open(about, "w") as member:
                for piece in pieces:
                    member.write(piece)
                    if taken := file.take():
                        yield taken
    yield file.take()
