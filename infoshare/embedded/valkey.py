"""An own Valkey (or Redis) for broker and cache: password, 127.0.0.1 only, every write kept, nothing evicted."""

import signal
import socket
import subprocess
import tempfile

from infoshare.embedded import binaries
from infoshare.embedded.server import Server, ours


class Valkey(Server):
    name = "Valkey"
    port_key = "valkey_port"
    stop_signal = signal.SIGTERM

    def recorded_pid(self) -> int | None:
        return ours(self.home.path / "valkey" / "valkey.pid", f"127.0.0.1:{self.port}")

    def prepare(self) -> None:
        self.program = binaries.valkey(self.home)
        self.directory = self.home.path / "valkey"
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.home.account.own(self.directory)

    def launch(self, log: int) -> subprocess.Popen[bytes]:
        """Its settings go through standard input: on the command line others could read the password."""
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.keys.valkey,
            "dir": f'"{self.directory}"',
            "pidfile": f'"{self.directory}/valkey.pid"',
            "appendonly": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        with tempfile.TemporaryFile() as file:
            file.write("".join(f"{name} {value}\n" for name, value in settings.items()).encode())
            file.seek(0)
            return self.home.account.start([self.program, "-"], log, stdin=file)

    def answers(self) -> bool:
        """Asked without the client library, which takes half a second to import."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(f"AUTH {self.keys.valkey}\r\nPING\r\n".encode())
                lines = connection.makefile("rb")
                return (lines.readline(), lines.readline()) == (b"+OK\r\n", b"+PONG\r\n")
        except OSError:
            return False

    def url(self, number: int) -> str:
        """The address of one of its numbered databases: 0 is the broker, 1 the cache."""
        return f"redis://:{self.keys.valkey}@127.0.0.1:{self.port}/{number}"
