"""Writes of the clock's pages: the rule, a portfolio's own, exceptions."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.clock import (
    ExceptionState,
    Rule,
    approve_exception,
    ask_exception,
    can_ask_exception,
    can_decide_exception,
    can_set_clock,
    clocks_of,
    end_exception,
    exceptions_visible_to,
    refuse_exception,
    set_firm_rule,
    set_seller_rule,
    withdraw_rule,
)
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller
from clientarium.interfaces.web.clock_form import day_from, own_rule_from, rule_from
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.card import seen_client


@require_POST
@screen(can_set_clock)
def set_rule(request: HttpRequest) -> HttpResponse:
    """The firm's rule from today or a day ahead."""

    def work() -> str:
        day = day_from(request.POST, "valid_from")
        rule = set_firm_rule(
            rule_from(request.POST), valid_from=day, reason=request.POST.get("reason", ""), by=request.user
        )
        return _("The rule is in force.") if rule.applied_at else _("The rule is announced; it begins on its day.")

    return _done(request, work)


@require_POST
@screen(can_set_clock)
def set_own(request: HttpRequest, seller_id: int) -> HttpResponse:
    """A portfolio's own rule, or the firm's again."""
    seller = get_object_or_404(Seller, pk=seller_id)

    def work() -> str:
        set_seller_rule(
            seller,
            own_rule_from(request.POST),
            valid_from=day_from(request.POST, "valid_from"),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
        return _("Saved.")

    return _done(request, work)


@require_POST
@screen(can_set_clock)
def withdraw(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take back an announced rule."""
    rule = get_object_or_404(Rule, pk=rule_id)
    return _done(request, lambda: (withdraw_rule(rule, by=request.user), _("The announced rule is withdrawn."))[1])


@require_http_methods(["GET", "POST"])
@screen(can_ask_exception)
def ask(request: HttpRequest, client_id: int) -> HttpResponse:
    """The form of an exception, and asking for it."""
    client = seen_client(request, client_id)
    if request.method == "POST":
        return _done(request, lambda: _asked(request, client))
    (clock,) = clocks_of([client.pk], by=request.user) or (None,)
    context = {
        "client": client,
        "clock": clock,
        "day": working_day(),
        "decides": can_decide_exception(request.user),
        "back": request.GET.get("back", ""),
    }
    return render(request, "clock/_ask.html", context)


@require_POST
@screen(can_decide_exception)
def decide(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Approve, refuse or end an exception."""
    exception = get_object_or_404(exceptions_visible_to(request.user), pk=exception_id)
    reason, answer = request.POST.get("reason", ""), request.POST.get("answer", "")

    def work() -> str:
        if answer == "approve":
            approve_exception(exception, by=request.user, reason=reason)
            return _("The exception is in force.")
        if answer == "end":
            end_exception(exception, by=request.user, reason=reason)
            return _("The clock runs by the rule again.")
        refuse_exception(exception, by=request.user, reason=reason)
        return _("The exception is refused.")

    return _done(request, work)


def _asked(request: HttpRequest, client: Client) -> str:
    until = day_from(request.POST, "until")
    asked = ask_exception(client, until=until, reason=request.POST.get("reason", ""), by=request.user)
    if asked.state == ExceptionState.APPROVED:
        return _("The exception is in force.")
    return _("Asked. The head of sales decides.")


def _done(request: HttpRequest, work: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, work())
    except UserError as error:
        messages.error(request, said(error))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("clock")
