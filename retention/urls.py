"""The addresses of retention."""

from django.urls import path

from .views import desk, holds, records, rules

app_name = "retention"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("run/", desk.run, name="run"),
    path("simulate/", desk.simulate, name="simulate"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/change/", rules.change_rule, name="change_rule"),
    path("rules/changes/<int:pk>/", rules.decide_rule, name="decide_rule"),
    path("records/<str:reference>/", records.record, name="record"),
    path("records/<str:reference>/dates/<str:trigger>/", records.enter_date, name="date"),
    path("holds/", holds.holds, name="holds"),
    path("holds/place/", holds.place_hold, name="place_hold"),
    path("holds/<int:pk>/", holds.hold, name="hold"),
    path("holds/<int:pk>/lift/", holds.lift_hold, name="lift_hold"),
    path("holds/liftings/<int:pk>/", holds.decide_lifting, name="decide_lifting"),
]
