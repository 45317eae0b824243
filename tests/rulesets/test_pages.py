"""What a person sees of the rule set: short pages, plain words, an answer for "not sure", help for every question."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from decisions import editions
from decisions.engine.ruleset import Question

EDITION = editions.get("2026-09")
ASKED = [question for question in EDITION.questions if not question.profile]
STEPS = Path("templates/guide/steps")
WORDS = re.compile(r"[A-Za-z’'-]+")
# words that ask for a conclusion instead of a fact
CONCLUSIONS = re.compile(
    r"necessary|proportionate|lawful|public interest|threshold|consent needed|public task|legitimate|justified", re.I
)


def named(question: Question) -> str:
    return question.id


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))
    return max(1, len(groups))


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade; grade 7 is about age 12."""
    sentences = [s for s in re.split(r"[.!?]+", text) if WORDS.search(s)]
    words = WORDS.findall(text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


class Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def fragment(question: Question) -> Headings:
    parser = Headings()
    parser.feed((STEPS / f"{question.id}.html").read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("question", ASKED, ids=named)
def test_a_page_is_short(question: Question) -> None:
    assert len(question.text.split()) <= 24
    assert len(f"{question.text} {question.hint}".split()) <= 50, "the frame of the page has about ten words of its own"


@pytest.mark.parametrize("question", ASKED, ids=named)
def test_not_sure_is_always_an_answer(question: Question) -> None:
    assert "unsure" in question.option_ids or "not sure" in question.none.lower()


@pytest.mark.parametrize("question", ASKED, ids=named)
def test_no_question_asks_for_a_conclusion(question: Question) -> None:
    said = " ".join([question.text, question.hint, *(option.text for option in question.options)])
    assert not CONCLUSIONS.search(said)


@pytest.mark.parametrize("question", ASKED, ids=named)
def test_each_question_has_help_in_three_parts(question: Question) -> None:
    help_ = fragment(question)
    assert help_.tags == ["h3", "p"] * 3
    assert [part in help_.text for part in ("Why we ask", "A good answer", "A weak answer")] == [True] * 3


def test_a_twelve_year_old_can_read_it() -> None:
    questions = ". ".join(f"{q.text} {q.hint}" for q in ASKED)
    options = ". ".join(option.text for q in ASKED for option in q.options)
    assert reading_grade(questions) <= 7
    assert reading_grade(options) <= 7
    assert reading_grade(" ".join(fragment(q).text for q in ASKED)) <= 7


def test_reasons_can_be_read_aloud() -> None:
    assert reading_grade(" ".join(rule.because for rule in EDITION.every_rule())) <= 8


def test_there_is_no_help_without_a_question() -> None:
    pages = {path.stem for path in STEPS.glob("[a-z]*.html")}
    assert pages == {question.id for name in editions.names() for question in editions.get(name).questions} & pages


def test_all_five_myths_have_their_place() -> None:
    cites = {str(cite) for q in ASKED for option in q.options if option.myth for cite in option.myth_cite}
    assert cites == {f"slides myth {number}" for number in range(1, 6)}


def test_the_emergency_question_comes_first() -> None:
    assert ASKED[0].id == "danger_now"
    assert [section.id for section in EDITION.sections] == [f"principle_{n}" for n in range(1, 8)]
