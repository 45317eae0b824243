"""The log's numbers: `make bench NAME=log`, with SIZE=1000000 for a large organisation.

Runs on a scratch database made for it and dropped afterwards.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
django.setup()

import logging  # noqa: E402  # after setup

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

import infoshare.wsgi  # noqa: E402, F401  # measured as a web process is: warm, its garbage collection spared
from tests.benchmarks import log_reading  # noqa: E402
from tests.benchmarks.report import publish  # noqa: E402


def main() -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    logging.disable()
    setup_test_environment()
    made = setup_databases(0, interactive=False, aliases={"default": None, "owner": None}, serialized_aliases=set())
    try:
        publish("log", log_reading.figures())
    finally:
        connections.close_all()
        teardown_databases(made, 0)


if __name__ == "__main__":
    main()
