"""The clock: who turns cold and when, the rule, exceptions; its line on the card and its warnings in «Мой день»."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clientarium.decisions.clock import (
    ExceptionState,
    PurchaseIs,
    Rule,
    RuleKind,
    can_ask_exception,
    can_decide_exception,
    can_set_clock,
    clock_states,
    clocks_in,
    clocks_of,
    exceptions_visible_to,
    rule_versions,
    rules_on,
    waiting_exceptions,
)
from clientarium.decisions.contacts import can_lead_days, can_see_day, working_day
from clientarium.decisions.people import Seller, rules
from clientarium.interfaces.web.clock_page import clock_list, counted
from clientarium.interfaces.web.clock_words import clock_sentence, rule_sentences
from clientarium.interfaces.web.errors import not_found
from clientarium.interfaces.web.screens import everyone_signed_in, has_a_day, screen
from clientarium.interfaces.web.templatetags.figures import on_day
from clientarium.interfaces.web.views.card import seen_client

EXCEPTIONS_SHOWN = 50
VERSIONS_SHOWN = 20
NAMED_IN_DAY = 3


@require_GET
@screen(has_a_day)
def page(request: HttpRequest) -> HttpResponse:
    """Everybody's clocks for who leads, one's own for a seller; `?seller=` asks for one portfolio."""
    leads = can_lead_days(request.user)
    seller = _asked_seller(request) if leads else request.user.seller
    if not leads and seller is None:
        return render(request, "day/nobody.html")
    day = working_day()
    on = rules_on(day, today=day)
    counts, by_seller = counted(request, day=day, on=on, seller=seller)
    rule = on.of(seller.pk if seller else None)
    context = {
        "day": day,
        "leads": leads,
        "seller": seller,
        "counts": counts,
        "list": clock_list(request, day=day, on=on, seller=seller, counts=counts),
        "sellers": _sellers(by_seller) if leads and seller is None else [],
        "waiting": waiting_exceptions(request.user, day)[:EXCEPTIONS_SHOWN],
        "in_force": exceptions_visible_to(request.user).filter(state=ExceptionState.APPROVED, until__gte=day)[
            :EXCEPTIONS_SHOWN
        ],
        "asks": can_ask_exception(request.user),
        "decides": can_decide_exception(request.user),
        "sets": can_set_clock(request.user),
        "sees_money": rules.sees_money(request.user),
        "rule": rule,
        "is_own": seller is not None and seller.pk in on.by_seller,
        "sentences": rule_sentences(rule),
        "versions": _versions(seller, leads=leads),
        "kinds": RuleKind.choices,
        "purchases": PurchaseIs.choices,
    }
    return render(request, "clock/page.html", context)


@require_GET
@screen(everyone_signed_in)
def of_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """The clock's line on the card."""
    client = seen_client(request, client_id)
    (clock,) = clocks_of([client.pk], by=request.user) or (None,)
    if clock is None:
        return HttpResponse()
    asked = exceptions_visible_to(request.user).filter(client=client, state=ExceptionState.ASKED).first()
    context = {
        "client": client,
        "clock": clock,
        "sentence": clock_sentence(clock, day=on_day(clock.cold_on), on=on_day(clock.last_purchase_on)),
        "rule": rules_on(working_day()).of(clock.holder_id),
        "asked": asked,
        "asks": can_ask_exception(request.user) and asked is None,
    }
    return render(request, "clock/_of_client.html", context)


@require_GET
@screen(has_a_day)
def soon(request: HttpRequest, seller_id: int) -> HttpResponse:
    """The warnings of «Мой день»: who of this seller's clients turns cold next; empty where nobody does."""
    seller = get_object_or_404(Seller, pk=seller_id)
    if not can_see_day(request.user, seller):
        return not_found(request)
    day = working_day()
    on = rules_on(day, today=day)
    first, second, last = on.firm.warn_days
    states = clock_states(request.user, day, rules=on).filter(holder_id=seller.pk, days_left__gt=0)
    clocks = clocks_in(states.filter(days_left__lte=first), day=day, rules=on)
    if not clocks:
        return HttpResponse()
    lefts = [one.days_left or 0 for one in clocks]
    counts = [(days, sum(left <= days for left in lefts)) for days in (first, second, last)]
    context = {
        "clocks": clocks[:NAMED_IN_DAY],
        "rest": len(clocks) - NAMED_IN_DAY,
        "counts": counts,
        "is_urgent": counts[-1][1] > 0,
        "seller": seller,
        "is_own": request.user.seller_id == seller.pk,
    }
    return render(request, "clock/_soon.html", context)


def _versions(seller: Seller | None, *, leads: bool) -> list[Rule]:
    """The firm's versions and the portfolio's; a leader who asks for nobody sees those of all."""
    rows = rule_versions()
    if seller is not None or not leads:
        rows = rows.filter(Q(seller__isnull=True) | Q(seller=seller))
    return list(rows[:VERSIONS_SHOWN])


def _asked_seller(request: HttpRequest) -> Seller | None:
    text = request.GET.get("seller", "")
    return get_object_or_404(Seller, pk=int(text)) if text.isdecimal() else None


def _sellers(by_seller: dict[int, Any]) -> list[tuple[Seller, Any]]:
    """Those with clients near cold first."""
    found = Seller.objects.in_bulk(list(by_seller))
    rows = [(found[pk], counts) for pk, counts in by_seller.items()]
    return sorted(rows, key=lambda row: (-row[1].soon, -row[1].cold, row[0].name))
