"""Recording a talk with a client, from the day's list or from his card; taking it back; what to offer him."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core import readings
from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client, members_of
from clientarium.decisions.contacts import (
    PlannedCall,
    Result,
    Touch,
    contact_lines,
    ledger_base,
    record_touch,
    touches_visible_to,
    undo_touch,
    working_day,
)
from clientarium.interfaces.web.context import published_day
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import everyone_signed_in, is_fragment, screen
from clientarium.interfaces.web.talk_form import TalkForm, next_choices, talk_of
from clientarium.interfaces.web.views.card import seen_client, seen_products, seen_state

PRODUCTS_SHOWN = 5
OFFERS_SHOWN = 3


@require_http_methods(["GET", "POST"])
@screen(everyone_signed_in)
def talk(request: HttpRequest, client_id: int) -> HttpResponse:
    """The drawer of one talk; what the domain refuses stands in it, with everything that was written."""
    client = seen_client(request, client_id)
    call = _call(request, client)
    on = call.on if call else working_day()
    contacts = contact_lines([client.pk]).get(client.pk, ())
    if request.method == "GET":
        return _drawer(request, client, call=call, contacts=contacts, on=on)
    try:
        touch = record_touch(client, talk_of(request.POST, contacts), on=on, by=request.user)
    except UserError as error:
        if is_fragment(request):
            return _drawer(request, client, call=call, contacts=contacts, on=on, error=error)
        messages.error(request, said(error))
        return redirect(_back(client, call))
    messages.success(request, _told(touch))
    if not is_fragment(request):
        return redirect(_back(client, call))
    response = HttpResponse(status=204)
    # The browser stands at this address already, but for the part after #: without the number it would not load anew.
    response["HX-Redirect"] = _back(client, call, after=touch)
    return response


@require_POST
@screen(everyone_signed_in)
def undo(request: HttpRequest, touch_id: int) -> HttpResponse:
    """Take a recorded contact back: the line of the day is open again."""
    touch = get_object_or_404(touches_visible_to(request.user).select_related("client"), pk=touch_id)
    call = PlannedCall.objects.filter(outcome=touch).first()
    try:
        undo_touch(touch, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The contact with %(client)s is taken back.") % {"client": touch.client.name})
    return redirect(_back(touch.client, call))


@require_GET
@screen(everyone_signed_in)
def basket(request: HttpRequest, client_id: int) -> HttpResponse:
    """What to speak of: what is due, what he has stopped taking, what others like him take."""
    client = seen_client(request, client_id)
    as_of, state = published_day(request), seen_state(request, client)
    products = seen_products(request, client)
    offers = readings.offers_for(ledger_base(), client_ids=[client.pk], as_of=as_of, most=OFFERS_SHOWN)
    next_on, gap = getattr(state, "next_order_on", None) or as_of, getattr(state, "typical_gap_days", None) or 0
    context = {
        "due": [one for one in products if one.is_due_by(next_on, order_gap_days=gap)][:PRODUCTS_SHOWN],
        "usual": [one for one in products if not one.is_stopped][:PRODUCTS_SHOWN],
        "lost": [one for one in products if one.is_lost][:PRODUCTS_SHOWN],
        "offers": offers.get(client.pk, []),
        "client": client,
    }
    return render(request, "day/_basket.html", context)


def _call(request: HttpRequest, client: Client) -> PlannedCall | None:
    """The line of the day this talk settles, if it is about this client."""
    asked = request.POST.get("call") or request.GET.get("call") or ""
    if not asked.isdecimal():
        return None
    cards = members_of([client.pk]).values("pk")
    return PlannedCall.objects.filter(pk=int(asked), client__in=cards, is_held_out=False).first()


def _drawer(
    request: HttpRequest,
    client: Client,
    *,
    call: PlannedCall | None,
    contacts: Any,
    on: Any,
    error: UserError | None = None,
) -> HttpResponse:
    posted = {name: request.POST[name] for name in request.POST} if request.method == "POST" else {}
    result = posted.get("result") or request.GET.get("result", "")
    form = TalkForm(
        contacts=contacts,
        on=on,
        days=next_choices(seen_state(request, client), on=on),
        said={"kind": "call", "direction": "out", **posted, "result": result if result in Result.values else ""},
    )
    context = {"client": client, "call": call, "form": form, "error": said(error) if error else ""}
    return render(request, "day/_talk.html", context)


def _told(touch: Touch) -> Any:
    """What was recorded, the next day where there is one, and a way back."""
    text = f"{touch.client.name}: {touch.get_result_display()}"
    if touch.next_on:
        text += " · " + _("next on %(day)s") % {"day": f"{touch.next_on:%d.%m.%Y}"}
    button = '{} <button class="btn btn-small toast-undo" form="undo-touch-{}">{}</button>'
    return format_html(button, text, touch.pk, _("Undo"))


def _back(client: Client, call: PlannedCall | None, *, after: Touch | None = None) -> str:
    """The day the line stands in, at the place where the work goes on; else the card."""
    recorded = f"after={after.pk}" if after else ""
    if call is None:
        return reverse("client", args=[client.pk]) + (f"?{recorded}" if recorded else "")
    following = (
        PlannedCall.objects.filter(day_id=call.day_id, outcome__isnull=True, is_held_out=False, rank__gt=call.rank)
        .order_by("rank", "pk")
        .first()
    )
    place = f"#call-{following.pk}" if following else ""
    asked = "&".join(filter(None, [f"on={call.on.isoformat()}", recorded]))
    return f"{reverse('day_of_seller', args=[call.seller_id])}?{asked}{place}"
