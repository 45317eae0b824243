"""One settings file. Everything that differs between machines comes through env.py and is named in docs/deploy.md."""

from pathlib import Path
from typing import Any

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from infoshare import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# True only under infoshare.embedded: demo accounts, mail into files, plain http on this machine.
EMBEDDED = env.flag("EMBEDDED")
DEBUG = False
SECRET_KEY = env.optional("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
# Where links in e-mails lead.
SITE_ADDRESS = env.optional("SITE_ADDRESS", "http://127.0.0.1:8000" if EMBEDDED else f"https://{ALLOWED_HOSTS[0]}")
# The newest checkpoint is appended here each day; best where the database’s administrator cannot write.
# Where "Leave quickly" leads: a page that tells nobody anything.
LEAVE_QUICKLY_URL = env.optional("LEAVE_QUICKLY_URL", "https://www.bbc.co.uk/weather")
LEDGER_ANCHOR_FILE = env.optional("LEDGER_ANCHOR_FILE") or str(VAR_DIR / "anchors.txt")
# Names the log in its checkpoints; keep it when the host is renamed.
LEDGER_ORIGIN = env.optional("LEDGER_ORIGIN") or f"{ALLOWED_HOSTS[0]}/infoshare"
# Dotted names of functions that `manage.py demo` calls, in this order, once the demo's people exist.
DEMO_STEPS = [
    "decisions.demo.make_directory",
    "decisions.demo.make_records",
    "decisions.demo_work.make_work",
    "retention.demo.make_desk",
    "decisions.demo_alike.make_alike",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_celery_beat",
    "django_structlog",
    "infoshare.accounts",
    "infoshare.ledger",
    "infoshare.govuk",
    "infoshare.notices",
    "infoshare.outbox",
    "decisions",
    "retention",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "decisions.guide.held.HoldExpiredPosts",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "infoshare.accounts.middleware.StaySignedInMiddleware",
    "infoshare.accounts.middleware.MembershipMiddleware",
    "infoshare.accounts.middleware.NoStoreMiddleware",
]

ROOT_URLCONF = "infoshare.urls"
WSGI_APPLICATION = "infoshare.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "infoshare.accounts.context.navigation",
                "infoshare.notices.context.unread",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL address; no other engine keeps our promises (see docs/adr)."""
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must be a PostgreSQL address, such as postgres://user@host/name.")
    settings["CONN_MAX_AGE"] = 60
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


# `default` is the runtime role, which can neither change tables nor touch what is sealed; `owner` migrates.
DATABASES = {
    "default": database(env.optional("DATABASE_URL")),
    "owner": database(env.optional("DATABASE_OWNER_URL") or env.optional("DATABASE_URL")),
}
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.optional("CACHE_URL") or env.optional("CELERY_BROKER_URL") or "redis://127.0.0.1:6379/1",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "infoshare.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "login": "infoshare.accounts.sign_in_forms.SignInForm",
    "reauthenticate": "infoshare.accounts.sign_in_forms.ProveAgainForm",
    "reset_password": "infoshare.accounts.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "infoshare.accounts.sign_in_forms.NewPasswordForm",
    "change_password": "infoshare.accounts.sign_in_forms.ChangePasswordForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # allauth would send strangers the address of a sign-up we do not offer
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
# Whose tries to sign in are counted together: without this all people behind the proxy would be one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0

SESSION_COOKIE_AGE = 60 * env.number("SESSION_MINUTES", 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# A reason may hold 10,000 characters; anything far beyond is refused by its field, not by a broken request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 20
# Kind of letter in the outbox → the function that writes it when it is sent.
LETTERS = {
    "anchor": "infoshare.ledger.letters.anchor",
    "receipt": "infoshare.ledger.letters.receipt",
    "seal_findings": "infoshare.ledger.letters.findings",
    "digest": "infoshare.notices.letters.digest",
    "invitation": "infoshare.accounts.invitations.letter",
    "password": "infoshare.accounts.passwords.letter",
}
DEFAULT_FROM_EMAIL = env.optional("DEFAULT_FROM_EMAIL", "infoshare@example.org")
if EMBEDDED:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    vars().update(environ.Env.email_url_config(env.optional("EMAIL_URL", "smtp://localhost:25")))

CELERY_BROKER_URL = env.optional("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# With kombu's defaults a killed worker's task came back after 105 s; these bring it back within the timeout.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,  # a request that only wakes a task must not wait for a broker that is away
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "give log entries their places": {
        "task": "infoshare.ledger.tasks.sequence",
        "schedule": 10.0,
        "options": {"expires": 9},
    },
    "look at the clocks that run": {
        "task": "decisions.tasks.watch_clocks",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "verify what is new in the log": {
        "task": "infoshare.ledger.tasks.verify_new",
        "schedule": crontab(hour=3, minute=7),
    },
    "verify the whole log": {
        "task": "infoshare.ledger.tasks.verify_everything",
        "schedule": crontab(hour=4, minute=7, day_of_week="sunday"),
    },
    "keep the newest checkpoint elsewhere": {
        "task": "infoshare.ledger.tasks.anchor",
        "schedule": crontab(hour=5, minute=7),
    },
    "send letters that nobody woke the relay for": {
        "task": "infoshare.outbox.tasks.relay",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "carry out approved disposals whose cooling-off is over": {
        "task": "retention.tasks.dispose",
        "schedule": 600.0,
        "options": {"expires": 500},
    },
    "flag records that are due for retention review": {
        "task": "retention.tasks.sweep",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
}

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# Addresses of people’s computers stay out of the logs.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "filters": {"hide_secrets": {"()": "infoshare.accounts.logs.HideSecrets"}},
    # A filter counts only for what is logged by exactly this name.
    "loggers": {
        name: {"filters": ["hide_secrets"]}
        for name in ("django.request", "django.security.csrf", "django.security.DisallowedHost")
    },
    "root": {"handlers": ["console"], "level": env.optional("LOG_LEVEL", "INFO")},
}
