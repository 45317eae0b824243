"""Before `make run` is ready: migrations, then the demo's people, in one process, since importing Django takes longest.

Only the demo's own words go to standard output.
"""

import os
import sys

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")
    django.setup()
    call_command("migrate", stdout=sys.stderr, verbosity=0)
    if os.environ.get("EMBEDDED") == "1":
        call_command("demo")


if __name__ == "__main__":
    main()
