"""An own PostgreSQL cluster: scram passwords, checksums, 127.0.0.1 only, the roles of docker/roles.sql."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from infoshare.embedded import binaries
from infoshare.embedded.errors import CannotRunError, no_space
from infoshare.embedded.keys import Keys, write_private
from infoshare.embedded.places import CLONE, Home
from infoshare.embedded.server import Server, ours

ROLES = CLONE / "docker" / "roles.sql"
PID_FILE = "postmaster.pid"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a clone's path may be too long for one
    "log_checkpoints": "off",
    "max_wal_size": "256MB",
    "timezone": "UTC",
}
NOT_CRASH_SAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Postgresql(Server):
    """`scratch` gives up safety against a power cut for speed: for tests."""

    name = "PostgreSQL"
    port_key = "postgresql_port"
    stop_signal = signal.SIGINT  # its "fast" shutdown: does not wait for clients
    programs: Path
    directory: Path

    def __init__(self, home: Home, keys: Keys, *, scratch: bool) -> None:
        super().__init__(home, keys)
        self.settings = SETTINGS | (NOT_CRASH_SAFE if scratch else {})

    def recorded_pid(self) -> int | None:
        """Of any major version: an upgrade may have happened since."""
        files = self.home.path.glob(f"postgresql-*/{PID_FILE}")
        return next((pid for file in files if (pid := ours(file, str(file.parent)))), None)

    def prepare(self) -> None:
        self.programs, version = binaries.postgresql(self.home)
        self.directory = self.home.path / f"postgresql-{version}"
        if not self.directory.exists():
            self._create(version)
        # Left by a killed server; PostgreSQL would refuse to start if another program had its pid by now.
        (self.directory / PID_FILE).unlink(missing_ok=True)

    def _create(self, version: int) -> None:
        """In a directory of another name until it is whole."""
        unfinished = self.directory.with_name("unfinished-postgresql")
        shutil.rmtree(unfinished, ignore_errors=True)
        password = self.home.path / "password"
        write_private(password, self.keys.superuser, self.home.account)
        options = ["--username=postgres", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8"]
        try:
            made = self.home.account.run(
                [self.programs / "initdb", *options, "--data-checksums", *_locale(version), "-D", unfinished]
            )
        finally:
            password.unlink()
        if made.returncode:
            self.log.unlink(missing_ok=True)
            write_private(self.log, made.stdout, self.home.account)
            if "No space left" in made.stdout:
                raise no_space(self.home.path)
            raise CannotRunError(f"The PostgreSQL cluster could not be made; the last lines of {self.log} say why.")
        unfinished.rename(self.directory)

    def launch(self, log: int) -> subprocess.Popen[bytes]:
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self.programs / "postgres", "-D", self.directory, "-p", str(self.port), *options]
        return self.home.account.start(command, log, stdin=subprocess.DEVNULL)

    def answers(self) -> bool:
        try:
            with self._connect():
                return True
        except psycopg.OperationalError:
            return False

    def start(self) -> None:
        super().start()
        with self._connect() as connection:
            _make_what_is_missing(connection)
            for name in ("owner", "web", "worker"):
                role, password = sql.Identifier(f"infoshare_{name}"), sql.Literal(getattr(self.keys, name))
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, password))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self.keys.superuser,
            dbname="postgres",
            sslmode="disable",
            connect_timeout=5,
            autocommit=True,
        )

    def url(self, role: str, password: str) -> str:
        """The address of our database for one role."""
        return f"postgres://{role}:{password}@127.0.0.1:{self.port}/infoshare"


def _make_what_is_missing(connection: psycopg.Connection) -> None:
    """Roles and database: after an interrupted attempt, or in a cluster made before one of the roles was thought of."""
    there = {
        name for (name,) in connection.execute("SELECT rolname FROM pg_roles UNION SELECT datname FROM pg_database")
    }
    lines = [line for line in ROLES.read_text(encoding="utf-8").splitlines() if not line.startswith("--")]
    for statement in "\n".join(lines).split(";"):
        verb, _, name, *_ = [*statement.split(), "", "", ""]
        if verb and not (verb == "CREATE" and name in there):
            connection.execute(statement.encode())


def _locale(version: int) -> list[str]:
    """The wheels have no ICU; PostgreSQL brings its own C.UTF-8 since version 17."""
    if version >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]
