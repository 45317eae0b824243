"""What waits in the demo: a clock, an interim decision, advice asked for and given, a draft to go on with.

Not for a deployment: only `manage.py demo` calls this, after demo.py, and only with the embedded servers.
"""

from uuid import uuid4

from decisions.cases import published
from infoshare.accounts.demo import member
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from infoshare.days import london_today

from . import services
from .demo import answered
from .guide import drafts
from .guide.sitting import Sitting
from .models import AdviceRequest, DecisionRecord, Draft
from .outcomes import Outcome

CASES = {case.id: case for case in published()}
TOLD = {
    "recipients": ["ambulance", "police"],
    "recipient": "the ambulance service and the police",
    "may_be_the_danger": "",
    "already_told": False,
    "happening": "A parent collapsed at the gate and the child was alone with them.",
    "shared": "What we saw, the child’s age, and who else lives at home.",
}


def make_work() -> None:
    """For each desk that has nothing waiting."""
    _emergency(member("school", Role.PRACTITIONER))
    _interim(member("surgery", Role.PRACTITIONER))
    _ask(member("council", Role.PRACTITIONER))
    if asked := _ask(member("charity", Role.PRACTITIONER)):
        text = "Share what protects the person, with social care, today. Leave out what does not help them act."
        services.reply(request=asked, by=member("charity", Role.IG_LEAD), text=text)
    _begin(member("housing", Role.PRACTITIONER))


def _emergency(by: Membership) -> None:
    emergencies = DecisionRecord.objects.within(by.organisation).filter(route=DecisionRecord.Route.EMERGENCY)
    if not emergencies.exists():
        services.record_emergency(by=by, told=TOLD, case_reference="DEMO-EMERGENCY", key=uuid4())


def _interim(by: Membership) -> None:
    if DecisionRecord.objects.within(by.organisation).filter(decided=Outcome.SEEK_ADVICE_FIRST).exists():
        return
    draft = answered(CASES["GMC-02"], by)
    decision = {
        "recommended": Sitting.of(draft, london_today()).outcome,
        "decided": Outcome.SEEK_ADVICE_FIRST,
        "departure_reason": "Made for the demo: somebody wants a second opinion.",
        "reasons": "Made for the demo from a published case.",
    }
    drafts.save_details(draft, "decision", decision, seen="")
    services.record_decision(draft_id=draft.pk, by=by)


def _ask(by: Membership) -> AdviceRequest | None:
    if AdviceRequest.objects.within(by.organisation).exists():
        return None
    draft = answered(CASES["CRT-05"], by)
    return services.ask_advice(draft=draft, sitting=Sitting.of(draft, london_today()), by=by)


def _begin(by: Membership) -> None:
    """A draft with its first answer."""
    if not Draft.objects.within(by.organisation).exists():
        day = london_today()
        draft = drafts.start(by=by, case_reference="DEMO-BEGUN", day=day)
        if question := Sitting.of(draft, day).next_question:
            drafts.save_answer(draft, question, question.option_ids[-1], seen="", day=day)
