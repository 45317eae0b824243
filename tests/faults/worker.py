"""The real worker with a queue of its own and a broker that gives a killed worker's task back within seconds.

Not a test: test_sweep.py starts it as `celery -A tests.faults.worker worker`.
"""

import os

from infoshare.celery import app

# The prefix keeps every key of this queue apart from those of any other worker on the same broker.
app.conf.broker_transport_options = {
    "visibility_timeout": 2,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "global_keyprefix": os.environ.get("TEST_KEY_PREFIX", "test:"),
}
