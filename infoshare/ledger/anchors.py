"""Kept checkpoints: the newest one goes where nobody in charge of the database can change it.

Without one, a log that was taken back to an earlier, properly signed state looks whole.
"""

from pathlib import Path

from django.conf import settings

from . import checkpoint
from .models import Checkpoint


def newest() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def read(path: Path) -> list[str]:
    """Every checkpoint in a file, or in the files of a folder, such as e-mails saved as text."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in files)
    return [note for text in texts for note in checkpoint.notes_in(text)]


def append() -> Path | None:
    """Add the newest checkpoint to the configured file, unless it is there already."""
    last, path = newest(), Path(settings.LEDGER_ANCHOR_FILE)
    if last is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0)
        if last.note not in file.read():
            file.write(f"{last.note}\n")
    return path
