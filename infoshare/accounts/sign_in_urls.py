"""Signing in and out and setting a password, by django-allauth and entrance.py. What we do not offer has no address."""

from allauth.account import views
from django.urls import path, re_path

from . import entrance

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("invitation/<str:token>/", entrance.accept_invitation, name="accept_invitation"),
    path("organisation/", entrance.choose_organisation, name="choose_organisation"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(  # a key holds hyphens too: the first one ends the person's part
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
