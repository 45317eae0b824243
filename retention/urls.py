"""The addresses of retention."""

from django.urls import path

import decisions.urls  # noqa: F401  # registers the converter of references

from .views import certificates, deciding, desk, holds, keeping, lists, records, reviews, rules, settings

app_name = "retention"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("run/", desk.run, name="run"),
    path("runs/<int:pk>/", desk.sweep_run, name="sweep_run"),
    path("lists/<str:name>/", lists.records, name="list"),
    path("forecast/", lists.forecast, name="forecast"),
    path("settings/", settings.settings, name="settings"),
    path("calendar/", settings.my_calendar, name="my_calendar"),
    path("calendar/<str:secret>.ics", settings.feed, name="calendar"),
    path("simulate/", desk.simulate, name="simulate"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/change/", rules.change_rule, name="change_rule"),
    path("rules/changes/<int:pk>/", rules.decide_rule, name="decide_rule"),
    path("rules/others/<str:kind>/", keeping.kept, name="kept"),
    path("rules/others/<str:kind>/change/", keeping.change, name="change_kept"),
    path("rules/others/changes/<int:pk>/", keeping.decide, name="decide_kept"),
    path("records/<reference:reference>/", records.record, name="record"),
    path("records/<reference:reference>/dates/<str:trigger>/", records.enter_date, name="date"),
    path("reviews/", reviews.worklist, name="worklist"),
    path("reviews/many/", reviews.many, name="many"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/take/", reviews.take, name="take"),
    path("certificates/", certificates.listing, name="certificates"),
    path("certificates/<uuid:document>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:document>/pdf/", certificates.paper, name="certificate_pdf"),
    path("waiting/", deciding.waiting, name="waiting"),
    path("answers/<int:pk>/", deciding.decide_answer, name="decide_answer"),
    path("answers/<int:pk>/object/", deciding.object_to, name="object"),
    path("answers/<int:pk>/bundle/", deciding.bundle, name="bundle"),
    path("answers/<int:pk>/receipt/", deciding.receipt, name="receipt"),
    path("holds/", holds.holds, name="holds"),
    path("holds/place/", holds.place_hold, name="place_hold"),
    path("holds/<int:pk>/", holds.hold, name="hold"),
    path("holds/<int:pk>/lift/", holds.lift_hold, name="lift_hold"),
    path("holds/liftings/<int:pk>/", holds.decide_lifting, name="decide_lifting"),
]
