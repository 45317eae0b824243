"""`manage.py sweep_retention`."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from infoshare.accounts.models import Membership, Organisation
from retention import selectors
from retention.models import RetentionRule

from .records import recorded, reviews, years_ago

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("sweep_retention", *arguments, stdout=out)
    return out.getvalue()


def test_sweeps_all_or_one(school: Organisation, council: Organisation, alice: Membership, olga: Membership) -> None:
    recorded(alice, years_ago(7))
    recorded(olga, years_ago(7))
    assert "Ash Grove School" not in command("--organisation", council.name)
    assert len(list(reviews())) == 1
    results = json.loads(command("--json"))
    assert {each["organisation"]: each["flagged"] for each in results} == {school.name: 1, council.name: 0}


def test_simulates_without_writing(school: Organisation, alice: Membership) -> None:
    recorded(alice, years_ago(5))
    ahead = (selectors.today() + timedelta(days=366)).isoformat()
    assert "1 would be flagged. Nothing was written." in command("--simulate", "--as-of", ahead)
    (result, _) = json.loads(command("--simulate", "--as-of", ahead, "--json"))
    assert (result["simulated"], result["by_rule"][0]["flagged"]) == (True, 1)
    assert not RetentionRule.objects.exists()


def test_says_what_is_wrong(school: Organisation) -> None:
    with pytest.raises(CommandError, match="no organisation called 'Nowhere'"):
        command("--organisation", "Nowhere")
    with pytest.raises(CommandError, match="Ash Grove School: A sweep can look at"):
        command("--as-of", (selectors.today() + timedelta(days=1)).isoformat())
