"""The address of the evidence pack."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [path("", views.page, name="pack")]
