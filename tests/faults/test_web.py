"""The web processes are killed while an answer or a record is being written: whoever sent it hears that it failed,
and sending it again is right whether the first had been written or not.
"""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from decisions.models import DecisionRecord, Draft
from infoshare.accounts.models import Membership
from infoshare.serve import commands
from tests.decisions.walking import answered, ready, seen, url
from tests.journeys.conftest import free_port
from tests.retention.overlapping import another_connection, somebody_waits
from tests.retention.waiting import until

from .workers import of_the_test

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
QUESTION = "harm_subject"


class Web:
    """The site's web server as `make run` starts it, on the test's database."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process

    def is_up(self) -> bool:
        try:
            return self._send("GET", "/health") == 200
        except OSError:
            return False

    def post(self, client: Client, path: str, data: dict[str, str]) -> int:
        """As the browser of this client, which has read the page, would; raises where the answer never comes."""
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        body = urlencode({**data, "csrfmiddlewaretoken": token})
        return self._send("POST", path, body, Cookie=cookies, **{"Content-Type": "application/x-www-form-urlencoded"})

    def _send(self, method: str, path: str, body: str | None = None, **headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def kill(self) -> None:
        """Every process that answers, at once; the one that watches them starts others."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        for child in found.stdout.split():
            os.kill(int(child), signal.SIGKILL)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    port, log = free_port(), tmp_path / "web.log"
    environment = {**os.environ, "DATABASE_URL": of_the_test(os.environ["DATABASE_URL"]), "EMBEDDED": "1"}
    with log.open("wb") as output:
        command = [sys.executable, *commands(port)["web"]]
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=output, stderr=output)
    found = Web(port, process)
    try:
        until(found.is_up)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def held(draft: Draft) -> Iterator[None]:
    """Whoever writes this draft waits until we let go."""
    with another_connection() as blocker:
        blocker.execute("SELECT 1 FROM decisions_draft WHERE id = %s FOR UPDATE", [draft.pk])
        yield
        blocker.rollback()


def killed_in_the_middle(web: Web, draft: Draft, send: Callable[[], int]) -> None:
    with ThreadPoolExecutor(1) as thread:
        with held(draft):
            sent = thread.submit(send)
            until(somebody_waits)
            web.kill()
        with pytest.raises(http.client.RemoteDisconnected):  # what a browser says in its own words
            sent.result(timeout=60)
    until(web.is_up)


def test_in_the_middle_of_an_answer(alice: Membership, web: Web) -> None:
    client, draft = answered(alice)
    before = dict(draft.answers)
    said = {"answer": "unsure", "seen": seen(client, draft, QUESTION), "confirmed": "yes"}
    killed_in_the_middle(web, draft, lambda: web.post(client, url(draft, QUESTION), said))
    assert web.post(client, url(draft, QUESTION), said) == 302
    draft.refresh_from_db()
    kept_or_in_the_history = {
        **draft.answers,
        **{past["question"]: past["answer"] for past in draft.details["history"]},
    }
    assert draft.answers[QUESTION] == "unsure"
    assert kept_or_in_the_history == before


def test_in_the_middle_of_recording(alice: Membership, web: Web) -> None:
    client, draft = ready(alice)
    client.get(url(draft, "record"))
    killed_in_the_middle(web, draft, lambda: web.post(client, url(draft, "record"), {}))
    assert web.post(client, url(draft, "record"), {}) == 302
    assert DecisionRecord.objects.filter(author=alice.user).count() == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()
