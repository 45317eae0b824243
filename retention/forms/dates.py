"""The form of one date that a period counts from."""

from datetime import date
from typing import Any

from infoshare.govuk.forms import DateField, GovukForm, TextField
from retention.schedule import Trigger

QUESTIONS = {
    Trigger.CASE_CLOSED: "When was the case closed?",
    Trigger.BIRTH: "When was the person born?",
    Trigger.LAST_CONTACT: "When was the last contact?",
    Trigger.DEATH: "When did the person die?",
}


class TriggerDateForm(GovukForm):
    heading_field = "day"

    day = DateField(name="The date", required=False)
    reason = TextField(
        label="Why does it change?",
        help_text="Leave the date empty if it is not known.",
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, trigger: Trigger, before: date | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": before}, **kwargs)
        self.fields["day"].label = QUESTIONS[trigger]
        if before is None:
            self.fields["day"].required = True
            del self.fields["reason"]
