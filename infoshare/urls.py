"""Every address of the site. The access-matrix test fails on one that it does not list."""

from django.urls import include, path

from infoshare.health import health
from infoshare.statement import accessibility

urlpatterns = [
    path("log/evidence/", include("evidence.urls")),  # before the log's own, where a reference would follow
    path("", include("decisions.urls")),
    path("notices/", include("infoshare.notices.urls")),
    path("retention/", include("retention.urls")),
    path("administration/", include("infoshare.accounts.urls")),
    path("accounts/", include("infoshare.accounts.sign_in_urls")),
    path("accessibility/", accessibility, name="accessibility"),
    path("health", health, name="health"),
]

handler500 = "infoshare.errors.server_error"
