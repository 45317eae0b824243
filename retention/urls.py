"""The records administrator's addresses."""

from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("run/", views.run, name="run"),
    path("simulate/", views.simulate, name="simulate"),
    path("rules/<int:pk>/", views.rule, name="rule"),
    path("rules/<int:pk>/change/", views.change_rule, name="change_rule"),
]
