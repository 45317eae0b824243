"""Several processes side by side: each line of output bears its process's name, all are stopped together.

Notices that one has ended; does not start it again.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from infoshare import guard
from infoshare.embedded.places import CLONE

PATIENCE = 20.0  # seconds a process may take to finish what it is doing


class Crew:
    """Python processes of this program, each leader of a group of its own so that nothing of it is left behind.

    Should we be killed, a guard ends the groups in our place.
    """

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        environment: Mapping[str, str],
        own: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`own`: what one of the processes finds in its environment instead."""
        self.width = max(map(len, commands))
        self.output = selectors.DefaultSelector()
        self.unfinished_lines = dict.fromkeys(commands, b"")
        self.guard = subprocess.Popen(
            [sys.executable, "-S", guard.__file__], stdin=subprocess.PIPE, start_new_session=True
        )
        self.processes = {
            name: self._start(name, words, {**environment, **(own or {}).get(name, {})})
            for name, words in commands.items()
        }

    def _start(self, name: str, words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=CLONE,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        assert process.stdout is not None
        assert self.guard.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a guard that has ended is told by fallen()
            self.guard.stdin.write(b"%d\n" % process.pid)
            self.guard.stdin.flush()
        self.output.register(process.stdout, selectors.EVENT_READ, name)
        return process

    def pass_on_output(self, seconds: float) -> None:
        """Print the lines that come within this time, or as soon as some have come."""
        if not self.output.get_map():
            time.sleep(seconds)  # all have closed their output: they are about to end
        for key, _ in self.output.select(seconds):
            piece = os.read(key.fd, 65536)
            *lines, self.unfinished_lines[key.data] = (self.unfinished_lines[key.data] + piece).split(b"\n")
            if not piece:
                self.output.unregister(key.fileobj)
                lines = [rest] if (rest := self.unfinished_lines[key.data]) else []
            for line in lines:
                self._show(key.data, line)

    def _show(self, name: str, line: bytes) -> None:
        with contextlib.suppress(OSError):  # a closed terminal or pipe is no reason to leave things undone
            print(f"{name:{self.width}} | {line.decode(errors='replace')}", flush=True)  # noqa: T201

    def fallen(self) -> str | None:
        """Which process has ended, and how."""
        for name, process in [*self.processes.items(), ("guard", self.guard)]:
            if (code := process.poll()) is not None:
                return f"{name} has ended ({signal.Signals(-code).name if code < 0 else f'exit code {code}'})"
        return None

    def stop(self) -> None:
        """Ask all to end, pass on what they still say, insist, and leave no child of theirs."""
        deadline = time.monotonic() + PATIENCE
        for process in self.processes.values():
            process.terminate()
        while any(process.poll() is None for process in self.processes.values()) and time.monotonic() < deadline:
            self.pass_on_output(seconds=0.1)
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()
        self.output.close()
        with contextlib.suppress(BrokenPipeError):
            self.guard.communicate()
