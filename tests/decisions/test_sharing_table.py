"""Laws of the sharing table: what is withheld by default, what asks for a reason, and that the sum is of the cells."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions import editions
from decisions.cases import Case, own, published
from decisions.guide.sharing import items, marking
from decisions.guide.sharing.guidance import guidance
from decisions.guide.sharing.marking import CLOSE
from decisions.guide.sharing.table import Cell, Choice, Guidance, Item, Mark, Recipient, Table, default_for, why_field
from decisions.guide.sitting import Sitting
from decisions.models import Draft
from decisions.outcomes import SHARES, Outcome
from decisions.recipients import RecipientKind
from infoshare.days import london_today

from .walking import CASES

marks = st.frozensets(st.sampled_from(Mark.values))
said = st.builds(
    Guidance,
    outcome=st.sampled_from([*Outcome.values, None]),
    text=st.just("Words"),
    refuses=st.booleans(),
    close=st.booleans(),
    minimise=marks,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any items and recipients, with any cells saved, some of them not yet."""
    its = tuple(Item(f"i{n}", f"Item {n}", draw(marks)) for n in range(draw(st.integers(1, 4))))
    who = tuple(Recipient(f"r{n}", f"Desk {n}", "Hub", "police", "letter", "x") for n in range(draw(st.integers(1, 3))))
    cell = st.fixed_dictionaries({"choice": st.sampled_from(Choice.values), "why": st.sampled_from(["", "Needed"])})
    cells = draw(
        st.fixed_dictionaries({i.id: st.fixed_dictionaries({}, optional={r.id: cell for r in who}) for i in its})
    )
    rows = {i.id: {"reason": "", "without": draw(st.sampled_from(["", "names"]))} for i in its}
    return Table(its, who, {r.id: draw(said) for r in who}, {"purpose": "Safety", "rows": rows, "cells": cells})


@given(marks, said)
def test_whoever_may_be_close_to_the_danger_gets_nothing_marked(its: frozenset[str], words: Guidance) -> None:
    default = default_for(Item("i", "Address", its), words)
    if words.refuses or (words.close and its):
        assert default == Choice.WITHHOLD
    elif its & words.minimise:
        assert default == Choice.REDACT
    else:
        assert default == Choice.SHARE


@given(tables())
def test_what_goes_against_the_default_asks_for_its_own_reason(table: Table) -> None:
    asked = {problem.field for problem in table.problems(Outcome.SHARE_WITHOUT_CONSENT)}
    for cell in table.cells:
        against = cell.goes and default_for(cell.item, table.guidance[cell.recipient.id]) == Choice.WITHHOLD
        assert (why_field(cell) in asked) == (against and not cell.own_reason)


@given(tables())
def test_the_sum_is_of_the_cells(table: Table) -> None:
    for recipient in table.recipients:
        cells = [cell for cell in table.cells if cell.recipient == recipient]
        number = sum(cell.goes for cell in cells)
        words = table.sentence(recipient)
        count = re.search(r"will get (\d+) item", words)
        assert (int(count[1]) if count else 0) == number
        part = re.search(r"(\d+) of them", words)
        assert (int(part[1]) if part else 0) == sum(cell.choice == Choice.REDACT for cell in cells)
        assert words in table.summary


@given(tables())
def test_only_part_is_shared_only_if_something_stays_out(table: Table) -> None:
    whole = all(cell.choice == Choice.SHARE for cell in table.cells)
    limited = [p for p in table.problems(Outcome.SHARE_LIMITED) if "only part" in p.words]
    assert bool(limited) == whole
    assert not any("only part" in p.words for p in table.problems(Outcome.SHARE_WITHOUT_CONSENT))


@given(tables())
def test_what_the_defaults_give_never_asks_why(table: Table) -> None:
    fresh = Table(table.items, table.recipients, table.guidance, table.by_default("Safety"))
    assert fresh.decided_on_every_cell
    assert not any(cell.overrides for cell in fresh.cells)


texts = st.lists(st.text(min_size=1, max_size=20), max_size=8)


@given(texts, texts)
def test_a_line_that_stays_keeps_its_item_and_a_new_one_never_gets_an_old_ones(old: list[str], new: list[str]) -> None:
    before = items.merge([], items.lines("\n".join(old)))
    after = items.merge(before, items.lines("\n".join(new)))
    ids = {item["text"]: item["id"] for item in before}
    assert len({item["id"] for item in after}) == len(after)
    for item in after:
        assert (item["id"] in ids.values()) == (item["text"] in ids)
        assert ids.get(item["text"], item["id"]) == item["id"]
    assert set(items.corrected(before, after)).isdisjoint(ids.values())


