"""A bundle: sealed documents with all it takes to check them without our software, and the program that does so.

It holds the documents' own data keys, so it is as confidential as what they say.
"""

import base64
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import anchors, crypto, proofs
from .models import Checkpoint, LogEntry, SealedDocument

CHECKER = Path(__file__).with_name("check_bundle.py")
README = """This is a record of the decision log of {organisation}, with everything that is needed to check it.

bundle.json      what was sealed, its keys, its places in the log and the way from there to the signed checkpoint
content-N.json   the same in readable form: what each sealed document says
checkpoint.txt   the log's signed state, and the key that signed it
check_bundle.py  checks all of it: needs Python 3.9 or newer and nothing else, no network, no account

    python3 check_bundle.py

It shows the key that signed. To know that this key is the organisation's, compare it with one from elsewhere: a
checkpoint that was e-mailed on another day has it. Whoever has this bundle can read the record, so keep it safe.
"""


def bundle(documents: Sequence[SealedDocument], more: Mapping[str, bytes]) -> bytes:
    """A zip file. Raises proofs.NotYet for documents that were sealed a moment ago."""
    checkpoint = anchors.newest()
    if checkpoint is None:
        raise proofs.NotYet
    files: dict[str, bytes] = {
        "bundle.json": b"".join(pieces(documents, checkpoint)),
        "checkpoint.txt": anchors.file(checkpoint),
        "check_bundle.py": CHECKER.read_bytes(),
        "README.txt": README.format(organisation=documents[0].organisation.name).encode(),
        **{f"content-{n}.json": readable(document) for n, document in enumerate(documents, 1)},
        **more,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def pieces(documents: Iterable[SealedDocument], checkpoint: Checkpoint) -> Iterator[bytes]:
    """bundle.json, one document after the other; without any it still holds the signed checkpoint to check."""
    told = {"format": "infoshare-bundle/1", "checkpoint": checkpoint.note, "public_key": checkpoint.signer}
    yield json.dumps(told, indent=1).encode().removesuffix(b"\n}") + b',\n "documents": ['
    for number, document in enumerate(documents):
        entry = LogEntry.objects.get(uid=document.pk)
        proof = proofs.inclusion(entry, checkpoint)
        yield (b",\n" if number else b"\n") + json.dumps(_document(document, proof), indent=1).encode()
    yield b"\n]}\n"


def readable(document: SealedDocument) -> bytes:
    return json.dumps(document.content, ensure_ascii=False, indent=1).encode()


def _document(document: SealedDocument, proof: proofs.Inclusion) -> dict[str, Any]:
    entry = proof.entry
    return {
        "id": str(document.pk),
        "organisation": document.organisation_id,
        "kind": document.kind,
        "sealed_at": crypto.microseconds(document.sealed_at),
        "facts": bytes(document.facts).hex(),
        "data_key": document.key.unwrap().hex(),
        "key_commitment": bytes(document.key_commitment).hex(),
        "content": base64.b64encode(bytes(document.ciphertext)).decode(),
        "entry": {
            "uid": str(entry.uid),
            "kind": entry.kind,
            "at": crypto.microseconds(entry.at),
            "mac": bytes(entry.mac).hex(),
        },
        "index": proof.index,
        "path": [step.hex() for step in proof.path],
    }
