"""What is built for the browser, and what must never come with it."""

import re

from django.conf import settings

BUILD = settings.BASE_DIR / "static" / "build"


def test_nothing_of_govuks_own_identity_is_built_in() -> None:
    style = (BUILD / "infoshare.css").read_text()
    assert not re.search(r"GDS Transport|@font-face|url\(|crest|sourceMappingURL", style)


def test_the_notice_of_the_licence_stays_with_what_it_covers() -> None:
    for name in ("infoshare.css", "infoshare.js"):
        assert "MIT licence, Crown copyright" in (BUILD / name).read_text()[:200]


def test_the_lock_names_no_address() -> None:
    """`npm install` adds addresses of sponsors: delete each "funding" again."""
    assert "://" not in (settings.BASE_DIR / "package-lock.json").read_text()
