"""The system administrator's pages."""

from django.urls import path

from . import views

app_name = "administration"
ONE = "organisations/<int:organisation_id>/"
PERSON = ONE + "people/<int:membership_id>/"

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("organisations/add/", views.add_organisation, name="add_organisation"),
    path(ONE, views.organisation, name="organisation"),
    path(ONE + "change/", views.change_organisation, name="change_organisation"),
    path(ONE + "teams/add/", views.add_team, name="add_team"),
    path(ONE + "teams/<int:team_id>/", views.rename_team, name="rename_team"),
    path(ONE + "people/invite/", views.invite_person, name="invite_person"),
    path(PERSON, views.person, name="person"),
    path(PERSON + "invitation/", views.resend_invitation, name="resend_invitation"),
    path(PERSON + "stop-access/", views.stop_access, name="stop_access"),
    path(PERSON + "restore-access/", views.restore_access, name="restore_access"),
]
