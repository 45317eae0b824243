"""`make run`'s program on an empty database: what it says, and what it notices."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infoshare.embedded.keys import free_port
from infoshare.embedded.places import CLONE
from infoshare.embedded.processes import alive, command_line, wait_until
from infoshare.serve import commands, healthy
from tests.own_servers import own_addresses

Served = subprocess.Popen[str]


def serve(port: int | str, **environment: str) -> Served:
    return subprocess.Popen(
        [sys.executable, "-m", "infoshare.serve"],
        cwd=CLONE,
        env={**os.environ, "PORT": str(port), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_port_in_use_is_told_before_anything_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = serve(port)
        said, _ = process.communicate()
    assert process.returncode == 1
    assert said == (
        f"Port {port} is in use: stop the program that uses it, or choose another: `make run PORT={port + 1}`.\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    said, _ = serve(port).communicate()
    assert said == f"PORT is {port!r}: give a number from 1 to 65535, such as `make run PORT=8001`.\n"


@pytest.fixture(scope="module")
def addresses() -> Iterator[dict[str, str]]:
    """One database for all: only the first start has tables to make."""
    with own_addresses() as found:
        yield found


@pytest.fixture
def ready(addresses: dict[str, str]) -> Iterator[Callable[[], tuple[Served, int, str]]]:
    """Starts everything and returns when it says that it is ready."""
    started: list[Served] = []

    def start() -> tuple[Served, int, str]:
        port = free_port(0)
        process = serve(port, **addresses)
        started.append(process)
        assert process.stdout is not None
        said = ""
        while "Ctrl-C stops it." not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        return process, port, said

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def children(parent: int) -> dict[str, int]:
    """The crew of a serving process, by name."""
    words = {name: " ".join(command[1:4]) for name, command in commands(0).items()}
    words["worker"], words["beat"] = " worker ", " beat "
    found: dict[str, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        pid = int(status.parent.name)
        if re.search(rf"\) \S {parent} ", status.read_text()):
            found |= {name: pid for name, some in words.items() if some in command_line(pid)}
    return found


@pytest.mark.slow
def test_ctrl_c_ends_everything_and_that_is_no_error(ready: Callable[[], tuple[Served, int, str]]) -> None:
    process, port, said = ready()
    assert f"infoshare is ready: http://127.0.0.1:{port}\n" in said
    assert "@example.org" in said
    crew = children(process.pid)
    assert set(crew) == {"web", "worker", "beat"}
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopping…" in rest
    assert not any(map(alive, crew.values()))
    assert not healthy(port)


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["web", "worker", "beat"])
def test_a_killed_process_is_told_and_ends_the_others(
    ready: Callable[[], tuple[Served, int, str]], victim: str
) -> None:
    process, _, _ = ready()
    crew = children(process.pid)
    os.kill(crew[victim], signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    assert f"{victim} has ended (SIGKILL) unexpectedly: stopping everything.\n" in rest
    assert process.returncode == 1
    assert not any(map(alive, crew.values()))


@pytest.mark.slow
def test_nothing_outlives_a_serving_process_that_is_killed(ready: Callable[[], tuple[Served, int, str]]) -> None:
    process, _, _ = ready()
    crew = children(process.pid)
    process.kill()
    process.communicate()
    assert wait_until(lambda: not any(map(alive, crew.values())), 60)
