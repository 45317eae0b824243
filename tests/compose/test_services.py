"""Each service's command, run as a plain process with the service's own environment, passes its own health check."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infoshare.embedded.keys import free_port
from infoshare.embedded.places import CLONE
from infoshare.embedded.processes import wait_until
from tests.own_servers import own_addresses

WITHIN = 120.0  # seconds, on a busy machine


class Host:
    """Stands in for the container engine: secrets in a directory, one port, the virtual environment's programs."""

    def __init__(self, services: dict[str, Any], secrets: Path) -> None:
        self.services = services
        self.secrets = secrets
        self.port = free_port(0)

    def environment(self, name: str) -> dict[str, str]:
        declared = self.services[name].get("environment", {})
        replaced = {key: self._local(value) for key, value in declared.items()}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": programs, "HOME": os.environ.get("HOME", "/"), "PORT": str(self.port), **replaced}

    def _local(self, value: str) -> str:
        return (
            re.sub(r"^/tmp/", f"{self.secrets.parent}/", value)
            .replace("/run/secrets", str(self.secrets))
            .replace("0.0.0.0:8000", f"127.0.0.1:{self.port}")
        )

    def start(self, name: str) -> subprocess.Popen[bytes]:
        command = [self._local(word) for word in self.services[name]["command"]]
        with (self.secrets.parent / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, cwd=CLONE, env=self.environment(name), stdout=log, stderr=log)

    def healthy(self, name: str) -> bool:
        how, *command = self.services[name]["healthcheck"]["test"]
        assert how == "CMD"
        return subprocess.run(command, cwd=CLONE, env=self.environment(name), capture_output=True).returncode == 0

    def said(self, name: str) -> str:
        return (self.secrets.parent / f"{name}.log").read_text()


@pytest.fixture
def host(services: dict[str, Any], secrets: Path) -> Iterator[Host]:
    with own_addresses() as addresses:
        for name, value in addresses.items():
            (secrets / name.lower()).write_text(value)
        yield Host(services, secrets)


@pytest.mark.slow
def test_every_service_starts_and_becomes_healthy(host: Host) -> None:
    migrated = host.start("migrate")
    assert migrated.wait() == 0, host.said("migrate")
    processes = {name: host.start(name) for name in ("web", "worker", "beat")}
    try:
        for name, process in processes.items():
            assert wait_until(lambda: process.poll() is not None or host.healthy(name), WITHIN), host.said(name)  # noqa: B023
            assert process.poll() is None, host.said(name)
    finally:
        for process in processes.values():
            process.terminate()
        ended = {name: process.wait(timeout=60) for name, process in processes.items()}
    assert ended == {"web": 0, "worker": 0, "beat": 0}
    assert not host.healthy("web")
