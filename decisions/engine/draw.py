"""A whole rule set as pages of plain sentences, for people who own it and do not read YAML. NOT its layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.engine.conditions import conjuncts
from decisions.engine.prove.report import Report
from decisions.engine.ruleset import (
    FOREVER,
    Cites,
    Decision,
    InForce,
    Invariant,
    ItemSet,
    Option,
    Question,
    Rule,
    RuleSet,
)
from decisions.engine.words import cited, day_text, either, quoted, say, sentence

KINDS = {
    "radios": "Choose one",
    "checkboxes": "Tick all that apply",
    "grid": "Choose one in each row",
    "date": "A date",
    "number": "A whole number",
    "text": "In your own words",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is what records and citations quote; `lines` are sentences."""

    id: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    title: str
    entries: tuple[Entry, ...]


def draw(ruleset: RuleSet, report: Report | None = None) -> tuple[Page, ...]:
    """With a report, every promise says whether it is proved."""
    pages = [_questions(ruleset), _facts(ruleset)]
    pages += [_decision(ruleset, decision) for decision in ruleset.decisions]
    pages += [_set(ruleset, item_set) for item_set in ruleset.sets]
    pages += [_promises(ruleset, report), _sources(ruleset)]
    return tuple(page for page in pages if page.entries)


def as_markdown(ruleset: RuleSet, pages: tuple[Page, ...]) -> str:
    lines = [f"# {ruleset.title}", "", f"Edition {ruleset.edition}{_force(ruleset.effective)}.", ""]
    for page in pages:
        lines += [f"## {page.title}", ""]
        for entry in page.entries:
            lines += [f"### {entry.heading}", "", *(f"* {line}" for line in entry.lines), ""]
    return "\n".join(lines)


def _questions(ruleset: RuleSet) -> Page:
    titles = {section.id: section.title for section in ruleset.sections}
    entries = []
    for number, question in enumerate(ruleset.questions, start=1):
        lines = tuple(_question(ruleset, question, titles[question.section]))
        entries.append(Entry(question.id, f"{number}. {question.text}", lines))
    return Page("questions", "Questions, in the order in which they are asked", tuple(entries))


def _question(ruleset: RuleSet, question: Question, section: str) -> Iterator[str]:
    yield f"Section: {section}. {KINDS[question.kind]}.{' Only for the record.' if question.record else ''}"
    if question.hint:
        yield sentence(question.hint)
    if question.ask_when:
        yield f"Asked when {say(ruleset, question.ask_when)}."
    if question.profile:
        yield "Answered by the organisation's profile."
    if question.rows:
        yield f"Rows: {either((quoted(row.text) for row in question.rows), 'and')}."
    if question.options:
        yield f"Answers: {either((quoted(option.text) for option in question.options), 'or')}."
    yield from (f"If {quoted(option.text)} is chosen, this myth is met: {option.myth}" for option in _myths(question))
    yield from _legal(ruleset, question.cite, question.force)


def _myths(question: Question) -> Iterator[Option]:
    return (option for option in question.options if option.myth)


def _facts(ruleset: RuleSet) -> Page:
    entries = []
    for fact in ruleset.facts:
        lines = (f"True when {say(ruleset, fact.when)}.", *_legal(ruleset, fact.cite, fact.force))
        entries.append(Entry(fact.id, sentence(fact.text), lines))
    return Page("facts", "What is worked out from the answers", tuple(entries))


def _decision(ruleset: RuleSet, decision: Decision) -> Page:
    entries = []
    for number, layer in enumerate(decision.layers, start=1):
        lines = tuple(line for rule in layer.rules for line in _rule(ruleset, decision, rule))
        entries.append(Entry(f"{decision.id}.{number}", f"{number}. {layer.name}", lines))
    if decision.otherwise:
        lines = tuple(_rule(ruleset, decision, decision.otherwise))
        entries.append(Entry(f"{decision.id}.otherwise", "If none of these applies", lines))
    return Page(decision.id, f"{decision.text}: an earlier group overrules the later ones", tuple(entries))


def _rule(ruleset: RuleSet, decision: Decision, rule: Rule) -> Iterator[str]:
    then = quoted(decision.value(rule.then).text) if rule.then else "this rule does not apply"
    yield f"{rule.id}: {_if(ruleset, rule)}{then}. {sentence(rule.because)} {_source(ruleset, rule)}"
    for exception in rule.exceptions:
        yield from (f"Except {line}" for line in _rule(ruleset, decision, exception))


def _if(ruleset: RuleSet, rule: Rule) -> str:
    parts = [say(ruleset, part) for part in conjuncts(rule.when)]
    return f"if {either(parts, 'and')}: " if parts else ""


def _source(ruleset: RuleSet, rule: Rule) -> str:
    return f"({cited(ruleset, rule.cite)}){_force(rule.force)}"


def _set(ruleset: RuleSet, item_set: ItemSet) -> Page:
    entries = []
    for item in item_set.items:
        lines = []
        for rule in item.rules:
            when = _if(ruleset, rule) or "always: "
            lines.append(f"{rule.id}: {when}{sentence(rule.because)} {_source(ruleset, rule)}")
            lines += [f"Except {out.id}: {_if(ruleset, out)}{sentence(out.because)}" for out in rule.exceptions]
        entries.append(Entry(f"{item_set.id}.{item.id}", item.text, tuple(lines)))
    return Page(item_set.id, item_set.text, tuple(entries))


def _promises(ruleset: RuleSet, report: Report | None) -> Page:
    entries = []
    for invariant in ruleset.invariants:
        lines = (_promise(ruleset, invariant), *_legal(ruleset, invariant.cite, invariant.force))
        entries.append(Entry(invariant.id, invariant.text, (*lines, *_verdict(invariant, report))))
    return Page("promises", "Promises that hold for every possible set of answers", tuple(entries))


def _promise(ruleset: RuleSet, invariant: Invariant) -> str:
    if invariant.never:
        return f"Never: {say(ruleset, invariant.never)}."
    if invariant.given and invariant.then:
        return f"Whenever {say(ruleset, invariant.given)}: {say(ruleset, invariant.then)}."
    assert invariant.monotone  # the loader lets no other kind through
    question = ruleset.question(invariant.monotone.question)
    steps = ", then ".join(quoted(question.option(option).text) for option in invariant.monotone.order)
    return f"Step by step through the answers {steps} to {quoted(question.text)}, all other answers being equal."


def _verdict(invariant: Invariant, report: Report | None) -> Iterator[str]:
    mine = (
        [o for o in report.obligations if o.kind == "promise" and o.subject.split()[0] == invariant.id]
        if report
        else []
    )
    broken = [obligation.broken.sentence for obligation in mine if obligation.broken]
    yield from broken
    if mine and not broken:
        yield "Proved."


def _sources(ruleset: RuleSet) -> Page:
    entries = []
    for source in ruleset.sources.values():
        lines = (f"Checked: {source.status}.{_force(source.force)}", source.url, source.note)
        entries.append(Entry(source.id, source.title, tuple(line for line in lines if line)))
    return Page("sources", "Sources", tuple(entries))


def _legal(ruleset: RuleSet, cite: Cites, force: InForce) -> Iterator[str]:
    if cite:
        yield f"({cited(ruleset, cite)}){_force(force)}"
    elif force.off:
        yield "Not in force yet."
    elif force != FOREVER:
        yield f"In force{_force(force)}."


def _force(force: InForce) -> str:
    if force.off:
        return " Not in force yet."
    start = f", from {day_text(force.start)}" if force.start else ""
    return start + (f", until {day_text(force.until)}" if force.until else "")
