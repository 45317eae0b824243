"""The look in a real browser: accessible, at both widths, by keyboard, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

PAGES = ("/", "/?errors=1&who=other", "/question/?errors=1")
both_widths = pytest.mark.parametrize("width", [1280, 320])
every_page = pytest.mark.parametrize("path", PAGES)


def complaints_of_axe(page: Page) -> list[tuple[str, str]]:
    """All but one, which GOV.UK keeps on purpose: its script sets aria-expanded on an option that reveals a field."""
    return [
        (violation["id"], node["html"])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if not (violation["id"] == "aria-allowed-attr" and "govuk-radios__input" in node["html"])
    ]


@every_page
@both_widths
def test_axe_has_nothing_to_say(opened: Open, path: str, width: int) -> None:
    assert complaints_of_axe(opened(path, width)) == []


@pytest.mark.parametrize(("path", "script"), [*((path, True) for path in PAGES), (PAGES[1], False)])
def test_nothing_is_wider_than_a_phone(opened: Open, path: str, script: bool) -> None:
    page = opened(path, 320, script=script)
    right_edges = page.locator("body *:visible").evaluate_all(
        "all => all.filter(e => !e.closest('thead') && e.getBoundingClientRect().right > 320.5)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert right_edges == []


@both_widths
def test_what_is_pressed_is_at_least_44_pixels_high(opened: Open, width: int) -> None:
    page = opened("/?errors=1&who=other", width)
    small = page.locator(
        "button:visible, input:visible, select:visible, textarea:visible, summary:visible, header a, nav a:visible,"
        " .govuk-error-summary a,"
        " a[role=button], .app-chip, .govuk-summary-list__actions a, .govuk-task-list__link"
    ).evaluate_all(
        "all => all.map(e => [e.outerHTML.slice(0, 80), Math.round(e.getBoundingClientRect().height)])"
        ".filter(([, height]) => height < 44)"
    )
    assert small == []


@pytest.mark.parametrize("script", [True, False])
def test_an_error_summary_has_the_focus_and_leads_to_its_field(opened: Open, script: bool) -> None:
    page = opened("/question/?errors=1", script=script)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title() == "Error: Could they be the danger? – infoshare"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_danger_0")).to_be_focused()


def test_the_first_tab_stop_skips_to_the_content(opened: Open) -> None:
    page = opened("/question/")
    page.keyboard.press("Tab")
    skip = page.locator(".govuk-skip-link")
    expect(skip).to_be_focused()
    assert page.locator(".govuk-skip-link").bounding_box()["height"] > 20  # type: ignore[index]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_shows_on_everything_that_takes_it(opened: Open) -> None:
    page = opened("/question/")
    style = "e => ['outlineStyle', 'boxShadow', 'backgroundColor'].map(name => getComputedStyle(e)[name]).join()"
    for control in page.locator("a:visible, button:visible, summary:visible").all():
        before = control.evaluate(style)
        control.focus()
        assert control.evaluate(style) != before


def test_without_a_script_the_menu_is_open_and_revealed_fields_are_shown(opened: Open) -> None:
    page = opened("/", 320, script=False)
    expect(page.get_by_role("link", name="Decision log", exact=True)).to_be_visible()
    expect(page.get_by_label("Who?")).to_be_visible()
    expect(page.get_by_text("You can enter up to 200 characters")).to_be_visible()
    expect(page.get_by_role("button", name="Show password")).to_be_hidden()


def test_an_option_reveals_its_field_and_none_clears_the_others(opened: Open) -> None:
    page = opened("/")
    expect(page.get_by_label("Who?")).to_be_hidden()
    page.get_by_label("Somebody else").check()
    expect(page.get_by_label("Who?")).to_be_visible()
    page.get_by_label("Attendance since September").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("Attendance since September")).not_to_be_checked()


@pytest.mark.parametrize("chosen", ["", "The police", "The press"])
def test_tab_goes_into_an_opened_fold_and_out_of_it(opened: Open, chosen: str) -> None:
    page = opened("/")
    fold, keyboard = page.locator("details.app-more"), page.keyboard
    fold.locator("summary").focus()
    keyboard.press("Enter")
    if chosen:
        page.get_by_label(chosen).check()
        fold.locator("summary").focus()
    keyboard.press("Tab")
    expect(page.get_by_label(chosen if chosen == "The press" else "A court")).to_be_focused()
    keyboard.press("ArrowUp" if chosen == "The press" else "Space")
    expect(page.get_by_label("A court")).to_be_checked()
    keyboard.press("Tab")
    expect(page.get_by_label("Attendance since September")).to_be_focused()
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    expect(fold.locator("summary")).to_be_focused()


def test_a_text_box_grows_and_counts_down_near_its_limit(opened: Open) -> None:
    page = opened("/")
    box = page.get_by_label("Why do you think so?")
    low = box.bounding_box()
    box.fill("line\n" * 12 + "x" * 100)
    high = box.bounding_box()
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"] + 100
    expect(page.locator(".govuk-character-count__status")).to_have_text("You have 40 characters remaining")


@pytest.mark.parametrize("script", [True, False])
def test_leaving_quickly_leads_elsewhere_by_one_press(opened: Open, script: bool) -> None:
    page = opened("/question/", 320, script=script)
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_shift_three_times_leaves_quickly(opened: Open) -> None:
    page = opened("/question/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_in_forced_colours_the_recommendation_keeps_an_edge(opened: Open) -> None:
    page = opened("/", forced_colors="active")
    edge = page.locator(".app-recommendation").first.evaluate("e => getComputedStyle(e).borderTopColor")
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert edge != ground


def test_paper_carries_the_content_without_what_is_pressed(opened: Open) -> None:
    page = opened("/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Share this with children’s social care today")).to_be_visible()
    expect(page.get_by_text("A good answer says what you saw.")).to_be_visible()
    address = page.locator(".app-header__name").evaluate("e => getComputedStyle(e, '::after').content")
    assert address == "none"
    expect(page.get_by_role("button", name="Continue")).to_be_hidden()
    expect(page.get_by_role("link", name="Decision log", exact=True)).to_be_hidden()
