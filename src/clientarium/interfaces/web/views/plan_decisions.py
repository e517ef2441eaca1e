"""Decisions about a month's plan, each one function of the plans' room."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.people import Seller
from clientarium.decisions.plans import (
    answer_growth,
    approve_plan,
    can_answer_growth,
    can_lead_plans,
    line_of,
    override_plan,
    remove_answer,
    remove_override,
    reopen_plan,
    set_figure,
    take_spread,
)
from clientarium.interfaces.web.errors import not_found, said
from clientarium.interfaces.web.plan_forms import FigureForm, OverrideForm, asked_month, typed_money
from clientarium.interfaces.web.plan_page import line_columns
from clientarium.interfaces.web.screens import has_a_day, is_fragment, screen
from clientarium.interfaces.web.views.plans import everybody, seller_page


@require_POST
@screen(can_lead_plans)
def figure(request: HttpRequest) -> HttpResponse:
    """The firm's figure and how it is spread."""
    form, month = FigureForm(request.POST), asked_month(request)
    if not form.is_valid():
        return everybody(request, form=form)
    try:
        set_figure(month, margin=form.cleaned_data["margin"], spread=form.cleaned_data["spread"], by=request.user)
    except UserError as error:
        form.add_error(None, said(error))
        return everybody(request, form=form)
    messages.success(request, _("The figure stands beside the plan of each seller."))
    return _to_month(request)


@require_POST
@screen(can_lead_plans)
def spread(request: HttpRequest) -> HttpResponse:
    """Make the spread figure the plan of every seller."""
    reason = request.POST.get("reason", "")
    text = _("The spread figure is the plan of every seller now; the computed one stays beside it.")
    return _done(request, lambda: take_spread(asked_month(request), reason=reason, by=request.user), text)


@require_POST
@screen(can_lead_plans)
def approve(request: HttpRequest) -> HttpResponse:
    """Freeze the month."""
    text = _("The plan is approved: later counts do not change it.")
    return _done(request, lambda: approve_plan(asked_month(request), by=request.user), text)


@require_POST
@screen(can_lead_plans)
def reopen(request: HttpRequest) -> HttpResponse:
    """Take the approval back."""
    reason = request.POST.get("reason", "")
    text = _("The plan is open again: it is counted anew until it is approved.")
    return _done(request, lambda: reopen_plan(asked_month(request), reason=reason, by=request.user), text)


@require_POST
@screen(can_lead_plans)
def override(request: HttpRequest, seller_id: int) -> HttpResponse:
    """The leader's own figure for a seller, or the computed one again."""
    seller, month = get_object_or_404(Seller, pk=seller_id), asked_month(request)
    if request.POST.get("remove"):
        try:
            remove_override(month, seller, by=request.user)
        except UserError as error:
            messages.error(request, said(error))
        return _to_seller(request, seller)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return seller_page(request, seller, form=form)
    margin = form.cleaned_data["margin"]
    try:
        override_plan(month, seller, margin=margin, reason=form.cleaned_data["reason"], by=request.user)
    except UserError as error:
        form.add_error(None, said(error))
        return seller_page(request, seller, form=form)
    messages.success(request, _("The figure is the seller’s plan; the computed one stays beside it."))
    return _to_seller(request, seller)


@require_POST
@screen(has_a_day)
def growth(request: HttpRequest, client_id: int) -> HttpResponse:
    """What the seller takes on with a client: a sum, 0 for nothing, empty for “not asked”."""
    client = get_object_or_404(clients_visible_to(request.user).select_related("holder"), pk=client_id)
    if client.holder is None or not can_answer_growth(request.user, client.holder):
        return not_found(request)
    month, problem = asked_month(request), ""
    try:
        margin = typed_money(request.POST.get("margin", ""))
        if margin is None:
            remove_answer(month, client, by=request.user)
        else:
            answer_growth(month, client, margin=margin, step=request.POST.get("step", ""), by=request.user)
    except ValidationError as error:
        problem = " ".join(error.messages)
    except UserError as error:
        problem = said(error)
    if not is_fragment(request):
        if problem:
            messages.error(request, problem)
        return _to_seller(request, client.holder)
    context = {
        "line": line_of(client, month, by=request.user),
        "month": month,
        "can_answer": True,
        **line_columns(month),
        "problem": problem,
        "typed": request.POST.get("margin", "") if problem else "",
    }
    return render(request, "plans/_line.html", context, status=422 if problem else 200)


def _done(request: HttpRequest, do: Callable[[], object], text: str) -> HttpResponse:
    try:
        do()
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, text)
    return _to_month(request)


def _to_month(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('plans')}?month={asked_month(request):%Y-%m}")


def _to_seller(request: HttpRequest, seller: Seller) -> HttpResponse:
    address = reverse("plan_of_seller", kwargs={"seller_id": seller.pk})
    return redirect(f"{address}?month={asked_month(request):%Y-%m}")
