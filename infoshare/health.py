"""/health: is everything we stand on there? For machines; says nothing about any case."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set("health", "ok", 10)


PARTS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache}


def _ask(part: Callable[[], None]) -> str:
    try:
        part()
    except Exception as error:  # whatever is wrong, the answer is the same: this part is not there
        return f"down: {type(error).__name__}"
    return "ok"


@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 and "ok" when each part answers, else 503 and which one does not."""
    parts = {name: _ask(part) for name, part in PARTS.items()}
    well = all(answer == "ok" for answer in parts.values())
    return JsonResponse({"status": "ok" if well else "down", **parts}, status=200 if well else 503)
