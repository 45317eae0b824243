"""How a person wants to be e-mailed."""

from django import forms

from infoshare.govuk.forms import GovukForm

from .models import MailWish


class MailForm(GovukForm):
    when = forms.ChoiceField(
        label="When should we e-mail you about notices?",
        help_text="Emergencies, advice, decisions that wait, and anything nearly due or overdue always come at once. "
        "No e-mail says anything of a case.",
        choices=MailWish.When.choices,
        widget=forms.RadioSelect,
    )
    heading_field = "when"