@pytest.mark.parametrize(
    ("line", "item"),
    [("- Notes", "Notes"), (" 2) Notes", "Notes"), ("• Notes  of bruises", "Notes of bruises"), ("10 mg", "10 mg")],
)
def test_a_pasted_list_loses_its_bullets_and_nothing_else(line: str, item: str) -> None:
    assert items.lines(line + "\n\n" + line) == [item]


def sitting(case: str) -> Sitting:
    day = london_today()
    profile = {"org_kind": "state_school"}
    ruleset = editions.current(on=day)
    known = {q.id: profile.get(q.id, "no") for q in ruleset.questions if q.profile}
    return Sitting(ruleset, day, CASES[case], known)


@pytest.mark.parametrize("case", ["REV-01", "MDU-08"])
@pytest.mark.parametrize("kind", [k for k in RecipientKind.values if k != "unsure"])
@pytest.mark.parametrize("link", sorted(CLOSE))
def test_the_rule_set_never_lets_an_address_go_by_default_to_anyone_close(case: str, kind: str, link: str) -> None:
    words = guidance(sitting(case), Recipient("r", "Someone", "", kind, "letter", "x", link))
    assert default_for(Item("i", "Address", frozenset({Mark.LOCATION})), words) == Choice.WITHHOLD


@pytest.mark.parametrize("case", [*published(), *own()], ids=lambda case: case.id)
def test_marks_are_only_left_unasked_where_they_would_change_nothing(case: Case) -> None:
    """Whoever would receive it: where the page is skipped, an item with every mark goes as one with none does."""
    given_to = {each.question: each.answer for each in case.answers}
    known = {question: given_to.pop(question, answer) for question, answer in case.organisation.items()}
    told = Sitting(editions.get(case.edition), case.day, given_to, known)
    if told.outcome not in SHARES:
        return
    for kind in (k for k in RecipientKind.values if k != "unsure"):
        link = str(given_to.get("recipient_link", "")) if kind == given_to.get("recipient") else ""
        recipient = Recipient("r", "Desk", "", kind, "letter", "x", link)
        draft = Draft()
        draft.answers = given_to
        draft.details = {
            "items": [{"id": "i", "text": "Something"}],
            "recipients": [asdict(recipient)],
            "decision": {"recommended": told.outcome, "decided": told.outcome},
        }
        if not marking.matter(draft):
            words = guidance(told, recipient)
            assert default_for(Item("i", "Something", frozenset(Mark.values)), words) == default_for(
                Item("i", "x"), words
            )


THIRD_PARTY = Item("i", "Who else lives there", frozenset({Mark.THIRD_PARTY}))


@pytest.mark.parametrize(
    ("kind", "link", "choice"),
    [
        *((kind, "", Choice.SHARE) for kind in ("social_care", "police", "emergency")),
        *((kind, link, Choice.WITHHOLD) for kind in ("social_care", "police") for link in sorted(CLOSE)),
        ("education", "", Choice.REDACT),
        ("organisation", "", Choice.WITHHOLD),  # whom the rule set refuses
    ],
)
def test_names_of_others_go_by_default_only_to_those_who_protect(kind: str, link: str, choice: Choice) -> None:
    told = sitting("REV-01")
    told = Sitting(told.ruleset, told.day, {**told.given, "contents": ["third_parties"]}, told.known)
    assert default_for(THIRD_PARTY, guidance(told, Recipient("r", "Desk", "", kind, "letter", "x", link))) == choice


def test_the_danger_itself_gets_nothing_by_default_where_social_care_gets_it() -> None:
    told = sitting("REV-01")
    hub = guidance(told, Recipient("h", "Duty", "Hub", "social_care", "letter", "x"))
    danger = guidance(told, Recipient("d", "Uncle", "", "family", "letter", "x", "danger"))
    assert hub.outcome in SHARES
    assert (hub.differs, hub.refuses, hub.close) == (False, False, False)
    assert (danger.outcome, danger.differs, danger.refuses) == (Outcome.DO_NOT_SHARE, True, True)


def test_a_reason_in_the_cell_goes_before_that_of_the_row_and_the_purpose() -> None:
    item, hub = Item("i", "Notes"), Recipient("r", "Desk", "Hub", "police", "letter", "x")
    words = {"r": Guidance(Outcome.SHARE_URGENTLY, "Share")}
    saved: dict[str, dict[str, object]] = {"rows": {}, "cells": {}}

    def reason() -> str:
        found: Cell = Table((item,), (hub,), words, {"purpose": "Safety", **saved}).cells[0]
        return found.reason

    assert reason() == "Safety"
    saved["rows"]["i"] = {"reason": "It shows a pattern"}
    assert reason() == "It shows a pattern"
    saved["cells"]["i"] = {"r": {"choice": "share", "why": "They asked for this"}}
    assert reason() == "They asked for this"
