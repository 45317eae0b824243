"""What turned between the day a draft was last judged and today: the edition, or the law's own dates within it."""

from dataclasses import dataclass, field
from datetime import date

from decisions import editions
from decisions.engine.evaluate import Judgement, judge
from decisions.models import Draft

from .profile import profile_answers

LAW_DAY = "law_day"


@dataclass
class Changes:
    """`edition`: the guide has a new one. `differences`: what the same answers now come to, in words."""

    edition: bool
    differences: list[str]
    dropped: list[str] = field(default_factory=list)  # ids of answers that no longer apply

    @property
    def words(self) -> str:
        what = "The guide has a new edition since you started this draft." if self.edition else "The law has changed."
        number = len(self.dropped)
        count = "1 answer" if number == 1 else f"{number} answers"
        gone = f"{count} no longer applied and were set aside." if number else "Your answers still apply."
        return " ".join([what, *self.differences, gone, "You are asked only what is new."])


def law_day(day: date) -> str:
    """The day on which the law that governs `day` last turned; what a draft remembers."""
    return editions.current(on=day).law_day(day).isoformat()


def since(draft: Draft, day: date) -> Changes | None:
    """None where the draft was judged by today's edition and law."""
    ruleset = editions.current(on=day)
    edition = draft.edition != ruleset.edition
    remembered = draft.details.get(LAW_DAY, law_day(day))
    if not edition and remembered == law_day(day):
        return None
    before = _judged(draft, draft.edition, date.fromisoformat(remembered))
    after = _judged(draft, ruleset.edition, day)
    return Changes(edition, _differences(before, after) if before and after else [])


def _judged(draft: Draft, edition: str, day: date) -> Judgement | None:
    """None for an edition that is not there any more."""
    if edition not in editions.names():
        return None
    ruleset = editions.get(edition)
    return judge(ruleset, {**draft.answers, **profile_answers(ruleset, draft.organisation, day)}, day)


def _differences(before: Judgement, after: Judgement) -> list[str]:
    """One sentence for each decision that both settle, differently."""
    earlier = {decision.id: decision for decision in before.ruleset.decisions}
    found = []
    for decision in after.ruleset.decisions:
        then = before.value(decision.id) if decision.id in earlier else None
        now = after.value(decision.id)
        if then and now and then != now:
            was = earlier[decision.id].value(then).text
            found.append(f"{decision.text}: it was “{was}”, now it is “{decision.value(now).text}”.")
    return found
