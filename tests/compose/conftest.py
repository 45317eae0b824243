"""docker-compose.yml as Compose itself reads it, and its secrets as its own script makes them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infoshare.embedded.places import CLONE

COMPOSE = Path(sys.executable).with_name("docker-compose")


@pytest.fixture(scope="session")
def services() -> dict[str, Any]:
    environment = {"PATH": os.environ["PATH"], "ALLOWED_HOSTS": "infoshare.example.org"}
    done = subprocess.run(
        [COMPOSE, "config", "--format", "json"], cwd=CLONE, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout)["services"])


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    script = tmp_path / "docker" / "make-secrets"
    script.parent.mkdir()
    shutil.copy(CLONE / "docker" / "make-secrets", script)
    subprocess.run([script], check=True, capture_output=True)
    return tmp_path / "secrets"
