"""The sample rule set, for tests that need no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from decisions.engine.loading import load, loads
from decisions.engine.ruleset import RuleSet

SAMPLE = Path(__file__).parent / "sample.yaml"
LATE = date(2026, 11, 5)


@pytest.fixture(scope="session")
def sample() -> RuleSet:
    return load(SAMPLE)


@pytest.fixture(scope="session")
def sample_text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def load_text() -> Callable[[str], RuleSet]:
    return loads
