"""A web process judges a case before its first request."""

import subprocess
import sys

from decisions.engine import exact
from decisions.warm import judge_an_empty_case
from infoshare.starting import at_web_start


def test_the_diagrams_are_made_before_the_first_request() -> None:
    exact.days.cache_clear()
    judge_an_empty_case()
    made = exact.days.cache_info().misses
    judge_an_empty_case()

    assert made == exact.days.cache_info().misses > 0


def test_a_web_process_does_so_and_a_command_does_not() -> None:
    assert judge_an_empty_case in at_web_start
    count = "from decisions.engine import exact; print(exact.days.cache_info().misses)"
    for start, misses in (("import infoshare.wsgi", "1"), ("import manage, django; django.setup()", "0")):
        setting = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'infoshare.settings'"
        found = subprocess.run(
            [sys.executable, "-c", f"{setting}; {start}; {count}"], capture_output=True, text=True, check=True
        )
        assert found.stdout.strip() == misses
