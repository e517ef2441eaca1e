"""«Помогли ли звонки?»: orders after calls on time, off time and without a call; the group without calls."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.contacts import (
    can_lead_days,
    current_hold_out,
    effect_of_calls_between,
    hold_out_plan,
    hold_outs,
    start_hold_out,
    stop_hold_out,
    working_day,
)
from clientarium.interfaces.web.effect_page import answer_by_call, answer_by_time, group_rows
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.hold_out_form import HoldOutForm
from clientarium.interfaces.web.screens import screen

PERIODS = {"quarter": 91, "half": 182, "year": 365}
LONGEST = "year"
"""The usual one: differences show only where many clients are counted."""

ROUNDS_SHOWN = 10


@require_GET
@screen(can_lead_days)
def page(request: HttpRequest) -> HttpResponse:
    """What is known of what calls give, and the switch of the experiment."""
    return _page(request)


@require_POST
@screen(can_lead_days)
def start(request: HttpRequest) -> HttpResponse:
    """Draw the group without calls; a refused form comes back with what was written."""
    form = HoldOutForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        hold_out = start_hold_out(**form.words(), first_day=working_day(), by=request.user)
    except UserError as error:
        form.add_error(None, said(error))
        return _page(request, form=form)
    size = hold_out.clients.count()
    text = ngettext(
        "The group is drawn: %(n)s client is left without calls until %(day)s.",
        "The group is drawn: %(n)s clients are left without calls until %(day)s.",
        size,
    )
    messages.success(request, text % {"n": size, "day": f"{hold_out.last_day:%d.%m.%Y}"})
    return redirect("effect")


@require_POST
@screen(can_lead_days)
def stop(request: HttpRequest) -> HttpResponse:
    """Dissolve the group; what was measured stays."""
    hold_out = current_hold_out(working_day())
    if hold_out is None:
        messages.error(request, _("No group without calls is there now."))
        return redirect("effect")
    try:
        stop_hold_out(hold_out, reason=request.POST.get("reason", "").strip(), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The group is dissolved: its clients come back to the lists of the day."))
    return redirect("effect")


def _page(request: HttpRequest, *, form: HoldOutForm | None = None) -> HttpResponse:
    last = working_day()
    period = request.GET.get("period", LONGEST)
    period = period if period in PERIODS else LONGEST
    found = effect_of_calls_between(last - timedelta(days=PERIODS[period] - 1), last, by=request.user)
    plan = hold_out_plan()
    context = {
        "found": found,
        "period": period,
        "rows": group_rows(found.effect),
        "by_call": answer_by_call(found.effect),
        "by_time": answer_by_time(found.effect),
        "plan": plan,
        "form": form or HoldOutForm.by_policy(plan),
        **_rounds(last),
    }
    return render(request, "day/effect.html", context, status=422 if form else 200)


def _rounds(on: date) -> dict[str, Any]:
    """The round running on `on`, with how many days it has still to go, and those before it."""
    running = current_hold_out(on)
    rounds = list(hold_outs()[: ROUNDS_SHOWN + 1])
    return {
        "running": next((one for one in rounds if running and one.pk == running.pk), None),
        "days_left": (running.last_day - on).days + 1 if running else 0,
        "rounds": [one for one in rounds if not running or one.pk != running.pk][:ROUNDS_SHOWN],
    }
