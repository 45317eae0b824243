"""Laws over what pages, e-mails and messages say: short sentences, British spelling, one word for one idea.

NOT whether a sentence is true or kind: for that somebody has to read it aloud. Rule sets have tests of their own words.
"""

import ast
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[1]
MOST_WORDS = 25
TEMPLATES = sorted(
    path
    for path in (CLONE / "templates").rglob("*")
    if path.suffix in (".html", ".txt") and path.parent.name != "steps"  # the help with each question: rule sets' tests
)
# Not for those who use the pages: the language of rule sets, commands, servers on a developer's machine.
OTHERS = {"engine", "management", "migrations", "embedded"}
MODULES = sorted(
    path
    for room in ("decisions", "evidence", "infoshare", "retention")
    for path in (CLONE / room).rglob("*.py")
    if not OTHERS & set(path.parts)
)
BLOCKS = "p|li|h[1-6]|td|th|title|label|summary|div|span|strong|button|dt|dd|option"
BRANCHES = "if|elif|else|endif|for|empty|endfor|with|endwith|include|block|endblock"
AMERICAN = (
    r"(?:organi|authori|recogni|apologi|summari|minimi|prioriti|categori|anonymi)z\w+|analyz\w+|colors?|behaviors?|"
    r"favor\w*|centers?|defense|fulfill|enrollment|judgment"
)
WRONG = {
    r"\bIG\b": "say “information-governance lead”: not everybody knows the letters",
    r"\bdata subjects?\b": "say “the child”, “the adult” or “the person it is about”",
    r"\bconsent(?:s|ed|ing)?\b": "say “agree” or “agreement”: consent is the name of a lawful basis",
    rf"\b(?:{AMERICAN})\b": "spell it as in Britain",
    r"(?<=\w)\.\.(?!\.)|(?<=\w) [,;.](?= |$)": "mend the stops",
}


def said_by_template(path: Path) -> Iterator[str]:
    """Its visible text, a piece for each block and branch. Whatever is put in counts as one word."""
    text = re.sub(r"\{#.*?#\}|<script.*?</script>|<svg.*?</svg>", "", path.read_text(), flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "X", text, flags=re.S)
    text = re.sub(r"\{%\s*\w+\s+\"([^\"]* [^\"]*)\".*?%\}", r"|\1|", text)  # the words of a button, fold or panel
    text = re.sub(rf"\{{%\s*(?:{BRANCHES})\b.*?%\}}|</?(?:{BLOCKS})\b[^>]*>|\n\s*\n", "|", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|<[^>]*>", "", text, flags=re.S)
    yield from (" ".join(html.unescape(piece).split()) for piece in text.split("|"))


def said_by_module(path: Path) -> Iterator[str]:
    """Its texts of several words that are not documentation; whatever is put in counts as one word."""
    tree = ast.parse(path.read_text())
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in documentation | parts and " " in str(node.value):
            yield str(node.value)


def is_prose(text: str) -> bool:
    """A person's sentence, not SQL, a pattern or a note to whoever runs commands."""
    return bool(re.match(r"[A-Z‘“X]", text)) and not re.search(r"[\[\]\\=]|SELECT|FROM |%\(|\n", text)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?:;])\s+", text)


@cache
def all_said() -> list[tuple[str, str]]:
    """Where, and a text of it. Each law reads the same."""
    pages = [(path, text) for path in TEMPLATES for text in said_by_template(path)]
    messages = [(path, text) for path in MODULES for text in said_by_module(path) if is_prose(text)]
    return [(str(path.relative_to(CLONE)), " ".join(text.split())) for path, text in pages + messages if text]


def test_no_sentence_of_a_page_a_message_or_an_email_is_long() -> None:
    found = [(path, sentence) for path, text in all_said() for sentence in sentences(text)]
    for kind, least in ((".html", 1_000), (".py", 1_000), (".txt", 30)):
        assert sum(path.endswith(kind) for path, _ in found) > least, f"the {kind} files were not read"
    long = [f"{path}: {sentence}" for path, sentence in found if len(sentence.split()) > MOST_WORDS]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("pattern", WRONG, ids=WRONG.values())
def test_words_that_are_never_said(pattern: str) -> None:
    wrong = [f"{path}: {text}" for path, text in all_said() if re.search(pattern, text)]
    assert not wrong, "\n".join([WRONG[pattern], *wrong])
