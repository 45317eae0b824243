"""Differences between two editions, in a file in which people give each its reason. NOT the list of releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from decisions.engine.compare import Comparison
from decisions.engine.prove.case import percent

HEAD = """\
# What edition {new} decides otherwise than edition {old}. Each entry below is one difference: in which share of
# sittings it occurs, and answers that show it. Write after each `because:` why it is meant. If one is not meant,
# correct the rule set and write this file again (manage.py compare_rulesets {old} {new} --reasons FILE): reasons
# that are given already are kept.
"""


def reasons(path: Path) -> dict[str, str]:
    """From each difference to its reason; empty where there is no file."""
    if not path.exists():
        return {}
    document: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return {entry["difference"]: str(entry.get("because") or "") for entry in document}


def write(path: Path, editions: tuple[str, str], comparison: Comparison, examples: list[str]) -> int:
    """Keeps the reasons that are given; how many are still missing. `examples` are in words, one for each line."""
    known = reasons(path)
    entries = [
        {
            "difference": line.key,
            "share": percent(line.share),
            "example": example,
            "because": known.get(line.key, ""),
        }
        for line, example in zip(comparison.differences, examples, strict=True)
    ]
    text = HEAD.format(old=editions[0], new=editions[1])
    path.write_text(text + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return sum(1 for entry in entries if not entry["because"].strip())
