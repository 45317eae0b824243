"""Rows of guide, emergency route and log: a draft is its author's alone, a record its author's and the IG lead's."""

from decisions.practice import library, sittings
from tests.access import Row, row
from tests.decisions.test_reviews import reviewed
from tests.decisions.walking import CASES, answered, ready, recorded
from tests.people import People


def draft(people: People) -> list[str]:
    return [str(answered(people.alice)[1].pk)]


def ready_draft(people: People) -> list[str]:
    return [str(ready(people.alice)[1].pk)]


def refused_draft(people: People) -> list[str]:
    return [str(ready(people.alice, CASES["MDDUS-04"])[1].pk)]


def told_person(people: People) -> list[str]:
    return [*ready_draft(people), "person"]


def recipient(people: People) -> list[str]:
    return [*ready_draft(people), "hub"]


def question(people: People) -> list[str]:
    return [*draft(people), "danger_now"]


def record(people: People) -> list[str]:
    return [recorded(people.alice).reference]


def words(people: People) -> list[str]:
    return [*record(people), "person"]


def a_rerun(people: People) -> list[str]:
    return [*record(people), "2018-07"]


def a_review(people: People) -> list[str]:
    made = reviewed(recorded(people.alice), people.irene)
    return [made.record_id, str(made.pk)]


def practice(people: People) -> list[str]:
    case = library.find("REV-01")
    assert case is not None
    return [str(sittings.start(by=people.alice, case=case).pk)]


def practice_question(people: People) -> list[str]:
    return [*practice(people), "danger_now"]


ROWS: list[Row] = [
    row("practice:list", alice=200, bob=200, olga=200),
    row("practice:case", alice=200, bob=200, olga=200, arguments=lambda people: ["REV-01"]),
    row("practice:start", alice=302, bob=302, olga=302, arguments=lambda people: ["REV-01"], method="post"),
    row("practice:sitting", alice=302, arguments=practice, bob=404, olga=404),
    row("practice:compare", alice=302, arguments=practice, bob=404, olga=404),
    row("practice:step", alice=200, arguments=practice_question, bob=404, olga=404),
    row("home", alice=200, bob=200, olga=200, otherwise=302, posts=False),
    row("guide:start", alice=200, bob=200, olga=200),
    row("guide:draft", alice=302, arguments=draft, bob=404, olga=404),
    row("guide:step", alice=200, arguments=question, bob=404, olga=404),
    row("guide:overview", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:history", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:typed", alice=200, arguments=draft, bob=404, olga=404, method="post"),
    row("guide:check", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:recommendation", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:recommendation_paper", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:decision", alice=302, arguments=draft, bob=404, olga=404),
    *(
        row(f"guide:{page}", alice=200, arguments=ready_draft, bob=404, olga=404)
        for page in ("items", "marks", "recipients", "sharing")
    ),
    row("guide:impact", alice=302, arguments=ready_draft, bob=404, olga=404),
    *(
        row(f"guide:{page}", alice=200, arguments=recipient, bob=404, olga=404)
        for page in ("recipient", "recipient_link")
    ),
    row("guide:remove_recipient", alice=302, arguments=recipient, bob=404, olga=404, method="post"),
    row("guide:telling", alice=200, arguments=ready_draft, bob=404, olga=404),
    row("guide:tell", alice=200, arguments=told_person, bob=404, olga=404),
    row("guide:notice", alice=200, arguments=told_person, bob=404, olga=404),
    row("guide:notice_paper", alice=200, arguments=told_person, bob=404, olga=404),
    row("guide:refusal", alice=200, arguments=refused_draft, bob=404, olga=404),
    row("guide:letter", alice=200, arguments=refused_draft, bob=404, olga=404),
    row("guide:letter_paper", alice=200, arguments=refused_draft, bob=404, olga=404),
    row("guide:record", alice=200, arguments=ready_draft, bob=404, olga=404),
    row("guide:delete", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:keep_draft", alice=200, arguments=draft, bob=404, olga=404),
    row("guide:keep", method="post", alice=404, bob=404, olga=404),
    row("guide:emergency", alice=200, bob=200, olga=200),
    row("log:list", alice=200, bob=200, irene=200, olga=200, oscar=200),
    row("log:find_case", alice=302, bob=302, irene=302, olga=302, oscar=302, method="post"),
    row("log:search", alice=200, bob=200, irene=200, olga=200, oscar=200),
    row("log:charts", irene=200, oscar=200),
    row("log:drift", irene=200, oscar=200),
    row("log:receipt", alice=200, bob=200, irene=200, olga=200, oscar=200),
    row("log:save_view", alice=422, bob=422, irene=422, olga=422, oscar=422, method="post"),
    row(
        "log:delete_view",
        alice=302,
        bob=302,
        irene=302,
        olga=302,
        oscar=302,
        arguments=lambda people: ["1"],
        method="post",
    ),
    row("log:record", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:recorded", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("guide:arrive", anonymous=200, alice=200, bob=200, olga=200, method="post"),
    row("log:copy", alice=302, arguments=record, bob=404, olga=404, method="post"),
    row("log:add", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:export", irene=200, oscar=200),
    row("log:exports", irene=200, oscar=200),
    row("log:bundle", alice=302, irene=302, arguments=record, bob=404, olga=404, oscar=404),
    row("log:reads", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:pdf", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:words", alice=200, irene=200, arguments=words, bob=404, olga=404, oscar=404),
    row("log:visibility", irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:step_back", irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:rerun", alice=200, irene=200, arguments=a_rerun, bob=404, olga=404, oscar=404),
    row("log:confirm", alice=200, irene=200, arguments=record, bob=404, olga=404, oscar=404),
    row("log:review", irene=200, arguments=record, oscar=404),
    row("log:answer", alice=200, irene=404, bob=404, olga=404, oscar=404, arguments=a_review),
    row("reviews", irene=200, oscar=200),
    row("log_settings", irene=200, oscar=200),
    row("rules:list", irene=200, oscar=200),
    row("rules:edition", irene=200, oscar=200, arguments=lambda people: ["2026-09"]),
    row("rules:page", irene=200, oscar=200, arguments=lambda people: ["2026-09", "questions"]),
]
