"""Who is told that something is shared, each person alone, and in which words. NOT the pages: tell_views.py.

Never "the family": the person it is about, and a parent or carer only where a child cannot decide for themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from decisions.models import Draft
from decisions.outcomes import SHARES, Outcome

from .wording import lowered

KEY = "telling"
SAID = "said"  # in the draft only: what had been answered of telling them when they were settled
TITLE = "Information that we share"  # on a notice's paper
SHOWS_WHO = SHARES - {Outcome.ANONYMISE}
TOLD, TO_BE_TOLD, NOT_TOLD = "told", "to_be_told", "not_told"
NOT_KNOWN = "not_known"  # a reason in itself: nobody can say why they do not know
STATUS_WORDS = {TOLD: "Told", TO_BE_TOLD: "To be told", NOT_TOLD: "Not told for now"}
ANOTHER = re.compile(r"(person|parent)-[2-9]")
SUBJECTS = {
    "child": "The child",
    "young": "The young person",
    "adult": "The adult",
    "family": "The child",
    "group": "The first person it is about",
    "list": "The first person it is about",
}
# Why somebody need not be told, in short, and where each stands in law: the domain's notes on Articles 13 and 14.
EXEMPTIONS = {
    "objectives": ("It could put someone at risk, or undo what sharing is for", "UK GDPR, Article 14(5)"),
    NOT_KNOWN: ("We do not know yet whether it is safe", "UK GDPR, Article 14(5)"),
    "crime": ("It could spoil work on a crime", "DPA 2018, Schedule 2, paragraph 2"),
    "impossible": ("They cannot be reached with reasonable effort", "UK GDPR, Article 14(5)"),
    "law": ("A law or court forbids it", ""),
    "other": ("Another reason", ""),
}
RARE = frozenset({"impossible", "law", "other"})  # the last of them, folded away
TO_WHOM = {
    "social_care": "with social care",
    "police": "with the police",
    "emergency": "with the emergency services",
    "health": "with a health service",
    "education": "with a school, college or nursery",
    "public_body": "with another public body",
    "meeting": "with a meeting of services that keep people safe",
    "own_lead": "with the person in our organisation whose job is to keep people safe",
    "lead_worker": "with a worker who helps you or your family",
    "court": "with a court",
}
WHY = {
    "protect": "to help keep someone safe",
    "support": "so that help can be given",
    "crime": "to help prevent or look into a crime",
    "vetting": "to help make sure that people who work with children or adults are safe to do so",
    "court": "because it is needed for a court",
    "transfer": "because they take over from us",
}


def exemption_words(exemption: str) -> str:
    """As the record keeps it: the words that the person chose, and the law."""
    words, law = EXEMPTIONS[exemption]
    return f"{words} ({law})" if law else words


@dataclass(frozen=True)
class Somebody:
    """One person to be told; `key` is the address of their page, `title` what the page and the record call them."""

    key: str
    title: str

    @property
    def is_parent(self) -> bool:
        return self.key.startswith("parent")

    @property
    def in_sentence(self) -> str:
        return lowered(self.title)


@dataclass(frozen=True)
class Author:
    """Who speaks in a notice, for which organisation."""

    name: str
    organisation: str


def applies(draft: Draft) -> bool:
    return draft.details.get("decision", {}).get("decided") in SHOWS_WHO


def complete(draft: Draft) -> bool:
    """Also not where what was answered of telling them is another answer now: then they are looked at again."""
    kept = draft.details[KEY]
    return all(
        person.key in kept and kept[person.key].get(SAID, said) == said
        for person, said in ((person, said_before(draft, person)) for person in needed(draft))
    )


def cannot_decide(draft: Draft) -> bool:
    """Is the child too young to decide this alone, by the answers? How old a family's child is, they do not say."""
    subject = draft.answers.get("subject")
    return subject == "child" or (subject == "young" and draft.answers.get("can_decide") == "no")


def needed(draft: Draft) -> list[Somebody]:
    """Whom every such decision must settle."""
    subject = draft.answers.get("subject", "")
    found = [Somebody("person", SUBJECTS.get(subject, "The person it is about"))]
    if subject == "family" or cannot_decide(draft):
        found.append(Somebody("parent", "A parent or carer"))
    return found


def people(draft: Draft) -> list[Somebody]:
    """Those, and the others that were added."""
    first = needed(draft)
    added = sorted(set(draft.details.get(KEY, {})) - {person.key for person in first})
    return [*first, *(another(key) for key in added if ANOTHER.fullmatch(key))]


