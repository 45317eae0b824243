"""The forms for signing in and setting a password, in our words and look. What they check is allauth's business."""

from typing import ClassVar

from allauth.account import forms

from infoshare.govuk.forms import GovukForm

GOOD_PASSWORD = "At least 12 characters. Three words that have nothing to do with each other are easy to remember."  # noqa: S105
TWICE: dict[str, str] = {"password1": "New password", "password2": "New password again"}


class SignInForm(GovukForm, forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    labels: ClassVar[dict[str, str]] = {"login": "E-mail address"}
    hints: ClassVar[dict[str, str]] = {"password": ""}


class ProveAgainForm(GovukForm, forms.ReauthenticateForm):  # type: ignore[misc]
    hints: ClassVar[dict[str, str]] = {"password": ""}


class ForgottenPasswordForm(GovukForm, forms.ResetPasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"email": "E-mail address"}
    hints: ClassVar[dict[str, str]] = {"email": "We will send a link to it, with which you can choose a new password."}


class NewPasswordForm(GovukForm, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = TWICE
    hints: ClassVar[dict[str, str]] = {"password1": GOOD_PASSWORD}


class ChangePasswordForm(GovukForm, forms.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, str]] = {"oldpassword": "Password you have now", **TWICE}
    hints: ClassVar[dict[str, str]] = {"oldpassword": "", "password1": GOOD_PASSWORD}
