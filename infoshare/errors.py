"""The page for our own failures: a reference to quote, and nothing about the case in the log line it points to."""

import secrets

import structlog
from django.http import HttpRequest, HttpResponse
from django.template import loader

logger = structlog.get_logger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    reference = secrets.token_hex(4)
    logger.error("server error shown", error_reference=reference)
    try:
        page = loader.get_template("500.html").render({"reference": reference})
    except Exception:  # whatever broke the page may break this one too
        page = f"<!doctype html><title>infoshare</title><p>Something went wrong on our side. Quote {reference}."
    return HttpResponse(page, status=500)
