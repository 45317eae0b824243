"""The nine outcomes: the labels that rule sets must use and records store. Never renamed, only added to."""

from django.db import models


class Outcome(models.TextChoices):
    SHARE_URGENTLY = "share_urgently", "Share now, it is urgent"
    STATUTORY_DUTY = "statutory_duty_to_share", "Share: the law requires it"
    SHARE_WITHOUT_CONSENT = "share_without_consent", "Share without agreement"
    SHARE_WITH_CONSENT = "share_with_consent", "Share with agreement"
    SHARE_LIMITED = "share_limited", "Share only part"
    ANONYMISE = "anonymise", "Share without saying who it is about"
    SEEK_CONSENT_FIRST = "seek_consent_first", "Ask the person first"
    SEEK_ADVICE_FIRST = "seek_advice_first", "Take advice first"
    DO_NOT_SHARE = "do_not_share", "Do not share"


SHARES = frozenset(
    {
        Outcome.SHARE_URGENTLY,
        Outcome.STATUTORY_DUTY,
        Outcome.SHARE_WITHOUT_CONSENT,
        Outcome.SHARE_WITH_CONSENT,
        Outcome.SHARE_LIMITED,
        Outcome.ANONYMISE,
    }
)
INTERIM = frozenset({Outcome.SEEK_CONSENT_FIRST, Outcome.SEEK_ADVICE_FIRST})
