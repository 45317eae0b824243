"""Where data go when root clones below a closed directory, and what is refused."""

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from infoshare.embedded import binaries, places
from infoshare.embedded.account import Account
from infoshare.embedded.binaries import OLDEST_POSTGRESQL
from infoshare.embedded.errors import CannotRunError
from infoshare.embedded.keys import free_port
from infoshare.embedded.places import Home
from tests.embedded.conftest import Launch

ME = Account(os.geteuid(), os.getegid(), changes=False)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "OUTSIDE", (tmp_path / "not there", tmp_path))
    return tmp_path


def test_a_closed_clone_runs_all_the_same(launch: Launch, clone: Path) -> None:
    """For root this is the case of a clone in root's home; the place is named in one line."""
    clone.chmod(0o700)
    out, errors = launch(sys.executable, "-c", "print('fine')").communicate()
    assert out == "fine\n", errors
    if os.geteuid() != 0:
        assert errors == ""
        return
    place = Path(errors.split(" in ")[-1].strip().rstrip("."))
    assert errors.count("\n") == 1
    assert place.stat().st_uid != 0
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    clone.chmod(0o755)
    shutil.rmtree(place.parent)


def test_programs_out_of_reach_are_copied_once_and_again_when_they_change(tmp_path: Path) -> None:
    class Elsewhere(Account):
        def reaches(self, path: Path) -> bool:
            return False

    program, there = tmp_path / "site-packages" / "wheel" / "bin" / "postgres", tmp_path / "servers"
    (tmp_path / "site-packages" / "wheel.libs").mkdir(parents=True)
    (tmp_path / "site-packages" / "wheel.libs" / "libpq.so").touch()
    program.parent.mkdir(parents=True)
    there.mkdir()
    program.write_text("one")
    program.chmod(0o700)
    home = Home(there, Elsewhere(ME.uid, ME.gid, changes=False), outside=True)
    copy = binaries._within_reach(program, home)
    assert copy.read_text() == "one"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o755
    assert (copy.parents[2] / "wheel.libs" / "libpq.so").exists()
    assert binaries._within_reach(program, home) == copy
    program.write_text("another")
    assert binaries._within_reach(program, home).read_text() == "another"
    assert not copy.exists()


def test_programs_out_of_reach_that_are_no_wheel_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="may not run"):
        binaries._within_reach(tmp_path / "postgres", Home(tmp_path, ME, outside=False))


def test_two_clones_never_share_a_directory(outside: Path) -> None:
    one, two = (places._outside(outside / name / "clone", ME) for name in ("a", "b"))
    assert one != two
    assert one == places._outside(outside / "a" / "clone", ME)


def test_a_link_in_the_place_of_the_directory_is_refused(outside: Path) -> None:
    made = places._outside(outside / "clone", ME)
    made.rmdir()
    made.symlink_to("/")
    with pytest.raises(CannotRunError, match="belongs to another user"):
        places._outside(outside / "clone", ME)


def test_a_full_disk_is_told_in_one_sentence(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROOM_NEEDED", 10**18)
    with pytest.raises(CannotRunError, match=r"^There is not enough free disk space under .*: free about 1 GB"):
        places.home_for("servers", outside)


def test_an_old_postgresql_is_refused(launch: Launch, clone: Path) -> None:
    programs = clone / "old" / "bin"
    programs.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (programs / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 9.6.24'\n")
        (programs / name).chmod(0o755)
    process = launch("true", PG_BINDIR=str(programs))
    said = process.communicate()[1]
    assert said == f"PostgreSQL in {programs} is version 9: {OLDEST_POSTGRESQL} or newer is needed.\n"
    assert process.returncode == 1


@pytest.mark.slow
def test_lost_passwords_are_told(launch: Launch, clone: Path) -> None:
    assert launch("true").communicate()[1] == ""
    keys = clone / "var" / "servers" / "keys.json"
    kept = keys.rename(keys.with_name("kept"))
    assert "put it back, or delete" in launch("true").communicate()[1]
    kept.rename(keys)


def test_the_port_of_last_time_is_kept_unless_taken() -> None:
    port = free_port(0)
    assert free_port(port) == port
