"""The nine outcomes: the names that rule sets must use and records store. Never renamed, only added to.

What the newest edition says of each begins with its words here, so that a decision has one name wherever it is read.
"""

from django.db import models


class Outcome(models.TextChoices):
    SHARE_URGENTLY = "share_urgently", "Share it now"
    STATUTORY_DUTY = "statutory_duty_to_share", "Share it, as the law requires it"
    SHARE_WITHOUT_CONSENT = "share_without_consent", "Share it, whether or not they agree"
    SHARE_WITH_CONSENT = "share_with_consent", "Share it, as they have agreed"
    SHARE_LIMITED = "share_limited", "Share only part of it"
    ANONYMISE = "anonymise", "Share it without showing who it is about"
    SEEK_CONSENT_FIRST = "seek_consent_first", "Talk first"
    SEEK_ADVICE_FIRST = "seek_advice_first", "Take advice first"
    DO_NOT_SHARE = "do_not_share", "Do not share it"


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
