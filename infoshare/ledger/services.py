"""The only writer of sealed documents."""

import hashlib
import json
from typing import Any

from infoshare.accounts.models import Organisation

from .models import SealedDocument


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write `content` down, so that its hash can be worked out again by anyone."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(*, kind: str, organisation: Organisation, content: dict[str, Any]) -> SealedDocument:
    """Write a document that nobody can change. Call it inside the transaction of the deed it documents."""
    digest = hashlib.sha256(canonical(content)).hexdigest()
    return SealedDocument.objects.create(kind=kind, organisation=organisation, content=content, content_hash=digest)
