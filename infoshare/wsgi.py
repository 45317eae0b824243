"""What gunicorn serves. Refuses to start without the ledger's keys; fills caches before the first request."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")

application = get_wsgi_application()

from infoshare.ledger import keys  # noqa: E402  # once Django is set up
from infoshare.starting import at_web_start  # noqa: E402

keys.ring()
for begin in at_web_start:
    begin()
gc.freeze()  # what stays for good is shared between workers and not looked through again and again
