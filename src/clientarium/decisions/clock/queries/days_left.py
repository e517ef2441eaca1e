"""The clock as a column of the published state: days left until cold, in arithmetic both databases do the same way."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Floor, Greatest, Least, NullIf

from clientarium.decisions.clients import Holding, HoldingCause, root_id, state_as_of
from clientarium.decisions.contacts import Result, Touch, working_day

from ..choices import PurchaseIs
from ..models import ClockException
from .exceptions import was_in_force
from .versions import RuleNumbers, RulesOn, rules_on

NEVER = 1_000_000
"""Days further away than any date: what is unknown loses every comparison by it."""

SILENCE, GAP, LAST, PAID = "days_since_last_purchase", "typical_gap_days", "last_purchase_on", "last_payment_on"


class DaysBefore(Func):
    """Whole days from a date to `day`; null where the date is."""

    output_field = IntegerField()

    def __init__(self, expression: Any, day: date) -> None:
        super().__init__(Value(day, output_field=DateField()), expression)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="((%(expressions)s))", arg_joiner=") - (", **context)


def with_days_left(states: QuerySet[Any], day: date | None = None, *, rules: RulesOn | None = None) -> QuerySet[Any]:
    """`states` with `days_left` on `day`, today or later: 0 and less is cold; null where no clock runs.

    Besides: `silent_days` since the last purchase, `allowed_days` by the holder's rule, `exception_left` and
    `takeover_left` where there are such.
    """
    day = day or working_day()
    rules = rules or rules_on(day)
    columns = {field.name for field in states.model._meta.get_fields()}
    found = states.annotate(
        silent_days=silent_days(columns, day, rules.firm),
        exception_left=_exception_left(day),
        takeover_left=_takeover_left(day, rules.firm),
        allowed_days=Cast(Floor(_wait(columns, rules)), IntegerField()),
    )
    own = F("allowed_days") + 1 - F("silent_days")
    longest = Greatest(
        Coalesce(own, Value(-NEVER)),
        Case(When(silent_days__isnull=False, then=Coalesce(F("exception_left"), -NEVER)), default=Value(-NEVER)),
        Coalesce(F("takeover_left"), Value(-NEVER)),
        output_field=IntegerField(),
    )
    marked: QuerySet[Any] = found.annotate(
        days_left=Case(
            When(silent_days__isnull=True, takeover_left__isnull=True, then=Value(None)),
            default=longest,
            output_field=IntegerField(),
        )
    )
    return marked


def silent_days(columns: set[str], day: date, rule: RuleNumbers) -> Any:
    """Days from the last purchase, as the firm understands it, to `day`."""
    if rule.purchase_is == PurchaseIs.PAYMENT and PAID in columns:
        return DaysBefore(F(PAID), day)
    shipped = _shipped(columns, day)
    if rule.purchase_is != PurchaseIs.ORDER:
        return shipped
    told = (_ordered_days(day, client=OuterRef("pk")), _ordered_days(day, client__merged_into=OuterRef("pk")))
    nearest = Least(*(Coalesce(one, Value(NEVER)) for one in (shipped, *told)), output_field=IntegerField())
    return NullIf(nearest, Value(NEVER))


def _ordered_days(day: date, **whose: Any) -> Any:
    """Days since he last said in a talk that he orders."""
    talks = Touch.objects.filter(undone_at__isnull=True, result=Result.ORDERED, on__lte=day, **whose)
    return DaysBefore(Subquery(talks.order_by("-on").values("on")[:1]), day)


def _shipped(columns: set[str], day: date) -> Any:
    as_of = state_as_of()
    if SILENCE in columns and as_of is not None:
        return Cast(F(SILENCE) + Value((day - as_of).days), IntegerField())
    if LAST in columns:
        return DaysBefore(F(LAST), day)
    return Value(None, output_field=IntegerField())


def _wait(columns: set[str], rules: RulesOn) -> Any:
    """Days without a purchase that are still no cold, by the holder's rule."""
    gap = Coalesce(F(GAP), Value(0.0), output_field=FloatField()) if GAP in columns else Value(0.0)
    cases = [When(holder_id=seller, then=_longer(rule, gap)) for seller, rule in rules.by_seller.items()]
    return Case(*cases, default=_longer(rules.firm, gap), output_field=FloatField())


def _longer(rule: RuleNumbers, gap: Any) -> Any:
    return Greatest(Value(rule.cold_days), Value(rule.factor) * gap, output_field=FloatField())


def _exception_left(day: date) -> Any:
    """Days until the exception is over; looked up only for clients who have one: a base has millions without."""
    in_force = exceptions_on(day)
    own = in_force.annotate(root_id=root_id).filter(root_id=OuterRef("pk"))
    left = Subquery(own.order_by("-until").values("until_number")[:1]) + Value(1 - day.toordinal())
    having = in_force.annotate(root_id=root_id).values("root_id")
    return Case(When(pk__in=Subquery(having), then=left), default=Value(None), output_field=IntegerField())


def _takeover_left(day: date, rule: RuleNumbers) -> Any:
    """Days left of the month that whoever took the client over has for a deal."""
    recent = takeovers_on(day, rule)
    first = Subquery(recent.filter(client=OuterRef("pk")).order_by("-first_day").values("first_day")[:1])
    left = Value(rule.takeover_days + 1) - DaysBefore(first, day)
    return Case(
        When(pk__in=Subquery(recent.values("client_id")), then=left), default=Value(None), output_field=IntegerField()
    )


def exceptions_on(day: date) -> QuerySet[ClockException]:
    """Exceptions that hold the clock on `day`."""
    return ClockException.objects.filter(was_in_force(day))


def takeovers_on(day: date, rule: RuleNumbers) -> QuerySet[Holding]:
    """Holdings begun by a decision whose month is not over; who was nobody's and never bought is no take-over."""
    before = Holding.objects.filter(client=OuterRef("client"), first_day__lt=OuterRef("first_day"))
    recent = Holding.objects.filter(
        last_day__isnull=True,
        cause=HoldingCause.PERSON,
        first_day__gt=day - timedelta(days=rule.takeover_days + 1),
        first_day__lte=day,
    )
    return recent.filter(Exists(before) | Q(client__created_on__lt=F("first_day")))
