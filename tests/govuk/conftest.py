"""A real Chromium in front of the gallery. Its requests are answered by Django itself, with every middleware."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Route

from . import gallery

ORIGIN = "http://localhost"
Open = Callable[..., Page]


def answer(route: Route) -> None:
    """What Django says to this request; whatever lies outside is a page of one word."""
    url = urlsplit(route.request.url)
    if f"{url.scheme}://{url.netloc}" != ORIGIN:
        route.fulfill(status=200, content_type="text/html", body="<title>elsewhere</title>")
        return
    with override_settings(ROOT_URLCONF=gallery.__name__):
        response = Client(SERVER_NAME="localhost").get(f"{url.path}?{url.query}")
    body = b"".join(response) if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)
    response.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """`opened("/?errors=1", width=320, script=False)` gives a page on which nothing was complained about."""
    contexts = []
    complaints: list[str] = []

    def go(path: str, width: int = 1280, *, script: bool = True, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto(ORIGIN + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []
