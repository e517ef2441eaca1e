"""Win-back as one document."""

from dataclasses import asdict
from typing import Any

from django.db.models import Count, Sum

from clientarium.decisions.winback import Case, LostClient, chances_of, open_cases_of, read_lost

from .days import seller_called


def winback_document(seller: str = "", *, limit: int) -> dict[str, Any]:
    """The lost of all sellers or of one, the dearest first; `as_of` null before the first pulse."""
    reading = read_lost()
    lost = LostClient.objects.filter(client__merged_into__isnull=True)
    if seller:
        lost = lost.filter(client__holder=seller_called(seller))
    sums = lost.order_by().aggregate(clients=Count("pk"), expected=Sum("expected"), past_year=Sum("past_year"))
    shown = list(lost.select_related("client__holder")[:limit])
    cases = open_cases_of([one.client_id for one in shown])
    return {
        "as_of": reading.as_of if reading else None,
        "measure": reading.measure if reading else None,
        "clients": sums["clients"],
        "expected": sums["expected"] or 0,
        "past_year": sums["past_year"] or 0,
        "chances": [asdict(chance) for chance in chances_of(reading)] if reading else [],
        "lost": [_line(one, cases.get(one.client_id)) for one in shown],
    }


def _line(one: LostClient, case: Case | None) -> dict[str, Any]:
    return {
        "client_id": one.client_id,
        "client": one.client.name,
        "seller": one.client.holder.name if one.client.holder else None,
        "last_purchase_on": one.last_purchase_on,
        "lost_on": one.lost_on,
        "past_year": one.past_year,
        "chance": one.chance,
        "expected": one.expected,
        "bad_review": one.client.has_bad_review,
        "progress": case.progress.value if case else None,
        "progress_title": str(case.progress.label) if case else "",
        "alive": case.alive or None if case else None,
        "reason": str(case.reason) if case and case.reason else None,
        "next_step": case.next_step or None if case else None,
        "next_on": case.next_on if case else None,
        "first_purchase_on": case.first_purchase_on if case else None,
    }
