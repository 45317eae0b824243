"""Acting as the worker: its login may do what the web's may not. Only for tests that commit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from infoshare.ledger import sequencing
from infoshare.settings import database


@contextmanager
def worker() -> Iterator[None]:
    """Connections named `default` sign in as the worker inside the block, or as the owner where there is no worker."""
    login = database(os.environ.get("WORKER_DATABASE_URL") or os.environ["DATABASE_OWNER_URL"])
    connection = connections["default"]
    web = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({name: login[name] for name in web})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(web)


def sequence() -> int:
    with worker():
        return sequencing.sequence()
