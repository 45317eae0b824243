"""What gunicorn serves. Refuses to start without the ledger's keys."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infoshare.settings")

application = get_wsgi_application()

from infoshare.ledger import keys  # noqa: E402  # once Django is set up

keys.ring()
