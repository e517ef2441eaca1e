"""A seller's choice: his whole list by worth, a mark on each, and what the marks mean while he makes them."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clock import clocks_of
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller
from clientarium.decisions.potential import declared_of
from clientarium.decisions.waves import (
    Wave,
    WaveState,
    can_mark,
    can_see_waves,
    counter_of,
    keep_first,
    mark_clients,
    marks_of,
    waves_visible_to,
)
from clientarium.interfaces.web.errors import not_found, said, user_error
from clientarium.interfaces.web.listing import visible
from clientarium.interfaces.web.screens import is_fragment, screen

ROWS_SHOWN = 100
WORTH = ("expected_margin_365d", "margin_12m", "revenue_12m")
"""What a list is sorted by: the first of these the published state has."""


@require_GET
@screen(can_see_waves)
def page(request: HttpRequest, wave_id: int) -> HttpResponse:
    """One's own list; a leader sees any seller's (`?seller=`), and marks for him while he is away."""
    wave, seller = _asked(request, wave_id)
    if seller is None:
        return not_found(request)
    try:
        counter = counter_of(wave, seller, by=request.user)
    except UserError as error:
        return user_error(request, error)
    day = working_day()
    context = {
        "wave": wave,
        "seller": seller,
        "counter": counter,
        "day": day,
        "is_open": wave.state == WaveState.OPEN and day <= wave.closes_on,
        "is_own": request.user.seller_id == seller.pk,
        **_rows(request, wave, seller),
    }
    return render(request, "waves/mine.html", context)


@require_POST
@screen(can_see_waves)
def mark(request: HttpRequest, wave_id: int) -> HttpResponse:
    """One mark (`client`, in `keep` or not), or all of a page (`shown`, those in `keep`); the counter comes back."""
    wave, seller = _asked(request, wave_id)
    if seller is None:
        return not_found(request)
    day, by = working_day(), request.user
    try:
        if "client" in request.POST:
            keeps = request.POST["client"] in request.POST.getlist("keep")
            mark_clients(wave, seller, _numbers(request, "client"), keeps=keeps, day=day, by=by)
        else:
            shown, kept = set(_numbers(request, "shown")), set(_numbers(request, "keep"))
            mark_clients(wave, seller, sorted(shown - kept), keeps=False, day=day, by=by)
            mark_clients(wave, seller, sorted(shown & kept), keeps=True, day=day, by=by)
    except UserError as error:
        return _refused(request, wave, seller, error)
    if not is_fragment(request):
        return redirect(_address(request, wave, seller))
    context = {"wave": wave, "seller": seller, "counter": counter_of(wave, seller, by=by), "is_open": True}
    return render(request, "waves/_counter.html", context)


@require_POST
@screen(can_see_waves)
def first(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Mark the `count` dearest and unmark the rest."""
    wave, seller = _asked(request, wave_id)
    if seller is None:
        return not_found(request)
    count = next(iter(_numbers(request, "count")), 0)
    try:
        keep_first(wave, seller, count, order=_worth(request), day=working_day(), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    return redirect(_address(request, wave, seller))


def _asked(request: HttpRequest, wave_id: int) -> tuple[Wave, Seller | None]:
    """The wave, and whose list it is about; None where it is not this person's to see."""
    wave = get_object_or_404(waves_visible_to(request.user), pk=wave_id)
    text = (request.POST if request.method == "POST" else request.GET).get("seller", "")
    seller_id = int(text) if text.isdecimal() else request.user.seller_id
    seller = Seller.objects.filter(pk=seller_id).first() if seller_id else None
    return wave, seller if seller is not None and can_mark(request.user, seller) else None


def _address(request: HttpRequest, wave: Wave, seller: Seller) -> str:
    own = request.user.seller_id == seller.pk
    page = request.POST.get("page", "")
    asked = [
        part for part in ("" if own else f"seller={seller.pk}", f"page={page}" if page.isdecimal() else "") if part
    ]
    return reverse("wave_mine", args=[wave.pk]) + ("?" + "&".join(asked) if asked else "")


def _refused(request: HttpRequest, wave: Wave, seller: Seller, error: UserError) -> HttpResponse:
    if not is_fragment(request):
        messages.error(request, said(error))
        return redirect(_address(request, wave, seller))
    counter = counter_of(wave, seller, by=request.user)
    context = {"wave": wave, "seller": seller, "counter": counter, "error": said(error)}
    return render(request, "waves/_counter.html", context)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal()]


def _worth(request: HttpRequest) -> str:
    names = {field.name for field in visible(request).model._meta.get_fields()}
    return next((word for word in WORTH if word in names), "")


def _rows(request: HttpRequest, wave: Wave, seller: Seller) -> dict[str, Any]:
    """A page of his clients, the dearest first."""
    text = request.GET.get("page", "1")
    number = max(1, int(text)) if text.isdecimal() else 1
    word = _worth(request)
    states = visible(request).filter(holder=seller)
    ordered = states.order_by(F(word).desc(nulls_last=True), "pk") if word else states.order_by("search_name", "pk")
    begin = (number - 1) * ROWS_SHOWN
    shown = list(ordered[begin : begin + ROWS_SHOWN + 1])
    has_more = len(shown) > ROWS_SHOWN
    ids = [state.pk for state in shown[:ROWS_SHOWN]]
    kept, said_of = marks_of(wave, seller.pk, ids), declared_of(ids)
    clocks = {clock.client_id: clock for clock in clocks_of(ids, by=request.user, day=working_day())}
    rows = [
        {
            "state": state,
            "worth": getattr(state, word, None) if word else None,
            "keeps": state.pk in kept,
            "clock": clocks.get(state.pk),
            "declared": said_of.get(state.pk),
        }
        for state in shown[:ROWS_SHOWN]
    ]
    return {
        "rows": rows,
        "worth_is": word,
        "page": number,
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if has_more else None,
    }
