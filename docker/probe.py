"""Health checks of the containers: `probe.py web` asks /health, `probe.py beat` looks at its sign of life.

Standard library only, so that asking often costs little. The worker is asked by Celery's own ping.
"""

import http.client
import os
import sys
import time
from pathlib import Path

BEAT_IS_LATE_AFTER = 60.0  # seconds; it looks at its schedule every 5


def web() -> bool:
    """Asks under a name that Django accepts."""
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=10)
    connection.request("GET", "/health", headers={"Host": name})
    return connection.getresponse().status == 200


def beat() -> bool:
    return time.time() - Path(os.environ["BEAT_PULSE"]).stat().st_mtime < BEAT_IS_LATE_AFTER


if __name__ == "__main__":
    try:
        sys.exit(not {"web": web, "beat": beat}[sys.argv[1]]())
    except (OSError, http.client.HTTPException) as error:
        sys.exit(f"{type(error).__name__}: {error}")
