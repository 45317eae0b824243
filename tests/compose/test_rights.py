"""Who is handed which secret, and that the secrets are there."""

import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infoshare.embedded.places import CLONE


def secrets_of(service: dict[str, Any]) -> set[str]:
    return {secret["source"] for secret in service.get("secrets", [])}


def test_only_migrate_may_sign_in_as_the_owner(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if "database_owner_url" in secrets_of(service)] == ["migrate"]


def test_only_the_worker_may_sign_in_as_the_worker_and_sign_checkpoints(services: dict[str, Any]) -> None:
    for secret in ("worker_database_url", "ledger_signing_key"):
        assert [name for name, service in services.items() if secret in secrets_of(service)] == ["worker"]


def test_no_secret_stands_in_the_environment(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            named = any(word in name for word in ("PASSWORD", "SECRET", "_URL"))
            secret = name.removesuffix("_FILE").lower()
            assert not named or value in (f"/run/secrets/{secret}", f"/run/secrets/worker_{secret}"), name


def test_every_secret_is_made_once_and_differs(services: dict[str, Any], secrets: Path) -> None:
    made = {path.name for path in secrets.iterdir()}
    assert made == set().union(*map(secrets_of, services.values()))
    assert len({path.read_text() for path in secrets.iterdir()}) == len(made)
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    again = subprocess.run([secrets.parent / "docker" / "make-secrets"], capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (1, "secrets/ is there already: nothing changed.\n")


@pytest.mark.parametrize("setting", ["read_only", "cap_drop", "mem_limit", "pids_limit", "healthcheck"])
def test_no_service_goes_without(services: dict[str, Any], setting: str) -> None:
    assert [name for name, service in services.items() if not service.get(setting)] == []


def test_the_image_does_not_run_as_root() -> None:
    users = [line.split()[1] for line in (CLONE / "Dockerfile").read_text().splitlines() if line.startswith("USER ")]
    assert users
    assert int(users[-1]) > 0
