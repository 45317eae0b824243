"""The addresses of guide, emergency route, log and rules. A draft or record is named by our own opaque id."""

from django.urls import include, path, register_converter

from .desk import tasks
from .desk import views as desk
from .guide import arrivals, asking, emergency, overview, papers, refusal_views, tell_views, typed, views
from .guide.sharing import recipient_views as who
from .guide.sharing import views as sharing
from .home import home
from .log import chart_views as charts
from .log import drift_views as drift
from .log import export_views as exports
from .log import receipt_views as receipts
from .log import record_views as record
from .log import rerun_views as reruns
from .log import review_views as reviews
from .log import seal_views as seal
from .log import search_views as search
from .log import views as log
from .log import visibility_views as visibility
from .log import words_views as words
from .partners import views as partners
from .practice import views as practice
from .references import ReferenceConverter
from .rules import views as rules

register_converter(ReferenceConverter, "reference")

guide = [
    path("start/", views.start, name="start"),
    path("<uuid:draft_id>/", views.draft, name="draft"),
    path("arrive/", arrivals.arrive, name="arrive"),
    path("<uuid:draft_id>/overview/", overview.overview, name="overview"),
    path("<uuid:draft_id>/history/", overview.history, name="history"),
    path("<uuid:draft_id>/typed/", typed.typed, name="typed"),
    path("<uuid:draft_id>/check/", views.check, name="check"),
    path("<uuid:draft_id>/recommendation/", views.recommendation, name="recommendation"),
    path("<uuid:draft_id>/recommendation/paper/", papers.recommendation, name="recommendation_paper"),
    path("<uuid:draft_id>/decision/", views.moved, {"to": "guide:recommendation"}, name="decision"),
    path("<uuid:draft_id>/items/", sharing.items_page, name="items"),
    path("<uuid:draft_id>/marks/", sharing.marks_page, name="marks"),
    path("<uuid:draft_id>/recipients/", who.recipients_page, name="recipients"),
    path("<uuid:draft_id>/recipients/<slug:recipient_id>/", who.recipient_page, name="recipient"),
    path("<uuid:draft_id>/recipients/<slug:recipient_id>/link/", who.link_page, name="recipient_link"),
    path("<uuid:draft_id>/recipients/<slug:recipient_id>/remove/", who.remove_recipient, name="remove_recipient"),
    path("<uuid:draft_id>/sharing/", sharing.table_page, name="sharing"),
    path("<uuid:draft_id>/impact/", views.moved, {"to": "guide:sharing"}, name="impact"),
    path("<uuid:draft_id>/telling/", tell_views.telling_page, name="telling"),
    path("<uuid:draft_id>/telling/<slug:who>/", tell_views.tell, name="tell"),
    path("<uuid:draft_id>/telling/<slug:who>/notice/", tell_views.notice, name="notice"),
    path("<uuid:draft_id>/telling/<slug:who>/paper/", tell_views.notice_paper, name="notice_paper"),
    path("<uuid:draft_id>/refusal/", refusal_views.refusal_page, name="refusal"),
    path("<uuid:draft_id>/refusal/letter/", refusal_views.letter, name="letter"),
    path("<uuid:draft_id>/refusal/paper/", refusal_views.letter_paper, name="letter_paper"),
    path("<uuid:draft_id>/record/", views.record, name="record"),
    path("<uuid:draft_id>/delete/", views.delete, name="delete"),
    path("<uuid:draft_id>/keep/", views.keep_draft, name="keep_draft"),
    path("<uuid:draft_id>/ask/", asking.ask, name="ask"),
    # Last: a question's id is any other word (a test keeps the rule set clear of the words above).
    path("<uuid:draft_id>/<slug:question_id>/", views.step, name="step"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("keep/", typed.keep, name="keep"),
]

log_urls = [
    path("", log.log, name="list"),
    path("export/", exports.export, name="export"),
    path("exports/", exports.past, name="exports"),
    path("case/", search.find_case, name="find_case"),
    path("search/", search.search, name="search"),
    path("receipt/", receipts.check, name="receipt"),
    path("charts/", charts.page, name="charts"),
    path("drift/", drift.page, name="drift"),
    path("views/save/", log.save_view, name="save_view"),
    path("views/<int:view_id>/delete/", log.delete_view, name="delete_view"),
    path("<reference:reference>/", record.record, name="record"),
    path("<reference:reference>/recorded/", record.recorded, name="recorded"),
    path("<reference:reference>/reads/", record.reads, name="reads"),
    path("<reference:reference>/copy/", arrivals.copy, name="copy"),
    path("<reference:reference>/add/", record.add, name="add"),
    path("<reference:reference>/who/", visibility.visibility, name="visibility"),
    path("<reference:reference>/step-back/", visibility.step_back, name="step_back"),
    path("<reference:reference>/edition/<str:edition>/", reruns.rerun, name="rerun"),
    path("<reference:reference>/pdf/", exports.pdf, name="pdf"),
    path("<reference:reference>/words/<slug:who>/", words.words, name="words"),
    path("<reference:reference>/bundle/", exports.bundle, name="bundle"),
    path("<reference:reference>/confirm/", record.confirm, name="confirm"),
    path("<reference:reference>/review/", reviews.review, name="review"),
    path("<reference:reference>/review/<int:review_id>/answer/", reviews.answer, name="answer"),
]

seal_urls = [
    path("", seal.page, name="page"),
    path("verify/", seal.verify, name="verify"),
    path("checkpoint/", seal.newest_checkpoint, name="checkpoint"),
]

rule_urls = [
    path("", rules.rules, name="list"),
    path("<str:name>/", rules.edition, name="edition"),
    path("<str:name>/<str:page_id>/", rules.page, name="page"),
]

partner_urls = [
    path("", partners.directory, name="list"),
    path("add/", partners.add, name="add"),
    path("import/", partners.import_file, name="import"),
    path("import/sample.csv", partners.sample, name="sample"),
    path("<int:partner_id>/", partners.partner, name="partner"),
    path("<int:partner_id>/change/", partners.change, name="change"),
    path("<int:partner_id>/verify/", partners.verify, name="verify"),
    path("<int:partner_id>/retire/", partners.retire, name="retire"),
    path("<int:partner_id>/restore/", partners.restore, name="restore"),
]

desk_urls = [
    path("", desk.desk, name="desk"),
    path("advice/", desk.waiting, name="waiting"),
    path("advice/<uuid:advice_id>/", desk.advice, name="advice"),
    path("clocks/", desk.clocks, name="clocks"),
]

task_urls = [
    path("", tasks.tasks, name="list"),
    path("<uuid:task_id>/", tasks.task, name="task"),
    path("<uuid:task_id>/complete/", tasks.complete, name="complete"),
]

practice_urls = [
    path("", practice.cases, name="list"),
    path("cases/<slug:case_id>/", practice.case, name="case"),
    path("cases/<slug:case_id>/start/", practice.start, name="start"),
    path("<uuid:sitting_id>/", practice.sitting, name="sitting"),
    path("<uuid:sitting_id>/compare/", practice.compare, name="compare"),
    path("<uuid:sitting_id>/<slug:question_id>/", practice.step, name="step"),
]

urlpatterns = [
    path("", home, name="home"),
    path("practice/", include((practice_urls, "practice"))),
    path("guide/", include((guide, "guide"))),
    path("desk/", include((desk_urls, "desk"))),
    path("tasks/", include((task_urls, "tasks"))),
    path("log/", include((log_urls, "log"))),
    path("seal/", include((seal_urls, "seal"))),
    path("partners/", include((partner_urls, "partners"))),
    path("reviews/", reviews.queue, name="reviews"),
    path("reviews/settings/", reviews.log_settings, name="log_settings"),
    path("rules/", include((rule_urls, "rules"))),
]
