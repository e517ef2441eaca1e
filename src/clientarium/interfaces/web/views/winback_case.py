"""One client's win-back: what is known, what the seller found out, how it goes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.people import rules
from clientarium.decisions.potential import declared_of
from clientarium.decisions.winback import (
    BY_PERSON,
    Case,
    Closing,
    can_fill_winback,
    chances_of,
    close_case,
    fill_case,
    known_of,
    latest_case_of,
    latest_reading,
    lost_visible_to,
    past_cases_of,
    read_lost,
    reopen_case,
    sees_winback,
    take_client,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.card import seen_client
from clientarium.interfaces.web.winback_form import CaseForm


@require_http_methods(["GET", "POST"])
@screen(sees_winback)
def form(request: HttpRequest, client_id: int) -> HttpResponse:
    """The form, or the offer to take him into work; POST writes the answers down."""
    client = seen_client(request, client_id)
    case = latest_case_of(client)
    if request.method == "POST":
        return _write(request, client, case)
    return _page(request, client, case)


@require_GET
@screen(sees_winback)
def known(request: HttpRequest, client_id: int) -> HttpResponse:
    """What the data says of him, a fragment: prices, complaints, who served him, his firms."""
    client = seen_client(request, client_id)
    case = latest_case_of(client)
    lost = lost_visible_to(request.user).filter(client=client).first()
    last = case.last_purchase_on if case else lost.last_purchase_on if lost else None
    found = known_of(client, last_purchase_on=last, by=request.user)
    context = {"client": client, "known": found, "sees_money": rules.sees_money(request.user)}
    return render(request, "winback/_known.html", context)


@require_POST
@screen(can_fill_winback)
def take(request: HttpRequest, client_id: int) -> HttpResponse:
    """Take him into work now, whatever the week has given out."""
    client = seen_client(request, client_id)
    try:
        take_client(client, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    return redirect("winback_case", client_id=client.pk)


@require_POST
@screen(can_fill_winback)
def close(request: HttpRequest, client_id: int) -> HttpResponse:
    """Give up, with the reason."""
    client, case = _standing(request, client_id)
    try:
        close_case(case, request.POST.get("closing", ""), note=request.POST.get("note", ""), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
        return redirect("winback_case", client_id=client.pk)
    messages.success(request, _("The win-back is closed; he comes up again after the rest the policy names."))
    return _back(request, client)


@require_POST
@screen(can_fill_winback)
def reopen(request: HttpRequest, client_id: int) -> HttpResponse:
    """Take a closed one up again."""
    client, case = _standing(request, client_id)
    try:
        reopen_case(case, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    return redirect("winback_case", client_id=client.pk)


def _write(request: HttpRequest, client: Client, case: Case | None) -> HttpResponse:
    if case is None or not can_fill_winback(request.user):
        raise Http404
    answered = CaseForm(request.POST, case=case, declared=declared_of([client.pk]).get(client.pk))
    if answered.is_valid():
        try:
            fill_case(case, answered.answers(), by=request.user, seen_at=answered.cleaned_data["seen_at"] or None)
        except UserError as error:
            answered.add_error(None, said(error))
        else:
            messages.success(request, _("Written down: %(name)s.") % {"name": client.name})
            return _back(request, client)
    return _page(request, client, case, answered=answered, status=422)


def _page(
    request: HttpRequest, client: Client, case: Case | None, *, answered: CaseForm | None = None, status: int = 200
) -> HttpResponse:
    read_lost()
    declared = declared_of([client.pk]).get(client.pk)
    reading = latest_reading()
    context: dict[str, Any] = {
        "client": client,
        "case": case,
        "lost": lost_visible_to(request.user).filter(client=client).first(),
        "form": answered or (CaseForm(case=case, declared=declared) if case and not case.closed_on else None),
        "declared": declared,
        "past": [one for one in past_cases_of(client) if case is None or one.pk != case.pk],
        "products": list(case.products.all()) if case else [],
        "chance": _chance(case, reading),
        "fills": can_fill_winback(request.user),
        "closings": [(code, Closing(code).label) for code in BY_PERSON],
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "winback/case.html", context, status=status)


def _chance(case: Case | None, reading: Any) -> Any:
    """The count behind the case's chance, where it is still the one of the latest reading."""
    if case is None or case.chance is None or reading is None:
        return None
    return next((one for one in chances_of(reading) if abs(one.share - case.chance) < SAME_SHARE), None)


SAME_SHARE = 1e-9


def _standing(request: HttpRequest, client_id: int) -> tuple[Client, Case]:
    client = seen_client(request, client_id)
    case = latest_case_of(client)
    if case is None:
        raise Http404
    return client, case


def _back(request: HttpRequest, client: Client) -> HttpResponse:
    """To the list he came from: one's own week, or that of the client's seller."""
    if request.user.seller_id is not None or client.holder_id is None:
        return redirect("winback")
    return redirect("winback_seller", seller_id=client.holder_id)
