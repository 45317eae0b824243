"""The forms of administration and of the way in. They check what was typed; services.py checks what may be done."""

from typing import Any, cast

from django import forms

from infoshare.govuk.forms import Choice, DateField, GovukForm, LineField

from .models import Membership, Organisation, OrganisationKind, Team
from .roles import Role
from .services import Profile

# Yes-or-no facts of the profile, each a field of Organisation.
FACTS = {
    "public_authority": Choice("A public authority", "It answers freedom-of-information requests"),
    "children_duty_body": Choice(
        "Under the children’s information-sharing duty",
        "Children Act 2004, section 16LA: it must share to keep children safe",
    ),
    "competent_authority": Choice(
        "A competent authority for law enforcement", "Data Protection Act 2018, Part 3: police, probation and the like"
    ),
    "health_or_social_care": Choice(
        "A health or social-care body", "Its staff owe a duty of confidence as professionals"
    ),
}
DOES = {
    Role.PRACTITIONER: "Uses the guide, records decisions and reads their own",
    Role.IG_LEAD: "Reads the organisation’s records, reviews them and gives advice",
    Role.RECORDS_ADMINISTRATOR: "Sets how long records are kept, and reviews what is due",
    Role.SYSTEM_ADMINISTRATOR: "Adds organisations, teams and people everywhere; sees no case",
}


class OrganisationForm(GovukForm):
    name = LineField(max_length=200, error_messages={"required": "Enter the organisation’s name"})
    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of organisation"},
    )
    facts = forms.MultipleChoiceField(
        label="What is it in law? (optional)",
        help_text="Choose all that apply, or none. The guide works out powers and duties from these.",
        choices=list(FACTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    policy_document = LineField(
        label="Appropriate policy document (optional)",
        help_text="Its title or reference. The law asks for one if you share sensitive information to safeguard.",
        max_length=200,
        required=False,
    )
    policy_document_review_on = DateField(
        label="When is that document next reviewed? (optional)",
        help_text="For example, 27 3 2027",
        name="The review date",
        required=False,
    )

    @classmethod
    def initial_of(cls, organisation: Organisation) -> dict[str, Any]:
        plain = {name: getattr(organisation, name) for name in cls.base_fields if name != "facts"}
        return plain | {"facts": [fact for fact in FACTS if getattr(organisation, fact)]}

    def profile(self) -> Profile:
        """What was typed, as services take it."""
        typed = dict(self.cleaned_data)
        chosen = typed.pop("facts")
        return cast(Profile, typed | {fact: fact in chosen for fact in FACTS})


class TeamForm(GovukForm):
    name = LineField(
        label="Name of the team", max_length=200, error_messages={"required": "Enter the name of the team"}
    )


class MembershipForm(GovukForm):
    """Team and roles of a person in one organisation."""

    roles = forms.MultipleChoiceField(
        label="What may this person do?",
        help_text="Choose all that apply.",
        choices=[(role.value, Choice(role.label, hint)) for role, hint in DOES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role"},
    )
    team = forms.ModelChoiceField(
        label="Team (optional)", queryset=Team.objects.none(), empty_label="No team", required=False
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        teams = self.fields["team"]
        assert isinstance(teams, forms.ModelChoiceField)
        teams.queryset = Team.objects.within(organisation)

    @classmethod
    def initial_of(cls, membership: Membership) -> dict[str, Any]:
        return {"roles": membership.roles, "team": membership.team_id}


class InvitationForm(MembershipForm):
    name = LineField(label="Full name", max_length=150, error_messages={"required": "Enter the person’s full name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it, and the invitation goes there.",
        max_length=254,
        error_messages={
            "required": "Enter the person’s e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    field_order = ("name", "email", "roles", "team")


class FirstPasswordForm(GovukForm):
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. Three random words make a good one.",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )


class ChooseOrganisationForm(GovukForm):
    """Which of their organisations a person acts for in this session."""

    organisation = forms.ChoiceField(
        label="Which organisation are you working for now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an organisation"},
    )
    heading_field = "organisation"

    def __init__(self, data: Any = None, *, memberships: list[Membership], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ChoiceField)
        organisations.choices = [
            (str(mine.organisation_id), Choice(mine.organisation.name, ", ".join(mine.role_names)))
            for mine in memberships
        ]
