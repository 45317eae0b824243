"""Kept checkpoints: the newest one goes where nobody in charge of the database can change it.

Without one, a log that was taken back to an earlier, properly signed state looks whole.
"""

from pathlib import Path

from django.conf import settings

from . import checkpoint
from .models import Checkpoint


def path() -> Path:
    return Path(settings.LEDGER_ANCHOR_FILE)


def newest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def read(place: Path) -> list[str]:
    """Every checkpoint in a file, or in the files of a folder, such as e-mails saved as text."""
    files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in files)
    return [note for text in texts for note in checkpoint.notes_in(text)]


def append() -> Path | None:
    """Add the newest checkpoint to the configured file, unless it is there already."""
    last, file_path = newest(), path()
    if last is None:
        return None
    file_path.parent.mkdir(parents=True, exist_ok=True)
    with file_path.open("a+", encoding="utf-8") as file:
        file.seek(0)
        if last.note not in file.read():
            file.write(f"{last.note}\n")
    return file_path


def file(kept: Checkpoint) -> bytes:
    """A checkpoint as it is handed out: its note, and the key that signed it."""
    return f"{kept.note}\n{kept.signer}\n".encode()
