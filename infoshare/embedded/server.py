"""What starting and stopping PostgreSQL and Valkey have in common: a pid file, a log, a port, patience."""

import os
import re
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from infoshare.embedded import processes
from infoshare.embedded.errors import CannotRunError, no_space
from infoshare.embedded.keys import Keys, free_port, save
from infoshare.embedded.places import Home

ALARMING = re.compile(r"terminated by signal|PANIC|No space left|Can't save|Error writing")
PATIENCE = 120.0  # seconds; PostgreSQL's recovery after a crash can take a while
TRIES = 20  # a port may be taken under our nose; a killed server's children need a moment to go


class Server(ABC):
    """One server of one home. Its process outlives us, so that a second launcher can share it."""

    name: str
    port_key: str
    stop_signal: signal.Signals
    process: subprocess.Popen[bytes] | None = None
    heard = 0  # bytes of the log

    def __init__(self, home: Home, keys: Keys) -> None:
        self.home = home
        self.keys = keys
        self.log = home.path / f"{self.name.lower()}.log"

    @property
    def port(self) -> int:
        return int(getattr(self.keys, self.port_key))

    @abstractmethod
    def prepare(self) -> None:
        """Before the first start: find the programs, make the directory."""

    @abstractmethod
    def launch(self, log: int) -> subprocess.Popen[bytes]:
        """Start the program on our port."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it lets us in."""

    @abstractmethod
    def recorded_pid(self) -> int | None:
        """From the pid file, if that process is indeed ours."""

    def pid(self) -> int | None:
        """Of the running process, whoever started it."""
        if self.process and self.process.poll() is None:
            return self.process.pid
        return self.recorded_pid()

    def start(self) -> None:
        """Returns when it answers."""
        self.prepare()
        for _ in range(TRIES):
            setattr(self.keys, self.port_key, free_port(self.port))
            save(self.keys, self.home.path, self.home.account)
            said = self._try()
            if said is None:
                return
            if "No space left" in said:
                raise no_space(self.home.path)
            if "in use" not in said:
                break
            time.sleep(0.25)
        raise CannotRunError(f"{self.name} did not start; the last lines of {self.log} say why.")

    def _try(self) -> str | None:
        """None when it answers, else what it wrote into the log before it ended."""
        log = os.open(self.log, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        try:
            self.home.account.own(self.log)
            before = os.fstat(log).st_size
            process = self.process = self.launch(log)
            processes.wait_until(lambda: not processes.alive(process.pid) or self.answers(), PATIENCE)
            if processes.alive(process.pid) and self.answers():
                return None
            self.stop()
            return os.pread(log, 100_000, before).decode(errors="replace")
        finally:
            os.close(log)

    def alarms(self) -> list[str]:
        """What went wrong inside the server, and was mended by it, since last asked."""
        with self.log.open("rb") as log:
            log.seek(self.heard)
            news = log.read().decode(errors="replace")
            self.heard = log.tell()
        return [line for line in news.splitlines() if ALARMING.search(line)]

    def stop(self) -> None:
        """A clean end, insisted upon after a while; nothing when it does not run."""
        if pid := self.pid():
            processes.end(pid, self.stop_signal, patience=30)
        self.process = None


def ours(pid_file: Path, words: str) -> int | None:
    """The live process of a pid file, provided that `words` are in its command line: pids are used again."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if processes.alive(pid) and words in processes.command_line(pid) else None
