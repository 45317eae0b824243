"""The map from law and guidance to ids: every id that it names exists."""

import re
from pathlib import Path

import pytest

from decisions import editions
from decisions.acknowledged import reasons
from decisions.engine.ruleset import Fact, Invariant, Rule, RuleSet
from decisions.management.files import RELEASED
from decisions.releases import released

MAP = Path("docs/rules/2026-09.md")
TABLE_ROW = re.compile(r"^\|.*\|$", re.M)


def every_id(ruleset: RuleSet) -> set[str]:
    ids = {section.id for section in ruleset.sections} | set(ruleset.sources)
    for question in ruleset.questions:
        ids |= {question.id, *(f"{question.id}.{option}" for option in question.option_ids)}
    for decision in ruleset.decisions:
        ids |= {decision.id, *(f"{decision.id}.{value.id}" for value in decision.values)}
    for item_set in ruleset.sets:
        ids |= {item_set.id, *(f"{item_set.id}.{item.id}" for item in item_set.items)}
    parts: tuple[Fact | Rule | Invariant, ...] = (*ruleset.facts, *ruleset.every_rule(), *ruleset.invariants)
    return ids | {part.id for part in parts}


def test_every_id_of_the_map_exists() -> None:
    rows = "\n".join(TABLE_ROW.findall(MAP.read_text(encoding="utf-8")))
    named = set(re.findall(r"`([a-z_]+[a-z_0-9]*(?:\.[a-z_0-9]+)?)`", rows))
    named |= set(re.findall(r"\b([A-Z]{1,2}\d{1,2})\b", re.sub(r"\| R\d+ ", "| ", rows)))
    assert len(named) > 100
    assert named - every_id(editions.get("2026-09")) == set()


@pytest.mark.parametrize("number", range(1, 18))
def test_each_gate_of_the_law_has_its_row(number: int) -> None:
    assert re.search(rf"^\| R{number} .+\| .+ \|$", MAP.read_text(encoding="utf-8"), re.M)


NAMED_IN_2018 = (
    *("What:", "When:", "Where:", "Why:", "By whom:", "delegated providers", "MASH", "emergencies"),
    *("serious case reviews", "Record both ways", "Keep no longer", "Do not share too much"),
    *("section 11 bodies", "MAPPA", "Cafcass", "Section 45", "Caldicott", "Article 8", "Common-law", "CP-IS"),
    *(f"Principle {number}:" for number in range(1, 8)),
    *(f"Myth {number}:" for number in range(1, 6)),
    *("Special category data", "safeguarding condition", "Three grounds"),
)


@pytest.mark.parametrize("name", NAMED_IN_2018)
def test_everything_that_the_source_names_has_its_row(name: str) -> None:
    assert re.search(rf"^\| [^|]*{re.escape(name)}[^|]*\|[^|]*`[^|]+\|$", MAP.read_text(encoding="utf-8"), re.M | re.I)


TRAPS_OF_2018 = (
    *("with or without consent", "every board request", "names of bodies", "consent before"),
    *("not confidential", "no reason found"),
)


@pytest.mark.parametrize("trap", TRAPS_OF_2018)
def test_each_trap_of_a_form_made_from_2018_has_its_row(trap: str) -> None:
    assert re.search(rf"^\| Trap: [^|]*{trap}[^|]*\|.+\|$", MAP.read_text(encoding="utf-8"), re.M)


def test_the_page_says_that_no_lawyer_has_signed() -> None:
    assert "No lawyer has signed" in MAP.read_text(encoding="utf-8")


def test_every_acknowledged_difference_is_explained_in_the_documents() -> None:
    """What the release acknowledged is what people can read, and each has a reason."""
    latest = released(RELEASED)[-1]
    explained = reasons(Path(f"docs/rules/differences-2018-07-{latest.edition}.yaml"))
    assert explained == latest.acknowledged
    assert all(len(because.split()) >= 6 for because in explained.values())
