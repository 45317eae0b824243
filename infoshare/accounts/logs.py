"""What the log says of requests and failed sign-ins: never an address with a secret in it, never an e-mail address."""

import logging
import re
from typing import Any

import structlog
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_structlog.signals import (
    bind_extra_request_failed_metadata,
    bind_extra_request_finished_metadata,
    bind_extra_request_metadata,
)

logger = structlog.get_logger(__name__)

# A link that sets a password is as good as the password until it is used; whoever has a calendar's may read it.
SECRET_PART = re.compile(r"^(/accounts/(?:invitation|password/reset/key)/|/retention/calendar/).+")


class HideSecrets(logging.Filter):
    """For what Django itself logs of a request that was refused or failed, such as one whose form had expired."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(SECRET_PART.sub(r"\1…", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


@receiver([bind_extra_request_metadata, bind_extra_request_finished_metadata, bind_extra_request_failed_metadata])
def hide_secrets(request: HttpRequest, log_kwargs: dict[str, Any], **_: Any) -> None:
    """Without the query, which may say what somebody searched for."""
    path = SECRET_PART.sub(r"\1…", request.path)
    log_kwargs["request"] = f"{request.method} {path}"


@receiver(user_login_failed)
def failed_sign_in(credentials: dict[str, Any], **_: Any) -> None:
    """The address only as a keyed hash: enough to see that one account is being tried again and again."""
    address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    logger.warning("sign-in failed", account=salted_hmac("accounts.logs", address).hexdigest()[:16])
