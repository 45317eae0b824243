"""/health: is everything we stand on there? For machines; says nothing about any case."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from infoshare.ledger import checking, sequencing
from infoshare.ledger.models import Checkpoint


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set("health", "ok", 10)


PARTS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache}


def _log() -> dict[str, float | None]:
    """Seconds; None where there is nothing yet. For an alarm: late entries do not make the service unhealthy."""
    newest = Checkpoint.objects.order_by("-size").values_list("made_at", flat=True).first()
    age = (timezone.now() - newest).total_seconds() if newest else None
    last = checking.last_run()
    return {
        "oldest_pending_seconds": sequencing.oldest_wait(),
        "last_checkpoint_seconds": age,
        "last_verification_seconds": (timezone.now() - last.started_at).total_seconds() if last else None,
        "last_verification_findings": len(last.findings) if last else None,
    }


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
    numbers = {"log": _log()} if parts["database"] == "ok" else {}
    return JsonResponse({"status": "ok" if well else "down", **parts, **numbers}, status=200 if well else 503)
