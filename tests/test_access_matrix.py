"""Every address of the site × every persona. The rows are in tests/access/, one module per app."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from infoshare.accounts.models import User
from tests.access import SIGN_IN, Arguments, Row
from tests.people import People, hashed_password, signed_in

MODULES = [
    importlib.import_module(f"tests.access.{found.name}") for found in pkgutil.iter_modules(tests.access.__path__)
]
ROWS: list[Row] = [each for module in MODULES for each in module.ROWS]
REFUSALS = {SIGN_IN, 403, 404}


def url_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or f"nameless {pattern.pattern}")
        else:
            yield from url_names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def test_every_address_has_a_row() -> None:
    listed, there = {each.name for each in ROWS}, set(url_names(get_resolver()))
    assert sorted(there - listed) == [], "add a row for these to a module of tests/access/"
    assert sorted(listed - there) == [], "these addresses are gone"


def ask(client: Client, method: str, url: str, data: dict[str, str]) -> HttpResponse:
    """The answer; whatever the request changed is undone."""
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


@pytest.fixture
def clients(people: People) -> dict[str, Client]:
    names = [name for name in tests.access.PERSONAS if name != "anonymous"]
    User.objects.update(password=hashed_password())
    return {"anonymous": Client()} | {
        name: signed_in(User.objects.get(name=f"{name.capitalize()} Example")) for name in names
    }


Made = Callable[[Arguments], Sequence[Any]]


@pytest.fixture
def made(people: People) -> Made:
    """What rows share is made once: no request changes it, as each is undone."""

    @cache
    def make(arguments: Arguments) -> Sequence[Any]:
        return arguments(people)

    return make


def test_each_persona_gets_what_the_row_says(made: Made, clients: dict[str, Client]) -> None:
    """One test for all rows: making the people for each anew would take most of its time."""
    wrong = {}
    for row in ROWS:
        url = reverse(row.name, args=made(row.arguments))
        answers = {name: ask(client, row.method, url, row.data) for name, client in clients.items()}
        for name, answer in answers.items():
            if answer.status_code != row.expected[name]:
                wrong[str(row), name] = f"{answer.status_code}, not {row.expected[name]}"
        if row.expected["anonymous"] == SIGN_IN and not leads_to_sign_in(answers["anonymous"]):
            wrong[str(row), "anonymous"] = "does not lead to the sign-in page"
    assert wrong == {}


def leads_to_sign_in(answer: HttpResponse) -> bool:
    return answer.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))


def test_whom_a_page_refuses_it_refuses_a_post(made: Made, clients: dict[str, Client]) -> None:
    wrong = {}
    for row in ROWS:
        if row.posts and row.method == "get":
            url = reverse(row.name, args=made(row.arguments))
            for name in (name for name, status in row.expected.items() if status in REFUSALS):
                status = ask(clients[name], "post", url, row.data).status_code
                # 405: the address takes no POST from anybody.
                if status not in (row.expected[name], 405):
                    wrong[str(row), name] = f"{status}, not {row.expected[name]}"
    assert wrong == {}
