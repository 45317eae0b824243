"""What has been released: edition, content, meaning, proof and acknowledged differences. NOT the rule sets.

A released edition never changes: records quote its content hash. The list lies beside the rule sets; it only grows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from decisions.engine import ENGINE_VERSION
from decisions.engine.compare import Comparison, semantic_hash
from decisions.engine.prove import Report
from decisions.engine.ruleset import RuleSet

HEAD = "# Every released edition, oldest first. Written by manage.py release_ruleset; never edited, only added to.\n"


class ReleaseRefused(Exception):
    """The message says what is missing."""


@dataclass(frozen=True)
class Release:
    """`acknowledged` maps each difference from the release before to the reason why it is meant."""

    edition: str
    content: str
    semantic: str
    engine: str
    obligations: int
    sittings: int
    acknowledged: dict[str, str]


def released(path: Path) -> tuple[Release, ...]:
    """Oldest first; empty where nothing has been released yet."""
    if not path.exists():
        return ()
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return tuple(Release(**entry) for entry in document.get("releases", ()))


def release(
    path: Path, ruleset: RuleSet, report: Report, comparison: Comparison | None, reasons: dict[str, str]
) -> Release:
    """Adds the edition to the list. Raises ReleaseRefused."""
    earlier = released(path)
    _refuse_again(earlier, ruleset)
    if not report.sound:
        raise ReleaseRefused("It is not proved: run prove_ruleset.")
    keys = [line.key for line in comparison.differences] if comparison else []
    silent = [key for key in keys if not reasons.get(key, "").strip()]
    if silent:
        lines = "\n".join(f"  {key}" for key in silent)
        raise ReleaseRefused(
            f"These differences from the release before have no reason yet (--because KEY REASON):\n{lines}"
        )
    entry = Release(
        edition=ruleset.edition,
        content=ruleset.content_hash,
        semantic=semantic_hash(ruleset),
        engine=ENGINE_VERSION,
        obligations=len(report.obligations),
        sittings=report.sittings,
        acknowledged={key: reasons[key].strip() for key in keys},
    )
    document = {"releases": [asdict(known) for known in (*earlier, entry)]}
    text = HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
    return entry


def _refuse_again(earlier: tuple[Release, ...], ruleset: RuleSet) -> None:
    for known in earlier:
        if known.edition == ruleset.edition:
            same = "already" if known.content == ruleset.content_hash else "with other content; give it a new edition"
            raise ReleaseRefused(f"Edition {ruleset.edition} is released {same}.")
