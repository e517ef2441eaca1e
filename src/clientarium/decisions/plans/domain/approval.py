"""Approving a month: every figure is kept as it stands, and no later count changes it."""

from datetime import date

from django.db import connection, transaction
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.readings import expected_clients
from clientarium.core.strategy import LEAST_ORDERS
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import PlanBasis, PlanVerb
from ..models import MonthPlan, PlanLine, SellerPlan
from ..queries.bottom_up import basis_of, taken_for
from ..queries.drafts import drafted
from ..queries.expected import expecting
from ..queries.facts import holdings_between
from ..queries.seller_month import PlanFact
from .months import draft_of, locked_plan, reason_of, require_leader

COLUMNS = ("plan_id", "seller_id", "client_id", "orders", "margin", "variance", "is_assumed")
ROWS_AT_ONCE = 2_000


@transaction.atomic
def approve_plan(month: date, *, by: User) -> MonthPlan:
    """Freeze the month: sellers' figures and every client behind them.

    Raises PermissionDenied unless `by` leads; UserError where it is approved already or gone by, and where there is
    nothing to plan by.
    """
    require_leader(by)
    plan = draft_of(month)
    basis, as_of = basis_of(plan.month)
    if basis == PlanBasis.NONE or as_of is None:
        raise UserError(
            N_("There are no figures from before %(month)s to plan by."),
            cure=N_("Run the pulse; a month gone by needs a snapshot taken before it."),
            month=str(plan),
        )
    planned = drafted(plan.month, plan)
    SellerPlan.objects.bulk_create(_row(plan, one) for one in planned.values())
    lines = _keep_state(plan) if basis == PlanBasis.STATE else _keep_snapshot(plan, as_of)
    plan.as_of, plan.approved_at, plan.approved_by = as_of, timezone.now(), by
    plan.save(update_fields=["as_of", "approved_at", "approved_by"])
    targets = {str(one.seller_id): round(one.target or 0, 2) for one in planned.values()}
    data = {"month": plan.month, "as_of": as_of, "clients": lines, "targets": targets}
    record(PlanVerb.APPROVED, target=plan, by=by, data=data)
    return plan


@transaction.atomic
def reopen_plan(month: date, *, reason: str, by: User) -> MonthPlan:
    """Take the approval back: the figures are counted anew until the next one. The journal keeps what was approved."""
    require_leader(by)
    reason = reason_of(reason)
    plan = locked_plan(month)
    if not plan.is_approved:
        raise UserError(N_("The plan of %(month)s is not approved."), month=str(plan))
    targets = {str(one.seller_id): round(one.target, 2) for one in plan.sellers.all()}
    data = {"month": plan.month, "as_of": plan.as_of, "targets": targets}
    PlanLine.objects.filter(plan=plan)._raw_delete(PlanLine.objects.db)  # nothing hangs on a line
    plan.sellers.all().delete()
    plan.as_of = plan.approved_at = plan.approved_by = None
    plan.save(update_fields=["as_of", "approved_at", "approved_by"])
    record(PlanVerb.REOPENED, target=plan, by=by, reason=reason, data=data)
    return plan


def _row(plan: MonthPlan, one: PlanFact) -> SellerPlan:
    expected = one.expected
    return SellerPlan(
        plan=plan,
        seller_id=one.seller_id,
        clients=expected.clients,
        buyers=expected.buyers,
        assumed=expected.assumed,
        orders=expected.orders,
        margin=expected.margin,
        low=expected.low,
        high=expected.high,
        variance=expected.variance,
        growth=one.growth,
        winback=one.winback,
        winback_clients=one.winback_clients,
        newcomer=one.newcomer,
        share=one.share,
        target=one.computed,
    )


def _keep_state(plan: MonthPlan) -> int:
    """Lines straight from the published state, without a client passing through Python; how many."""
    is_assumed = Case(When(plan_is_assumed=1, then=True), default=False, output_field=BooleanField())
    taken_on = plan.steps.filter(margin__gt=0).values("client_id")
    is_planned = Q(plan_orders__gte=LEAST_ORDERS) | Q(pk__in=taken_on)
    states = expecting(plan.month).filter(is_planned, holder_id__isnull=False)
    rows = states.annotate(plan_id=Value(plan.pk), plan_assumed=is_assumed).order_by()
    chosen = rows.values_list(
        "plan_id", "holder_id", "pk", "plan_orders", "plan_margin", "plan_variance", "plan_assumed"
    )
    sql, parameters = chosen.query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    table = connection.ops.quote_name(PlanLine._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {sql}", parameters)
        return int(cursor.rowcount)


def _keep_snapshot(plan: MonthPlan, as_of: date) -> int:
    """Lines from the snapshot before the month, to whoever held the clients on its first day; how many."""
    held = holdings_between(plan.month, plan.month)
    seller_of = dict(zip(held["client_id"].to_pylist(), held["seller_id"].to_pylist(), strict=True))
    clients = expected_clients(ledger_base(), taken_for(plan.month, as_of), client_ids=list(seller_of))
    lines = (
        PlanLine(
            plan=plan,
            seller_id=seller_of[one.client_id],
            client_id=one.client_id,
            orders=one.orders,
            margin=one.margin,
            variance=one.variance,
            is_assumed=one.is_assumed,
        )
        for one in clients
        if one.orders >= LEAST_ORDERS
    )
    return len(PlanLine.objects.bulk_create(lines, batch_size=ROWS_AT_ONCE))
