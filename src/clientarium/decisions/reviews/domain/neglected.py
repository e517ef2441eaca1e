"""Question four: valuable clients we under-work. Five signs, each with what it leans on.

Valuable: categories A and B or the layers anchor and growth, still buying. Signs: no contact for longer than the policy
allows; his usual order is late and nobody has spoken to him since; an agreed date that passed without a contact; a
quote nobody followed up; far below what he could buy by his seller's own word. The first have the most money a year.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Q

from clientarium.decisions.contacts import Result, Touch, agreement_of, policy_days, policy_number
from clientarium.decisions.potential import Declared, declared_of

from .found import IDS_AT_ONCE, KEPT, Found, FoundLine, Sight

GRADES = ("AAA", "AA", "A", "B")
LAYERS = ("anchor", "growth")
GONE = ("cold", "lost")
LOOKED_AT = 2_000
"""Of each sign the newest are looked at; a firm with more broken agreements has no use for a list of clients."""

QUIET = "days_since_last_touch"
NO_TOUCHES = "no_touches"
NO_POTENTIAL = "no_potential"
NO_VALUE = "no_value"
MONTHS = 12

LATE_DAYS = 7
"""A week after the last day of the usual order: sooner it is the client's affair, not our neglect."""


def neglected(sight: Sight) -> Found:
    """Valuable clients with at least one sign, by what they bring in a year."""
    if not sight.has("grade") and not sight.has("layer"):
        return Found(0, [], (NO_VALUE,))
    signs: dict[int, dict[str, Any]] = {}
    missing = []
    quiet = _quiet(sight, signs)
    if quiet is None:
        missing.append(NO_TOUCHES)
    else:
        _late(sight, signs)
    _missed(sight, signs)
    _quotes(sight, signs)
    if not _below_potential(sight, signs):
        missing.append(NO_POTENTIAL)
    rows = sight.rows(sorted(signs), sight.money, QUIET)
    if quiet is not None:
        for pk, row in rows.items():
            if row[QUIET] is None or row[QUIET] > policy_days("review_quiet_days"):
                signs[pk]["quiet_days"] = row[QUIET] if row[QUIET] is not None else "never"
    lines = [FoundLine(pk, rows[pk][sight.money], facts) for pk, facts in signs.items() if pk in rows]
    lines.sort(key=lambda line: (-(line.money or Decimal(0)), line.client_id))
    beyond = (quiet or 0) - sum("quiet_days" in line.facts for line in lines)
    return Found(len(lines) + beyond, lines[:KEPT], tuple(missing))


def _valuable(sight: Sight) -> Any:
    value = Q()
    if sight.has("grade"):
        value |= Q(grade__in=GRADES)
    if sight.has("layer"):
        value |= Q(layer__in=LAYERS)
    states = sight.states().filter(value)
    return states.exclude(lifecycle__in=GONE) if sight.has("lifecycle") else states


def _valuable_of(sight: Sight, client_ids: Sequence[int]) -> set[int]:
    wanted = sorted(set(client_ids))
    found: set[int] = set()
    for start in range(0, len(wanted), IDS_AT_ONCE):
        chunk = _valuable(sight).filter(pk__in=wanted[start : start + IDS_AT_ONCE])
        found.update(chunk.order_by().values_list("pk", flat=True))
    return found


def _quiet(sight: Sight, signs: dict[int, dict[str, Any]]) -> int | None:
    """How many valuable clients had no contact for too long; None where no contacts are known at all."""
    if not sight.has(QUIET) or not sight.states().filter(**{f"{QUIET}__isnull": False}).exists():
        return None
    is_quiet = Q(**{f"{QUIET}__gt": policy_days("review_quiet_days")}) | Q(**{f"{QUIET}__isnull": True})
    states = _valuable(sight).filter(is_quiet)
    order = [F(sight.money).desc(nulls_last=True)] if sight.has(sight.money) else []
    for pk in states.order_by(*order, "pk").values_list("pk", flat=True)[:KEPT]:
        signs.setdefault(pk, {})
    return int(states.count())


