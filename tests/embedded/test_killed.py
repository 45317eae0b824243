"""Servers and launchers killed without warning: told, cleaned up, nothing lost."""

import os
import signal
import sys
from pathlib import Path

import pytest

from infoshare.embedded.processes import alive, wait_until
from tests.embedded.conftest import Launch, Up, server_pids

pytestmark = pytest.mark.slow
WRITE = """
import os, psycopg
database = psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)
database.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
import socket, sys, urllib.parse
broker = urllib.parse.urlsplit(os.environ["CELERY_BROKER_URL"])
with socket.create_connection((broker.hostname, broker.port)) as valkey:
    valkey.sendall(f"AUTH {broker.password}\\r\\nSET kept 42\\r\\n".encode())
    while not valkey.recv(100).endswith(b"+OK\\r\\n"): pass
print("up", flush=True); sys.stdin.read()
"""
READ = """
import os, psycopg, socket, urllib.parse
print(psycopg.connect(os.environ["DATABASE_OWNER_URL"]).execute("TABLE kept").fetchone())
broker = urllib.parse.urlsplit(os.environ["CELERY_BROKER_URL"])
with socket.create_connection((broker.hostname, broker.port)) as valkey:
    valkey.sendall(f"AUTH {broker.password}\\r\\nGET kept\\r\\nQUIT\\r\\n".encode())
    print(valkey.makefile().read().split())
"""


@pytest.mark.parametrize("which", [0, 1], ids=["PostgreSQL", "Valkey"])
def test_a_server_that_dies_is_named_and_the_command_ended(up: Up, clone: Path, which: int) -> None:
    process = up()
    os.kill(server_pids(clone / "var" / "servers")[which], signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    _, errors = process.communicate()
    assert errors.startswith(f"{['PostgreSQL', 'Valkey'][which]} has ended unexpectedly; stopping ")


@pytest.mark.parametrize("also", [[], [0], [1], [0, 1]], ids=["launcher", "postgresql", "valkey", "everything"])
def test_after_kill_9_the_next_start_cleans_up_and_finds_the_data(launch: Launch, clone: Path, also: list[int]) -> None:
    process = launch(sys.executable, "-c", WRITE)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    pids = server_pids(clone / "var" / "servers")
    process.kill()
    for which in also:
        os.kill(pids[which], signal.SIGKILL)
    out, errors = launch(sys.executable, "-c", READ).communicate(timeout=120)
    assert out == "(42,)\n['+OK', '$2', '42', '+OK']\n", errors
    assert not any(map(alive, pids))


def test_a_pid_file_naming_somebody_elses_process_is_no_obstacle(launch: Launch, clone: Path, up: Up) -> None:
    up().kill()
    pids = server_pids(clone / "var" / "servers")
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(alive, pids)), 10)
    file = next((clone / "var" / "servers").glob("postgresql-*/postmaster.pid"))
    _, *rest = file.read_text().splitlines()
    file.write_text("\n".join([str(os.getpid()), *rest]))
    process = launch(sys.executable, "-c", "print('fine')")
    assert process.communicate(timeout=60) == ("fine\n", "")


def test_a_killed_process_of_postgresql_is_told_and_the_command_goes_on(launch: Launch) -> None:
    script = """
import os, psycopg, sys
connection = psycopg.connect(os.environ["DATABASE_URL"])
print(connection.info.backend_pid, flush=True)
sys.stdin.readline()
"""
    process = launch(sys.executable, "-c", script)
    assert process.stdout is not None
    assert process.stderr is not None
    os.kill(int(process.stdout.readline()), signal.SIGKILL)
    said = process.stderr.readline()
    assert said.startswith("PostgreSQL reports: ")
    assert "was terminated by signal 9" in said
    assert process.poll() is None
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def test_a_killed_launcher_takes_its_command_along(clone: Path, launch: Launch) -> None:
    process = launch(sys.executable, "-c", "import os, sys; print(os.getpid(), flush=True); sys.stdin.read()")
    assert process.stdout is not None
    command = int(process.stdout.readline())
    process.kill()
    assert wait_until(lambda: not alive(command), 10) or sys.platform != "linux"
