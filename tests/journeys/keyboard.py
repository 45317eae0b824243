"""The same person with a keyboard alone: Tab, arrows, Space, Enter and letters. Their pages begin at the skip link."""

from playwright.sync_api import Locator

from .people import Person

MOST_TABS = 60
FOCUSED = "element => element === document.activeElement"
IN_ITS_GROUP = "element => document.activeElement.type === 'radio' && document.activeElement.name === element.name"
# Where the focus is, a mark must be seen: an outline, or what GOV.UK draws in its place.
MARKED = """element => {
  const own = element.type === "radio" || element.type === "checkbox"
    ? getComputedStyle(element.nextElementSibling ?? element, "::before") : getComputedStyle(element)
  const plain = getComputedStyle(element)
  return [own, plain].some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none")
}"""


class Typist(Person):
    def press(self, button: str) -> None:
        self._reach(self.page.get_by_role("button", name=button, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, box: Locator) -> None:
        self.unfold(box)
        if box.get_attribute("type") == "radio":
            self._reach(box, IN_ITS_GROUP)
            for _ in range(MOST_TABS):
                if box.evaluate(FOCUSED):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self._reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def write(self, box: Locator, text: str) -> None:
        self._reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, select: Locator, value: str) -> None:
        self._reach(select)
        for _ in range(MOST_TABS):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not lead to {value}.")

    def open(self, summary: Locator) -> None:
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def _reach(self, target: Locator, there: str = FOCUSED) -> None:
        """Tab on until the focus is there, and can be seen."""
        if self.page.url == self.address and self.page.evaluate("document.activeElement === document.body"):
            self._skip()  # a page after it is opened where this one was
        for _ in range(MOST_TABS):
            if target.evaluate(there):
                assert self.page.locator(":focus").evaluate(MARKED), f"No mark shows the focus on {target}."
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}.")

    def _skip(self) -> None:
        self.page.keyboard.press("Tab")
        assert self.page.locator(":focus").inner_text() == "Skip to main content"
        self.page.keyboard.press("Enter")