def _late(sight: Sight, signs: dict[int, dict[str, Any]]) -> None:
    """Whose order is later than his rhythm allows, without a contact since."""
    if not sight.has("next_order_late", "order_overdue_days", "last_touch_on"):
        return
    is_silent = Q(last_touch_on__isnull=True) | Q(last_touch_on__lt=F("next_order_late"))
    late = _valuable(sight).filter(is_silent, order_overdue_days__gte=LATE_DAYS, next_order_late__lt=sight.as_of)
    order = [F(sight.money).desc(nulls_last=True)] if sight.has(sight.money) else []
    for pk, over in late.order_by(*order, "pk").values_list("pk", "order_overdue_days")[:KEPT]:
        signs.setdefault(pk, {})["overdue_days"] = over


def _missed(sight: Sight, signs: dict[int, dict[str, Any]]) -> None:
    """Agreed dates of the last half-year that passed without a contact."""
    since = sight.as_of - timedelta(days=policy_days("strategic_review_days"))
    late = Touch.objects.filter(undone_at__isnull=True, next_on__lt=sight.as_of, next_on__gte=since)
    ids = _roots(late.order_by("-next_on").values_list("client_id", "client__merged_into_id")[:LOOKED_AT])
    valuable = _valuable_of(sight, ids)
    last = _last_touches(sight, valuable)
    for pk, touch in agreement_of(sorted(valuable)).items():
        agreed = touch.next_on
        if agreed is not None and since <= agreed < sight.as_of and (last.get(pk) or touch.on) < agreed:
            signs.setdefault(pk, {})["missed_on"] = agreed


def _quotes(sight: Sight, signs: dict[int, dict[str, Any]]) -> None:
    """Quotes of the last half-year after which nothing came: no contact, no purchase."""
    waited = sight.as_of - timedelta(days=policy_days("quote_wait_days"))
    since = sight.as_of - timedelta(days=policy_days("strategic_review_days"))
    quotes = Touch.objects.filter(undone_at__isnull=True, result=Result.QUOTE_SENT, on__gte=since, on__lte=waited)
    sent: dict[int, date] = {}
    for client_id, merged, on in quotes.order_by("on", "pk").values_list("client_id", "client__merged_into_id", "on")[
        :LOOKED_AT
    ]:
        sent[merged or client_id] = on
    valuable = _valuable_of(sight, list(sent))
    last, rows = _last_touches(sight, valuable), sight.rows(sorted(valuable), "last_purchase_on")
    for pk in valuable:
        bought = rows.get(pk, {}).get("last_purchase_on")
        if (last.get(pk) or sent[pk]) <= sent[pk] and (bought is None or bought < sent[pk]):
            signs.setdefault(pk, {})["quote_on"] = sent[pk]


def _below_potential(sight: Sight, signs: dict[int, dict[str, Any]]) -> bool:
    """Clients who take less than the policy's share of what their sellers say they could; whether anything is said."""
    said = Declared.objects.filter(volume_month__gt=0).order_by("-volume_month")
    ids = _roots(said.values_list("client_id", "client__merged_into_id")[:LOOKED_AT])
    if not ids or not sight.has("revenue_12m"):
        return bool(ids)
    valuable = _valuable_of(sight, ids)
    rows, least = sight.rows(sorted(valuable), "revenue_12m"), policy_number("review_low_share")
    for pk, word in declared_of(valuable).items():
        year = (word.volume_month or Decimal(0)) * MONTHS
        share = Decimal(rows[pk]["revenue_12m"] or 0) / year if year and pk in rows else None
        if share is not None and share < least:
            signs.setdefault(pk, {}).update(potential=year, share=round(float(share), 3))
    return True


def _last_touches(sight: Sight, client_ids: set[int]) -> dict[int, date]:
    """The last contact of each, recorded here or imported."""
    found: dict[int, date] = {}
    for pk, row in sight.rows(sorted(client_ids), "last_touch_on").items():
        if row["last_touch_on"]:
            found[pk] = row["last_touch_on"]
    wanted = sorted(client_ids)
    for start in range(0, len(wanted), IDS_AT_ONCE):
        chunk = wanted[start : start + IDS_AT_ONCE]
        family = Q(client__in=chunk) | Q(client__merged_into__in=chunk)
        touches = Touch.objects.filter(family, undone_at__isnull=True).order_by()
        for client_id, merged, on in touches.values_list("client_id", "client__merged_into_id").annotate(
            on_last=Max("on")
        ):
            root = merged or client_id
            found[root] = max(found.get(root, on), on)
    return found


def _roots(rows: Any) -> list[int]:
    return [merged or client_id for client_id, merged in rows]
