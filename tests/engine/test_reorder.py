"""A better order of questions for the diagrams is found, and is only better."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from decisions.engine.exact import Days
from decisions.engine.loading import loads
from decisions.engine.reorder import better_orders
from decisions.engine.ruleset import RuleSet


def test_each_order_is_better_than_the_one_before(sample: RuleSet) -> None:
    found = list(better_orders(sample, 40))

    assert found[0].nodes == len(Days(sample).make_all().diagrams.kids)
    assert [one.nodes for one in found] == sorted({one.nodes for one in found}, reverse=True)
    assert len(found) > 1


def test_the_line_that_is_printed_can_be_put_into_the_file(tmp_path: Path, sample_text: str) -> None:
    path, out, err = tmp_path / "sample.yaml", StringIO(), StringIO()
    path.write_text(sample_text, encoding="utf-8")
    call_command("order_ruleset", str(path), "--tries", "40", stdout=out, stderr=err)
    best = loads(f"{out.getvalue().splitlines()[-1]}\n{sample_text}")

    assert err.getvalue().splitlines()[-1] == f"{len(Days(best).make_all().diagrams.kids):,} nodes"
