"""Typed paper: a template of templates/documents with its content, as a tagged PDF/UA-1. NOT what a document says.

Content reaches the template as JSON, never as markup. Fonts come with Typst; the same content gives the same bytes.
"""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

DOCUMENTS: Path = settings.BASE_DIR / "templates" / "documents"
PROBE = b'#set document(title: "-")\n#set text(lang: "en")\n#sys.inputs.character'


def pdf(template: str, content: dict[str, Any]) -> bytes:
    """`content` holds a `title` and what the template's first line names."""
    try:
        return _compiled((DOCUMENTS / f"{template}.typ").read_bytes(), {"content": json.dumps(content)})
    except typst.TypstError:
        drawable = _drawable(content)
        if drawable == content:
            raise
        return _compiled((DOCUMENTS / f"{template}.typ").read_bytes(), {"content": json.dumps(drawable)})


def _compiled(source: bytes, inputs: dict[str, str]) -> bytes:
    compiler = typst.Compiler(source, root=DOCUMENTS, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _drawable(value: Any) -> Any:
    """The same content, with nothing in it that no font can draw."""
    if isinstance(value, dict):
        return {name: _drawable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(part) for part in value]
    return "".join(map(_drawn, value)) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _drawn(character: str) -> str:
    """The character, or its name where no font has it: PDF/UA forbids empty boxes, and nothing typed may vanish."""
    try:
        _compiled(PROBE, {"character": character})
    except typst.TypstError:
        return f"[{unicodedata.name(character, 'unknown sign').lower()}]" if character.isprintable() else ""
    return character
