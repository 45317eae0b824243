"""Beat's scheduler, which also leaves a sign of life: the file named in BEAT_PULSE is touched each time it looks."""

from pathlib import Path
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler

from infoshare import env


class PulsingScheduler(DatabaseScheduler):  # type: ignore[misc]
    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Seconds until it should look again."""
        seconds = super().tick(*args, **kwargs)
        Path(env.required("BEAT_PULSE", "Name a file that beat may touch.")).touch()
        return seconds
