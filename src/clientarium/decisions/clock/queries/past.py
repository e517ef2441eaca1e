"""Clocks of a past day: from the facts, the holders, the exceptions and the rule of that day."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from clientarium.core.readings import Silence, silence_on
from clientarium.decisions.clients import Client, Holding, HoldingCause, clients_visible_to, root_id
from clientarium.decisions.contacts import Result, Touch, definitions, ledger_base
from clientarium.decisions.people import Visitor, sees_all_clients

from ..choices import PurchaseIs
from ..models import ClockException
from .exceptions import was_in_force
from .readings import ClockOf, nearest, warning_of
from .versions import RulesOn, rules_on

NOTHING = Silence(None, None, None)


def clocks_on_past_day(client_ids: Collection[int] | None, *, by: Visitor, day: date) -> list[ClockOf]:
    """As `clocks_of`, computed again: the clients `by` sees now, as each stood on `day`, the nearest to cold first."""
    visible = clients_visible_to(by)
    if client_ids is not None:
        visible = visible.filter(pk__in=list(client_ids))
    names = dict(visible.values_list("pk", "name"))
    ids = None if client_ids is None and sees_all_clients(by) else sorted(names)
    told = _Told(day, rules_on(day), _silence(ids, day=day), _ordered(day), _holders(day), _exceptions(day))
    return sorted((told.clock(pk, name) for pk, name in names.items()), key=nearest)


class _Told:
    """What was known of every client on the day."""

    def __init__(
        self,
        day: date,
        rules: RulesOn,
        silence: dict[int, Silence],
        ordered: dict[int, date],
        holders: dict[int, dict[str, Any]],
        exceptions: dict[int, date],
    ) -> None:
        self.day, self.rules = day, rules
        self.silence, self.ordered, self.holders, self.exceptions = silence, ordered, holders, exceptions

    def clock(self, client_id: int, name: str) -> ClockOf:
        holding = self.holders.get(client_id, {})
        rule = self.rules.of(holding.get("seller_id"))
        last = self._last(client_id)
        exception = self.exceptions.get(client_id)
        gap = self.silence.get(client_id, NOTHING).typical_gap_days
        ends = [last + timedelta(days=rule.wait_days(gap) + 1)] if last else []
        ends += [exception + timedelta(days=1)] if exception and last else []
        month = self._month_ends(holding)
        ends += [month + timedelta(days=1)] if month else []
        cold_on = max(ends, default=None)
        left = (cold_on - self.day).days if cold_on else None
        has_dealt = month is not None and last is not None and last >= holding["first_day"]
        return ClockOf(
            client_id=client_id,
            name=name,
            holder_id=holding.get("seller_id"),
            last_purchase_on=last,
            cold_on=cold_on,
            days_left=left,
            warning=warning_of(left, self.rules.firm),
            exception=exception,
            takeover_until=None if has_dealt else month,
            allowed_days=rule.wait_days(gap),
        )

    def _last(self, client_id: int) -> date | None:
        known = self.silence.get(client_id, NOTHING)
        if self.rules.firm.purchase_is == PurchaseIs.PAYMENT:
            return known.last_payment_on
        days = [known.last_purchase_on]
        if self.rules.firm.purchase_is == PurchaseIs.ORDER:
            days.append(self.ordered.get(client_id))
        return max((one for one in days if one), default=None)

    def _month_ends(self, holding: dict[str, Any]) -> date | None:
        if not holding or holding["cause"] != HoldingCause.PERSON or not holding["is_takeover"]:
            return None
        last = holding["first_day"] + timedelta(days=self.rules.firm.takeover_days)
        return last if last >= self.day else None


def _silence(client_ids: list[int] | None, *, day: date) -> dict[int, Silence]:
    base = ledger_base()
    if base.ledger.version() < 0:
        return {}
    known = definitions()
    return silence_on(base, known.catalogue, norms=known.norms, as_of=day, client_ids=client_ids)


def _ordered(day: date) -> dict[int, date]:
    """client → the last day on which he said in a talk that he orders."""
    talks = Touch.objects.filter(undone_at__isnull=True, result=Result.ORDERED, on__lte=day)
    rows = talks.annotate(root_id=root_id).order_by().values("root_id").annotate(last=Max("on"))
    return {row["root_id"]: row["last"] for row in rows}


def _holders(day: date) -> dict[int, dict[str, Any]]:
    """client → his holding of that day; `is_takeover`: somebody held him before, or he was known before."""
    earlier = Holding.objects.filter(client=OuterRef("client"), first_day__lt=OuterRef("first_day"))
    known_before = Client.objects.filter(pk=OuterRef("client"), created_on__lt=OuterRef("first_day"))
    rows = Holding.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)
    rows = rows.annotate(is_takeover=Exists(earlier) | Exists(known_before)).order_by("first_day", "pk")
    told = rows.values("client_id", "seller_id", "first_day", "cause", "is_takeover")
    return {row["client_id"]: {**row} for row in told}


def _exceptions(day: date) -> dict[int, date]:
    rows = ClockException.objects.filter(was_in_force(day)).annotate(root_id=root_id).order_by()
    return {row["root_id"]: row["last"] for row in rows.values("root_id").annotate(last=Max("until"))}
