"""What a hold covers, and which holds cover a record. The same question as reckoning.HELD, for pages."""

from django.db.models import Q, QuerySet

from infoshare.accounts.models import Organisation

from .models import Hold, ScheduleItem, Scope, State


def what(hold: Hold) -> Q:
    """The schedules that a hold covers, saved or not, as a condition on ScheduleItem."""
    match hold.scope:
        case Scope.RECORD:
            return Q(record=hold.record_id)
        case Scope.CASE:
            return Q(case_index=hold.case_index)
        case Scope.RULE:
            return Q(rule_version__rule=hold.rule_id)
        case Scope.CATEGORY:
            return Q(category=hold.category)
    return Q()


def covered(hold: Hold) -> QuerySet[ScheduleItem]:
    items: QuerySet[ScheduleItem] = ScheduleItem.objects.within(hold.organisation).exclude(state=State.DISPOSED)
    return items.filter(what(hold)).order_by("record_id")


def holds(organisation: Organisation) -> QuerySet[Hold]:
    """Those in force first, the newest first."""
    found: QuerySet[Hold] = Hold.objects.within(organisation).select_related("placed_by", "rule")
    return found.order_by("-lifted_at", "-pk")


def holds_on(item: ScheduleItem) -> QuerySet[Hold]:
    """The holds in force that cover this record."""
    reach = (
        Q(scope=Scope.ORGANISATION)
        | Q(scope=Scope.RECORD, record=item.record_id)
        | Q(scope=Scope.CATEGORY, category=item.category)
    )
    if item.rule_version is not None:
        reach |= Q(scope=Scope.RULE, rule=item.rule_version.rule_id)
    if item.case_index is not None:
        reach |= Q(scope=Scope.CASE, case_index=item.case_index)
    return holds(item.organisation).filter(reach, lifted_at__isnull=True)
