"""How django-allauth behaves here: nobody signs themselves up; there are no user names; work begins at one's desk."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from . import passwords
from .context import first_place
from .models import User
from .selectors import memberships_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "We do not know this e-mail address with this password. Check both",
        "enter_current_password": "This is not the password you have now. Check it",
        "incorrect_password": "This is not your password. Check it",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is nothing to fill in: the e-mail address is the name one signs in with."""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """By the outbox: whoever asks must not learn, from how long it takes or that it fails, whom we know."""
        if not passwords.send(user):
            super().send_password_reset_mail(user, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first place of the membership one begins with: a new session has chosen none yet."""
        assert request.user.is_authenticated
        return first_place(memberships_of(request.user).first())
