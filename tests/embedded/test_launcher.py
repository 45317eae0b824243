"""The embedded servers around a command: what it is given, how it ends, who may read what."""

import signal
import stat
import sys
from pathlib import Path

import pytest

from infoshare.embedded.processes import alive, wait_until
from tests.embedded.conftest import Launch, Up, server_pids

ASK = """
import os, sys, psycopg, socket
web, owner = (psycopg.connect(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
owner.execute("CREATE TABLE made_by_owner ()")
print(web.execute("SELECT version(), current_user").fetchone())
print(os.environ["CELERY_BROKER_URL"], os.environ["CACHE_URL"], os.environ["EMBEDDED"])
try:
    web.execute("CREATE TABLE made_by_web ()")
except psycopg.errors.InsufficientPrivilege as error:
    print(error)
sys.exit(7)
"""


def test_a_command_gets_both_servers_and_its_exit_code_is_passed_on(launch: Launch, clone: Path) -> None:
    process = launch(sys.executable, "-c", ASK)
    out, errors = process.communicate()
    assert process.returncode == 7, errors
    assert "PostgreSQL" in out
    assert "infoshare_web" in out
    assert "permission denied for schema public" in out
    assert "redis://" in out
    private = [clone / "var" / "secret-key", clone / "var" / "servers" / "keys.json"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600, 0o600]
    assert stat.S_IMODE((clone / "var" / "servers").stat().st_mode) == 0o700


def test_the_address_stays_the_same_and_the_data_are_kept(launch: Launch) -> None:
    show = "import os, psycopg; a = os.environ['DATABASE_OWNER_URL']; print(a); psycopg.connect(a, autocommit=True)"
    first, _ = launch(sys.executable, "-c", f"{show}.execute('CREATE TABLE kept ()')").communicate()
    second, errors = launch(sys.executable, "-c", f"{show}.execute('TABLE kept')").communicate()
    assert (second, errors) == (first, "")


def test_servers_given_from_outside_are_used_and_none_is_started(launch: Launch, clone: Path) -> None:
    show = "import os; print(os.environ['DATABASE_URL'], os.environ['CELERY_BROKER_URL'], os.environ.get('EMBEDDED'))"
    given = {"DATABASE_URL": "postgres://elsewhere/x", "CELERY_BROKER_URL": "redis://elsewhere"}
    out, errors = launch(sys.executable, "-c", show, **given).communicate()
    assert out == "postgres://elsewhere/x redis://elsewhere None\n", errors
    assert not server_pids(clone / "var" / "servers")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_command_and_servers(up: Up, clone: Path, number: signal.Signals) -> None:
    process = up()
    pids = server_pids(clone / "var" / "servers")
    process.send_signal(number)
    process.wait(timeout=60)
    assert process.returncode != 0
    assert not any(map(alive, pids))
    assert not server_pids(clone / "var" / "servers")


def test_a_second_launcher_shares_the_servers_and_the_last_one_stops_them(up: Up, clone: Path) -> None:
    first, second = up(), up()
    pids = server_pids(clone / "var" / "servers")
    first.terminate()
    first.wait(timeout=60)
    assert all(map(alive, pids))
    second.terminate()
    second.wait(timeout=60)
    assert wait_until(lambda: not any(map(alive, pids)), 10)


@pytest.mark.slow
def test_scratch_servers_are_others(up: Up, clone: Path) -> None:
    up()
    up("--scratch")
    assert (clone / "var" / "scratch" / "keys.json").read_text() != (
        clone / "var" / "servers" / "keys.json"
    ).read_text()
    assert len(list(clone.glob("var/*/postgresql-*/postmaster.pid"))) == 2


def test_an_unknown_command_is_told(launch: Launch) -> None:
    process = launch("no-such-program")
    assert process.communicate()[1] == "There is no program 'no-such-program': check how it is written.\n"
    assert process.returncode == 127


def test_a_command_is_needed(launch: Launch) -> None:
    process = launch()
    assert "Use: python -m infoshare.embedded" in process.communicate()[1]
    assert process.returncode == 2
