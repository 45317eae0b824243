"""The addresses of the seal."""

from django.urls import path

from . import views

app_name = "seal"
urlpatterns = [
    path("", views.page, name="page"),
    path("verify/", views.verify, name="verify"),
    path("checkpoint/", views.newest_checkpoint, name="checkpoint"),
]
