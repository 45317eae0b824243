"""Someone at a browser: signs in, answers question after question, decides, records, reads.

What they do to a page is `press`, `tick`, `write`, `choose` and `open`; keyboard.py does these with a keyboard alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from infoshare.accounts.demo import PASSWORD
from infoshare.days import london_today

MOST_PAGES = 40
WHAT = re.compile("What (might|will) you share")
ADDRESS = "Exact address, number or inbox"
HARM = "What harm could sharing do to the person it is about?"
# Upstream keeps aria-expanded on radios with a reveal on purpose: allowed by rule and class, nothing else is.
ALLOWED = {"aria-allowed-attr": ("govuk-radios__input", "govuk-checkboxes__input")}

GO_ON = "Go on with the questions"


class Person:
    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    @classmethod
    def made_in(cls, browser: Browser, site: str) -> Iterator[Callable[..., "Person"]]:
        contexts = []

        def make(email: str, *, width: int = 1280, javascript: bool = True, **how: Any) -> "Person":
            context = browser.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="en-GB", **how
            )
            contexts.append(context)
            context.set_default_timeout(15_000)
            made = cls(context.new_page(), site)
            made.sign_in(email)
            return made

        yield make
        for context in contexts:
            context.close()

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    def sign_in(self, email: str) -> None:
        self.go("/accounts/login/")
        self.write(self.page.locator("input[name=login]"), email)
        self.write(self.page.locator("input[name=password]"), PASSWORD)
        self.press("Sign in")

    def press(self, button: str) -> None:
        """Press, and wait for the page it leads to: a click alone may return while the old page still stands."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def tick(self, box: Locator) -> None:
        """Choose a radio button or tick a box."""
        self.unfold(box)
        box.check()

    def unfold(self, box: Locator) -> None:
        """Open what it is folded away under, if it is."""
        fold = self.page.locator("details:not([open])", has=box)
        if fold.count():
            self.open(fold.locator("summary"))

    def write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def choose(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def open(self, summary: Locator) -> None:
        summary.click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).click()

    @property
    def address(self) -> str:
        """Without the fragment that a skip link leaves."""
        return self.page.url.partition("#")[0]

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def start(self, case_reference: str = "") -> None:
        self.go("/guide/start/")
        self.write(self.page.get_by_label("Case reference"), case_reference)
        self.press("Start")

    def question(self) -> str | None:
        """The id of the question on the page, or None when the questions are over."""
        found = re.search(r"/guide/[0-9a-f-]{36}/([a-z0-9_]+)/$", self.address)
        return found.group(1) if found and found.group(1) != "recommendation" else None

    def answer_all(self, answers: Mapping[str, Any], seen: Callable[["Person"], None] = lambda _: None) -> list[str]:
        """Answer each question that comes, "not sure" where `answers` has none; returns the ids in the order asked."""
        asked: list[str] = []
        while question := self.question():
            assert len(asked) < MOST_PAGES, asked
            asked.append(question)
            seen(self)
            self.answer(answers[question] if question in answers else self.not_sure())
            self.go_on()
        return asked

    def go_on(self) -> None:
        """Past what to do, which is shown as soon as it is settled, to the questions left."""
        if self.page.get_by_role("button", name=GO_ON, exact=True).count():
            self.press(GO_ON)

    def not_sure(self) -> Any:
        """What someone answers who does not know: "Not sure", or none of the boxes."""
        return [] if self.page.locator('input[type="checkbox"][name="answer"]').count() else "unsure"

    def answer(self, answer: Any) -> None:
        if isinstance(answer, list):
            for option in answer or ["none"]:
                self.tick(self.page.locator(f'input[name="answer"][value="{option}"]'))
        elif isinstance(answer, Mapping):
            for row, option in answer.items():
                self.tick(self.page.locator(f'input[name="{row}"][value="{option}"]'))
        elif (radio := self.page.locator(f'input[name="answer"][value="{answer}"]')).count():
            self.tick(radio)
        else:
            self.write(self.page.locator('textarea[name="answer"], input[name="answer"]'), answer)
        self.press("Continue")

    def decide_as_suggested(self, reasons: str) -> None:
        self.tick(self.page.locator('input[name="choice"][value="follow"]'))
        self.write(self.page.get_by_label("Your reasons, in your own words"), reasons)
        self.press("Continue")

    def share(
        self,
        items: str,
        recipient: str,
        organisation: str,
        purpose: str,
        channel: str,
        seen: Callable[["Person"], None] = lambda _: None,
    ) -> None:
        """Through the sharing pages; of several items the last one is withheld."""
        seen(self)
        self.write(self.page.get_by_label(WHAT), items)
        self.receive(recipient, organisation, channel)
        if self.heading() == "Could someone dangerous see or hear it?":
            seen(self)
            self.tick(self.page.locator('input[name="link"][value="no"]'))
            self.press("Continue")
        if self.address.endswith("/marks/"):
            seen(self)
            self.press("Continue")  # nothing marked but what its words suggest
        seen(self)
        self.write(self.page.get_by_label("What do they need it for?"), purpose)
        if len(items.splitlines()) > 1:
            self.tick(self.page.locator('.app-cells input[value="withhold"]').last)
        self.write(self.page.get_by_label(HARM), "They may be upset.")
        self.press("Continue")

    def receive(self, name: str, organisation: str, channel: str) -> None:
        """Enter somebody who is not in the directory; what kind they are, the guide was told."""
        outside = self.page.locator('input[name="partner"][value="else"]')
        if outside.count():
            self.tick(outside)
        self.write(self.page.locator("#id_organisation"), organisation)
        self.write(self.page.get_by_label("Role, or name if they have none"), name)
        kind = self.page.get_by_label("What kind of recipient?")
        if not kind.input_value():
            self.choose(kind, "social_care")
        self.choose(self.page.get_by_label("How will you send it?"), channel)
        self.write(self.page.get_by_label(ADDRESS), "01632 960 011")
        self.tick(self.page.get_by_label("Rang a number I found myself"))
        self.press("Continue")

    def tell(self, seen: Callable[["Person"], None] = lambda _: None) -> None:
        """Each person has been told, today. Then, or for a refusal, on to the last look."""
        if not self.address.endswith("/telling/"):
            return
        seen(self)
        today = london_today()
        for told in self.page.locator('input[value="told"]').all():
            self.tick(told)
            who = str(told.get_attribute("name")).removesuffix("status")
            for part in ("day", "month", "year"):
                self.write(self.page.locator(f'input[name="{who}told_on_{part}"]'), str(getattr(today, part)))
        seen(self)
        self.press("Continue")

    def refuse(self, seen: Callable[["Person"], None] = lambda _: None) -> None:
        """Not talked about; the letter as the guide wrote it."""
        if (talked := self.page.locator('input[name="discussed"][value="no"]')).count():
            self.tick(talked)
            self.write(self.page.get_by_label("Why not?"), "They rang off.")
        self.write(self.page.get_by_label("What would change your answer?"), "A court order")
        seen(self)
        self.press("Continue")
        if self.address.endswith("/letter/"):
            seen(self)
            self.press("Continue")

    def record(self) -> str:
        """Record, and return the reference on the receipt."""
        self.press("Record this decision")
        assert self.heading().startswith("Recorded")
        return self.address.split("/log/")[1].split("/")[0]

    def axe(self) -> list[str]:
        """What axe finds wrong with this page, less the one upstream rule."""
        return [
            f"{violation['id']}: {node['html']}"
            for violation in Axe().run(self.page).response["violations"]
            for node in violation["nodes"]
            if not any(c in node["html"] for c in ALLOWED.get(violation["id"], ()))
        ]

    def fits(self) -> bool:
        """Does nothing stick out to the right?"""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        return wide
