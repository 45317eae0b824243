"""The tests of this folder run every branch of the engine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MEASURED = ("--cov=decisions.engine", "--cov-branch", "--cov-fail-under=100", "--cov-report=term-missing:skip-covered")


@pytest.mark.slow
def test_every_branch_of_the_engine_is_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", *MEASURED, str(HERE)]
    environment = {**os.environ, "COVERAGE_FILE": str(tmp_path / "coverage")}
    found = subprocess.run(command, cwd=HERE.parents[1], env=environment, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout[-3000:]
