"""A seller's clients as the day's list looks at them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from clientarium.core.readings import contacts_of
from clientarium.core.strategy import Candidate, PastTouch
from clientarium.decisions.clients import Client, current_publication, members_of, root_id, state_model
from clientarium.decisions.people import Seller

from ..choices import NO_MORE_CALLS, REACHED_RESULTS, Result
from ..models import HoldOutClient, Touch
from .definitions import SOURCE, ceilings_of, definitions, ledger_base
from .forecasts import known
from .hold_outs import in_force
from .policy import assumed_margin_share
from .touches import IDS_PER_QUERY, standing
from .win_back import win_back_steps

NUMBERS = (
    "last_purchase_on",
    "purchase_days_all",
    "typical_gap_days",
    "rhythm",
    "next_order_on",
    "next_order_early",
    "next_order_late",
    "order_overdue_days",
    "p_order_7d",
    "p_alive",
    "p_alive_7d",
    "expected_margin_365d",
    "expected_revenue_365d",
    "forecast_basis",
    "orders_12m",
    "margin_12m",
    "average_order_12m",
    "orders_all",
    "margin_all",
    "revenue_all",
    "grade",
    "layer",
    "lifecycle",
    "has_refused",
)
"""What is read from the published state; whatever of it is not published is unknown."""

MEMORY_DAYS = 366
"""Contacts of a year are looked at: no ceiling and no mistimed call reaches further back."""

NOT_REACHED = ("не дозв", "недозв", "нет ответа", "не ответ", "не отвеч", "занято", "no answer", "busy", "missed")
"""How telephone systems write that nobody answered; other results of imported touches count as a talk."""

ANCHOR = "anchor"
LOST = "lost"


def candidates_of(
    seller: Seller,
    rows: Mapping[int, Mapping[str, Any]],
    *,
    on: date,
    touches: Mapping[int, tuple[PastTouch, ...]],
    words: Mapping[int, Touch],
) -> list[Candidate]:
    """All clients of `seller` (`rows` of state_rows) with past contacts and last words, as they are on `on`."""
    members = HoldOutClient.objects.filter(in_force(on), client__in=members_of(list(rows)).values("pk"))
    held_out = set(members.annotate(root_id=root_id).values_list("root_id", flat=True))
    held = Client.objects.filter(holder=seller, merged_into__isnull=True)
    stopped = set(held.filter(is_stopped=True).values_list("pk", flat=True))
    schemes = definitions().schemes
    share = assumed_margin_share()
    steps = win_back_steps([client_id for client_id, row in rows.items() if row.get("lifecycle") == LOST])
    return [
        Candidate(
            client_id=client_id,
            last_purchase_on=row.get("last_purchase_on"),
            orders=row.get("purchase_days_all") or row.get("orders_all") or 0,
            typical_gap_days=row.get("typical_gap_days"),
            rhythm=row.get("rhythm") or "unknown",
            next_order_early=row.get("next_order_early"),
            next_order_late=row.get("next_order_late"),
            p_order_7d=row.get("p_order_7d"),
            p_alive=row.get("p_alive"),
            p_alive_7d=row.get("p_alive_7d"),
            order_money=order_money(row, share=share),
            year_money=year_money(row, share=share),
            is_anchor=row.get("layer") == ANCHOR,
            is_lost=row.get("lifecycle") == LOST,
            win_back_on=steps[client_id].on if client_id in steps else None,
            win_back_money=steps[client_id].money if client_id in steps else None,
            is_stopped=client_id in stopped,
            is_held_out=client_id in held_out,
            asked_not_to=bool(row.get("has_refused"))
            or (client_id in words and words[client_id].no_next_reason in NO_MORE_CALLS),
            agreed_on=words[client_id].next_on if client_id in words else None,
            agreed_at=words[client_id].on if client_id in words else None,
            touches=touches.get(client_id, ()),
            ceilings=ceilings_of(row, schemes),
        )
        for client_id, row in rows.items()
    ]


def state_rows(seller: Seller) -> dict[int, dict[str, Any]]:
    """The published numbers of the clients `seller` holds, unknown ones left out; {} of a client without any."""
    publication = current_publication()
    state = state_model(publication)
    names = known(NUMBERS, publication) if publication else []
    rows = state._default_manager.filter(holder_id=seller.pk).order_by("pk").values("pk", *names)
    return {row.pop("pk"): {name: value for name, value in row.items() if value is not None} for row in rows}


def order_money(row: Mapping[str, Any], *, share: float) -> float | None:
    """Margin of a typical order: of this year's, of all time's, or the assumed share of the revenue of one."""
    for margin, orders in (("margin_12m", "orders_12m"), ("margin_all", "orders_all")):
        if row.get(margin) and row.get(orders):
            return float(row[margin]) / float(row[orders])
    if row.get("average_order_12m"):
        return float(row["average_order_12m"]) * share
    if row.get("revenue_all") and row.get("orders_all"):
        return float(row["revenue_all"]) / float(row["orders_all"]) * share
    return None


def year_money(row: Mapping[str, Any], *, share: float) -> float | None:
    """Margin expected in the next twelve months, the assumed share of the revenue where no cost is known, or None."""
    if row.get("expected_margin_365d") is not None:
        return float(row["expected_margin_365d"])
    return float(row["expected_revenue_365d"]) * share if row.get("expected_revenue_365d") is not None else None


def past_touches(client_ids: Sequence[int], *, on: date) -> dict[int, tuple[PastTouch, ...]]:
    """Contacts of the last year before or on `on`: recorded here, and in the ledger from elsewhere."""
    since = on - timedelta(days=MEMORY_DAYS)
    found: dict[int, list[PastTouch]] = defaultdict(list)
    for client_id, touch in _recorded(client_ids, since=since, until=on):
        found[client_id].append(past_touch(touch))
    if client_ids:
        base = ledger_base()
        if base.ledger.version() >= 0:
            for seen in contacts_of(base, client_ids=client_ids, since=since, until=on, not_from=SOURCE):
                found[seen.client_id].append(
                    PastTouch(
                        on=seen.touched_on,
                        is_ours=seen.direction != "in",
                        kind=seen.kind,
                        reached=not any(word in (seen.result or "").lower() for word in NOT_REACHED),
                    )
                )
    return {who: tuple(sorted(touches, key=lambda touch: touch.on)) for who, touches in found.items()}


def _recorded(client_ids: Sequence[int], *, since: date, until: date) -> Iterator[tuple[int, Touch]]:
    """Touches of these clients under whichever of their merged cards, each with the client."""
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        chunk = client_ids[start : start + IDS_PER_QUERY]
        touches = Touch.objects.filter(standing, client__in=members_of(chunk).values("pk"), on__range=(since, until))
        for touch in touches.annotate(root_id=root_id).order_by("on", "pk"):
            yield touch.root_id, touch


def past_touch(touch: Touch) -> PastTouch:
    return PastTouch(
        on=touch.on,
        is_ours=touch.direction == "out",
        kind=touch.kind,
        reached=touch.result in REACHED_RESULTS,
        ordered=touch.result == Result.ORDERED,
        is_quote=touch.result == Result.QUOTE_SENT,
    )
