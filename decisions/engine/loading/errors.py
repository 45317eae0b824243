"""What is wrong with a rule-set file, all of it at once. NOT errors of a person's answers (see answers.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True, order=True)
class RuleSetError:
    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


class RuleSetErrors(Exception):
    """Every error of one file, in the order of its lines."""

    def __init__(self, errors: tuple[RuleSetError, ...]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


class Problems:
    """Collects errors while the rest of the file is still being read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: set[RuleSetError] = set()

    def add(self, line: int, what: str, remedy: str) -> None:
        self._found.add(RuleSetError(self.file, line, what, remedy))

    def fatal(self, line: int, what: str, remedy: str) -> NoReturn:
        """For a fault after which nothing else can be read."""
        self.add(line, what, remedy)
        raise RuleSetErrors(tuple(sorted(self._found)))

    def raise_if_any(self) -> None:
        if self._found:
            raise RuleSetErrors(tuple(sorted(self._found)))