def another(key: str) -> Somebody:
    return Somebody(key, "Another parent or carer" if key.startswith("parent") else "Another person it is about")


def somebody(draft: Draft, key: str) -> Somebody | None:
    """The person of this address; None for an address that names nobody."""
    known = {person.key: person for person in people(draft)}
    return known.get(key) or (another(key) if ANOTHER.fullmatch(key) else None)


def next_key(draft: Draft, kind: str) -> str | None:
    """The address for one more person of this kind, while there is room."""
    taken = draft.details.get(KEY, {})
    return next((key for number in range(2, 10) if (key := f"{kind}-{number}") not in taken), None)


# What was answered of telling them → how their block begins.
BEGINS = {"knows": TOLD, "now": TO_BE_TOLD, "later": TO_BE_TOLD, "unsafe": NOT_TOLD, "unsure": NOT_TOLD}
UNSAFE = frozenset({"unsafe", "unsure"})


def said_before(draft: Draft, person: Somebody) -> str:
    """What the guide was told of telling the first of them; nothing of others, who were not asked about.

    Nor is it asked about a young child, who is likely to repeat it at home: what is not safe to tell a parent is not
    safe to tell the child.
    """
    question = {"person": "tell_person", "parent": "tell_parent"}.get(person.key, "")
    said = str(draft.answers.get(question, ""))
    parent = str(draft.answers.get("tell_parent", ""))
    through_the_child = person.key == "person" and draft.answers.get("subject") in ("child", "family")
    return parent if through_the_child and not said and parent in UNSAFE else said


def notice(by: Author, answers: Mapping[str, Any], person: Somebody, status: str) -> str:
    """What to say to them, made from the answers and nothing that was typed, so that it names nobody but its author."""
    about = "your child" if person.is_parent else "you"
    done = "have shared" if status == TOLD else "are sharing"
    to_whom = TO_WHOM.get(answers.get("recipient", ""), "with someone who needs it")
    why = WHY.get(answers.get("purpose", ""), "because we think that it is needed")
    if person.key == "person" and answers.get("subject") == "child":
        return _for_a_young_child(by, done, to_whom, why)
    agreed = ["You told us that you agree to this. You can change your mind, and then we will talk with you about it."]
    return "\n\n".join(
        [
            f"We are {by.organisation}.",
            f"We {done} some information about {about} {to_whom}. We do this {why}. We share only what is needed.",
            *(agreed if answers.get("asked_them") == "agreed" and not person.is_parent else []),
            f"You can ask us what we shared. You can ask for a copy of what we hold about {about}, and ask us to put "
            "right anything that is wrong. If you do not agree with what we did, tell us. We will listen.",
            "You can also complain to the Information Commissioner, at ico.org.uk.",
            f"To talk about this, ask for {by.name}.",
        ]
    )


def _for_a_young_child(by: Author, done: str, to_whom: str, why: str) -> str:
    """Short, in words of a child under 13. Rights and complaints stand in full in what a parent or carer is told."""
    return "\n\n".join(
        [
            f"We are from {by.organisation}.",
            f"We {done} some things that we know about you {to_whom}. We do this {why}.",
            "You can ask us what we said. If we got something wrong, tell us. If you do not like what we did, tell us "
            "that too. We will listen.",
            "You can ask a grown-up you trust to help you, or to talk to us for you.",
            f"To talk about this, ask for {by.name}.",
        ]
    )


def words(draft: Draft, person: Somebody, told: Mapping[str, str]) -> str:
    """What to say to them: in the words that somebody chose, else in ours. Nothing to whoever is not told."""
    if told["status"] == NOT_TOLD:
        return ""
    by = Author(draft.author.name, draft.organisation.name)
    return told["notice"] or notice(by, draft.answers, person, told["status"])


def recorded(draft: Draft) -> dict[str, Any]:
    """Everybody settled so far, with the words as they would be said now."""
    return {who: _recorded(draft, Somebody(who, told["title"]), told) for who, told in draft.details[KEY].items()}


def _recorded(draft: Draft, person: Somebody, told: Mapping[str, str]) -> dict[str, str]:
    return {**{name: told[name] for name in told if name != SAID}, "notice": words(draft, person, told)}


def follow_ups(answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Person's key, what is still to do in words that name nobody, and its day."""
    words = {TO_BE_TOLD: "Tell {} what was shared.", NOT_TOLD: "See whether {} can be told now."}
    return [
        (key, words[told["status"]].format(Somebody(key, told["title"]).in_sentence), told["day"])
        for key, told in answers.items()
        if told["status"] in words
    ]
