"""«Волна выбора»: the waves, and one as the leader sees it: who has chosen whom, who leaves, what came of it."""

from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clientarium.core.ground import add_months
from clientarium.decisions.clients import Client
from clientarium.decisions.contacts import working_day
from clientarium.decisions.waves import (
    Fate,
    Outcome,
    SellerChoice,
    Wave,
    WaveState,
    can_lead_waves,
    can_see_waves,
    counters_of,
    deal_month,
    deals_of,
    takes_part,
    waves_visible_to,
    without_deal,
)
from clientarium.interfaces.web.listing import visible
from clientarium.interfaces.web.screens import screen

ROWS_SHOWN = 100


@require_GET
@screen(can_see_waves)
def page(request: HttpRequest) -> HttpResponse:
    """All waves, the newest first; whoever leads opens the next one here."""
    day = working_day()
    found = waves_visible_to(request.user).select_related("by")
    context = {
        "waves": list(found.annotate(marks=Count("choices"))),
        "leads": can_lead_waves(request.user),
        "marks": takes_part(request.user),
        "day": day,
        "ends": add_months(day, 1),
    }
    return render(request, "waves/page.html", context)


@require_GET
@screen(can_see_waves)
def of_wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """The leader's page; a seller comes to his own list while it is open, to what came of it after."""
    wave = get_object_or_404(waves_visible_to(request.user), pk=wave_id)
    leads = can_lead_waves(request.user)
    if wave.state == WaveState.OPEN and not leads:
        return redirect("wave_mine", wave.pk)
    day = working_day()
    context: dict[str, Any] = {"wave": wave, "leads": leads, "day": day, "is_late": day > wave.closes_on}
    if wave.state == WaveState.OPEN:
        counters = counters_of(wave, by=request.user, day=day)
        silent = [one.seller.name for one, _at in counters if one.held.held and not one.kept.held]
        context |= {"counters": counters, "silent": silent}
    else:
        context |= _closed(request, wave)
    if wave.state == WaveState.APPROVED:
        until = deal_month(wave)[1]
        context |= {
            "deals": deals_of(wave, by=request.user, day=day),
            "until": until,
            "is_over": day > until,
            "passed_on": _named(request, without_deal(wave, by=request.user, day=day)),
        }
    return render(request, "waves/wave.html", context)


def _closed(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """What the closing wrote: of each seller, and the unmarked clients by worth (`?seller=` of one, `?page=`)."""
    leads = can_lead_waves(request.user)
    sellers: QuerySet[SellerChoice] = wave.sellers.select_related("seller").order_by("seller__name", "seller")
    outcomes: QuerySet[Outcome] = wave.outcomes.exclude(fate=Fate.KEPT)
    if not leads:
        sellers = sellers.filter(seller=request.user.seller_id)
        outcomes = outcomes.filter(seller=request.user.seller_id)
    chosen = list(sellers)
    word = _worth(request)
    states = visible(request).filter(pk__in=outcomes.values("client"))
    fates = dict(outcomes.order_by().values_list("fate").annotate(n=Count("pk")).values_list("fate", "n"))
    return {
        "sellers": chosen,
        "kept": sum(one.kept for one in chosen),
        "plan": sum(one.plan_margin for one in chosen),
        "silent": [one.seller.name for one in chosen if one.held and not one.kept],
        "pool_count": fates.get(Fate.POOL, 0),
        "spared_count": fates.get(Fate.SPARED, 0),
        "pool_money": states.aggregate(money=Sum(word))["money"] if word else None,
        **_leaving(request, outcomes, word),
    }


def _leaving(request: HttpRequest, outcomes: "QuerySet[Outcome]", word: str) -> dict[str, Any]:
    """A page of the unmarked, the dearest first."""
    asked = request.GET.get("seller", "")
    if asked.isdecimal():
        outcomes = outcomes.filter(seller=int(asked))
    text = request.GET.get("page", "1")
    number = max(1, int(text)) if text.isdecimal() else 1
    states = visible(request).filter(pk__in=outcomes.values("client"))
    order = (F(word).desc(nulls_last=True), "pk") if word else ("search_name", "pk")
    begin = (number - 1) * ROWS_SHOWN
    shown = list(states.order_by(*order)[begin : begin + ROWS_SHOWN + 1])
    rows, has_more = shown[:ROWS_SHOWN], len(shown) > ROWS_SHOWN
    about = {one.client_id: one for one in outcomes.filter(client__in=[s.pk for s in rows]).select_related("seller")}
    return {
        "rows": [{"state": s, "outcome": about[s.pk], "worth": getattr(s, word, None) if word else None} for s in rows],
        "asked_seller": asked if asked.isdecimal() else "",
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if has_more else None,
    }


def _worth(request: HttpRequest) -> str:
    names = {field.name for field in visible(request).model._meta.get_fields()}
    return next((word for word in ("expected_margin_365d", "margin_12m", "revenue_12m") if word in names), "")


def _named(request: HttpRequest, client_ids: list[int]) -> list[Client]:
    rows = visible(request).filter(pk__in=client_ids[:ROWS_SHOWN]).select_related("holder")
    return list(rows.order_by("search_name", "pk"))
