"""The plain columns that stand outside a sealed document and are sealed all the same, by their hash in its header.

A model that has a `document` names them in `sealed_columns`. Columns not named may change without being noticed.
New ones are named at the end: each document says how many it sealed.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from .crypto import microseconds

SEPARATOR = b"\x1f"


def sealed_models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if getattr(model, "sealed_columns", ())]
    return sorted(found, key=lambda model: model._meta.db_table)


def hash_of(row: models.Model) -> bytes:
    """Of a row as it is about to be written: how many columns (1 byte), and their SHA-256."""
    values = [getattr(row, field.attname) for field in _fields(type(row))]
    return hash_text(SEPARATOR.join(_text(value).encode() for value in values), len(values))


def hash_text(text: bytes, columns: int) -> bytes:
    """Of the first so many columns of what `expression` gives."""
    if text.count(SEPARATOR) >= columns:
        text = SEPARATOR.join(text.split(SEPARATOR)[:columns])
    return bytes((columns,)) + hashlib.sha256(text).digest()


def number_of(model: type[models.Model]) -> int:
    return len(_fields(model))


def expression(model: type[models.Model], alias: str) -> str:
    """The same text in SQL, as bytes, before it is hashed: the hash is never left to the database.

    Whoever compares also counts the columns (number_of): a separator in one that holds choices was put there.
    """
    parts = ", ".join(f"coalesce({_sql(field, alias)}, '')" for field in _fields(model))
    return f"convert_to(concat_ws(E'\\x1f', {parts}), 'UTF8')"


def _fields(model: type[models.Model]) -> list[Any]:
    return [model._meta.get_field(name) for name in getattr(model, "sealed_columns", ())]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(microseconds(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\x1f", " ")


def _sql(field: Any, alias: str) -> str:
    column = f'{alias}."{field.column}"'
    if isinstance(field, models.DateTimeField):
        return f"(extract(epoch FROM {column}) * 1000000)::bigint::text"
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return f"replace({column}, E'\\x1f', ' ')"  # so that no value that was typed can look like two
    return f"{column}::text"
