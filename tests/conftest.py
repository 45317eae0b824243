"""What all tests stand on: real PostgreSQL and Valkey, the people of people.py, and each test on its own.

The `default` connection is the runtime role, which can no more change sealed rows here than in a deployment.
"""

import os
import tempfile
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as settings_of_hypothesis
from pytest_django import DjangoDbBlocker

from infoshare.accounts.models import Membership, Organisation, User

from .browser import browser as browser
from .people import People, make_people
from .tables import empty_all_tables


class CacheKeys:
    """Names cache keys after the running test, so that no test meets the rate limits of another."""

    test = "none"

    def __call__(self, key: str, prefix: str, version: int) -> str:
        return f"{self.test}:{version}:{key}"


cache_keys = CacheKeys()


def pytest_configure(config: pytest.Config) -> None:
    anchors = tempfile.TemporaryDirectory(prefix="anchors-")
    config.add_cleanup(anchors.cleanup)
    settings.LEDGER_ANCHOR_FILE = os.path.join(anchors.name, "anchors.txt")
    settings_of_hypothesis.register_profile("infoshare", deadline=None)  # a busy machine is no failure
    settings_of_hypothesis.load_profile("infoshare")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.CACHES["default"]["KEY_FUNCTION"] = cache_keys  # type: ignore[assignment]
    TransactionTestCase._fixture_teardown = lambda self: empty_all_tables()  # type: ignore[attr-defined]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not browser"` leaves out what needs Chromium."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """One test database, made by `owner` and used by `default`.

    pytest-django's own fixture sets up only the aliases that tests name; `default` alone would mirror a database that
    was never swapped for a test database, and so be the real one.
    """
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(
            request.config.option.verbose,
            interactive=False,
            aliases={"default": None, "owner": None},
            serialized_aliases=set(),
            keepdb=keep,
        )
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connections.close_all()
            teardown_databases(made, verbosity=request.config.option.verbose)


@pytest.fixture(autouse=True)
def own_cache_keys() -> None:
    cache_keys.test = uuid.uuid4().hex


@pytest.fixture
def people(db: None) -> People:
    return make_people()


@pytest.fixture
def school(people: People) -> Organisation:
    return people.school


@pytest.fixture
def council(people: People) -> Organisation:
    return people.council


@pytest.fixture
def alice(people: People) -> Membership:
    return people.alice


@pytest.fixture
def bob(people: People) -> Membership:
    return people.bob


@pytest.fixture
def irene(people: People) -> Membership:
    return people.irene


@pytest.fixture
def rita(people: People) -> Membership:
    return people.rita


@pytest.fixture
def sam(people: People) -> Membership:
    return people.sam


@pytest.fixture
def olga(people: People) -> Membership:
    return people.olga


@pytest.fixture
def oscar(people: People) -> Membership:
    return people.oscar


@pytest.fixture
def nina(people: People) -> User:
    return people.nina


@pytest.fixture
def anonymous() -> Client:
    return Client()
