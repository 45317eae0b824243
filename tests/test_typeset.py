"""Paper read back: tags, language, title. What each document says is tested with its page."""

import io
import socket
from typing import Any

import pikepdf
import pytest

from infoshare.typeset import pdf

LETTER = {"title": "About your request", "sender": ["Northtown School"], "day": "23 November 2026", "body": "Hello."}
REPORT = {
    "title": "What was decided",
    "caption": "Record AAAAA-BBBBB",
    "footer": "AAAAA-BBBBB.",
    "parts": [
        {"heading": "Why", "text": "First line\nsecond line\n\nNew paragraph", "points": ["One", "Two"]},
        {"heading": "Facts", "facts": [["Decided", "Share it"], ["Reasons", "Two\nlines"]]},
        {"heading": "What was shared", "columns": ["What", "With whom"], "rows": [["Attendance", "The school nurse"]]},
    ],
}


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags(element: Any) -> list[str]:
    """The names of all tags, in reading order."""
    found = [str(element["/S"])] if "/S" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            found += tags(child)
    return found


@pytest.mark.parametrize(("template", "content"), [("letter", LETTER), ("report", REPORT)])
def test_is_tagged_and_declares_pdf_ua_with_its_title_and_language(template: str, content: dict[str, Any]) -> None:
    read = opened(pdf(template, content))
    assert read.Root.MarkInfo.Marked
    assert str(read.Root.Lang) == "en-GB"
    assert read.Root.ViewerPreferences.DisplayDocTitle
    with read.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == content["title"]


def test_headings_lists_and_tables_are_told_as_such() -> None:
    read = opened(pdf("report", REPORT))
    found = tags(read.Root.StructTreeRoot)
    assert found.count("/H1") == 1
    assert found.count("/H2") == 3
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= set(found)


def test_the_same_content_gives_the_same_bytes_and_other_content_others() -> None:
    assert pdf("report", REPORT) == pdf("report", REPORT)
    assert pdf("letter", LETTER) != pdf("letter", {**LETTER, "body": "Good day."})


def test_fonts_are_embedded_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("typesetting opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    read = opened(pdf("letter", LETTER))
    for font in read.pages[0].Resources.Font.values():
        assert "/FontFile2" in (found := font.DescendantFonts[0].FontDescriptor) or "/FontFile3" in found


@pytest.mark.parametrize(
    "typed", ["#panic() $ * _ \\ @x <y> // z", '"}{[', "🙂 and ਪੰਜਾਬੀ", "\x07\x00 bell", "", "a" * 9000]
)
def test_whatever_was_typed_is_text_never_markup_and_never_fails(typed: str) -> None:
    assert pdf("letter", {**LETTER, "body": typed}).startswith(b"%PDF")
