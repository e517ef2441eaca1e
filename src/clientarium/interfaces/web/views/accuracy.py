"""«Точность»: how right the forecast would have been, where it is bad, and by what it is made."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.decisions.people import rules
from clientarium.decisions.runs import backtests, last_accuracy_run, latest_backtest, start_accuracy
from clientarium.interfaces.web.accuracy_page import AccuracyPage, quarters_chart, reliability_chart
from clientarium.interfaces.web.screens import screen, sees_accuracy
from clientarium.interfaces.web.views.runs import RunRow

CHECKS_SHOWN = 10


@require_GET
@screen(sees_accuracy)
def page(request: HttpRequest) -> HttpResponse:
    """The last check in words and pictures; every method beside the chosen ones at the end."""
    found, run = latest_backtest(), last_accuracy_run()
    context: dict[str, Any] = {
        "check": found,
        "run": RunRow.of(run) if run else None,
        "is_running": run is not None and run.is_live,
        "checks": backtests()[1:CHECKS_SHOWN],
        "can_start": rules.can_run_pulse(request.user),
    }
    if found:
        told = AccuracyPage(found.report, found.chosen)
        context |= {
            "told": told,
            "quarters": quarters_chart(told.quarters) if told.quarters else None,
            "reliability": reliability_chart(told.reliability) if told.reliability else None,
        }
    return render(request, "accuracy/page.html", context)


@require_POST
@screen(rules.can_run_pulse)
def start(request: HttpRequest) -> HttpResponse:
    """Check again now."""
    start_accuracy(by=request.user)
    messages.success(request, _("The forecast is being checked against the past; it takes a few minutes."))
    return redirect("accuracy")
