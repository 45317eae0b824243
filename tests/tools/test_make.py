"""The Makefile and the tools before Django, on machines that lack something."""

import os
import subprocess
from pathlib import Path

import pytest

from infoshare.embedded.places import CLONE
from tools import chromium, steps, tests


@pytest.mark.parametrize("target", ["run", "test", "check", "bench"])
def test_an_old_python_is_told(tmp_path: Path, target: str) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(["make", target, f"PYTHON={old}"], cwd=CLONE, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("Python 3.11 or newer is needed: install it, or name it: make PYTHON=python3.12\n")


def test_a_chromium_that_does_not_start_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as the one that only tells people to install another package."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin")
    monkeypatch.setattr(chromium, "NAMES", ("some-chromium",))
    monkeypatch.setattr(chromium, "MACOS", "/nowhere")
    program = tmp_path / "some-chromium"
    for code, found in ((1, None), (0, str(program))):
        program.write_text(f"#!/bin/sh\nexit {code}\n")
        program.chmod(0o755)
        assert chromium._machines_own() == found


def test_no_slow_test_is_fine_only_if_none_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tests, "CLONE", tmp_path)
    (tmp_path / "tests").mkdir()
    assert tests.explain_none("slow") == 0
    assert "nothing was run" in capsys.readouterr().err
    (tmp_path / "tests" / "test_some.py").write_text("pytestmark = pytest.mark." + "slow")
    assert tests.explain_none("slow") == tests.NO_TESTS
    assert tests.explain_none("not slow") == tests.NO_TESTS


def test_a_failed_step_shows_its_end_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        steps.run(["sh", "-c", "seq 100; echo No space left on device; exit 3"])
    said = capsys.readouterr().err.splitlines()
    assert said[-3:] == ["100", "No space left on device", said[-1]]
    assert said[-1].startswith("There is not enough free disk space")
    assert "1" not in said


def test_a_fingerprint_changes_with_content_name_and_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "CLONE", tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("a")
    marks = [steps.fingerprint(files, *words) for files, words in (([one], ()), ([two], ()), ([one], ("x",)), ([], ()))]
    one.write_text("b")
    assert len({*marks, steps.fingerprint([one])}) == 5


@pytest.mark.parametrize(
    ("speed", "left_out"), [("fast", "(not slow) and not browser"), ("slow", "(slow) and not browser")]
)
def test_without_a_browser_the_rest_runs_and_the_result_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], speed: str, left_out: str
) -> None:
    ran: list[str] = []

    def run(chosen: str, _: dict[str, str]) -> int:
        ran.append(chosen)
        return 0

    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(tests, "run_pytest", run)
    assert tests.main(speed) == 1
    assert ran == [left_out]
    assert capsys.readouterr().err.splitlines()[-1].startswith("No Chromium was found")
