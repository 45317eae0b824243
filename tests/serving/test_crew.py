"""Several processes side by side: names before lines, the end of one, and nothing left behind."""

import os
import subprocess
import sys

import pytest

from infoshare.crew import Crew
from infoshare.embedded.processes import alive, wait_until

# One write: print would send the end of the line apart, and a reader may see the two apart too.
WAITS = "import sys, time\nsys.stdout.write('up\\n')\nwhile True: time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, lambda *_: print('not yet'))\n{WAITS}"
PARENT = f"import os, subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]).pid)\n{WAITS}"


def words(capsys: pytest.CaptureFixture[str], crew: Crew, wanted: int) -> list[str]:
    """The first lines shown."""
    shown = ""
    while shown.count("\n") < wanted:
        crew.pass_on_output(seconds=1)
        shown += capsys.readouterr().out
    return shown.splitlines()


def test_each_line_bears_its_process_and_the_last_one_needs_no_end(capsys: pytest.CaptureFixture[str]) -> None:
    crew = Crew({"a": ["-c", "print('one\\ntwo', end='')"], "long": ["-c", "print('ö')"]}, os.environ)
    assert sorted(words(capsys, crew, 3)) == ["a    | one", "a    | two", "long | ö"]
    crew.stop()


@pytest.mark.parametrize(
    ("program", "how"), [("raise SystemExit(3)", "exit code 3"), ("import os; os.kill(os.getpid(), 9)", "SIGKILL")]
)
def test_the_end_of_one_is_noticed_and_named(program: str, how: str) -> None:
    crew = Crew({"web": ["-c", WAITS], "beat": ["-c", program]}, os.environ)
    assert wait_until(lambda: crew.fallen() is not None, 30)
    assert crew.fallen() == f"beat has ended ({how})"
    crew.stop()
    assert not alive(crew.processes["web"].pid)


def test_children_that_ignore_the_end_do_not_outlive_it(capsys: pytest.CaptureFixture[str]) -> None:
    crew = Crew({"worker": ["-c", PARENT]}, os.environ)
    lines = words(capsys, crew, 3)
    child = next(int(line.split()[-1]) for line in lines if line.split()[-1].isdecimal())
    crew.stop()
    assert wait_until(lambda: not alive(child), 10)


def test_a_closed_pipe_stops_nothing() -> None:
    script = """
import os, sys
from infoshare.crew import Crew
crew = Crew({"a": ["-c", "print('one')"]}, os.environ)
crew.pass_on_output(seconds=30)
crew.stop()
print("stopped", file=sys.stderr)
"""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", script], stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert done.stderr.startswith("stopped\n")


@pytest.mark.slow
def test_a_killed_crew_leaves_nothing_behind() -> None:
    script = f"""
import os, time
from infoshare.crew import Crew
crew = Crew({{"a": ["-c", {STUBBORN!r}]}}, os.environ)
crew.pass_on_output(seconds=30)
print(crew.processes["a"].pid, crew.guard.pid, flush=True)
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "a | up\n"
    pids = [int(word) for word in process.stdout.readline().split()]
    process.kill()
    process.communicate()
    assert wait_until(lambda: not any(map(alive, pids)), 60)


def test_without_its_guard_a_crew_does_not_go_on() -> None:
    crew = Crew({"web": ["-c", WAITS]}, os.environ)
    crew.guard.kill()
    assert wait_until(lambda: crew.fallen() is not None, 30)
    assert crew.fallen() == "guard has ended (SIGKILL)"
    crew.stop()
