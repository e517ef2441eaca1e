"""Background work: what runs, how long its steps took, the pulse button."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import Message, UserError
from clientarium.decisions.people import rules
from clientarium.decisions.runs import Run, cancel_run, message_of, runs, start_pulse
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.screens import screen

RUNS_SHOWN = 40


@dataclass(frozen=True)
class RunRow:
    """A run with what the list says about it."""

    run: Run
    as_of: date | None
    seconds: float | None
    problem: Message | None
    cure: Message | None

    @classmethod
    def of(cls, run: Run) -> "RunRow":
        problem, cure = message_of(run.message) if run.message else (None, None)
        as_of = parse_date((run.result or {}).get("as_of") or "") if run.result else None
        took = (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else None
        return cls(run, as_of, took, problem, cure)


@require_GET
@screen(rules.can_run_pulse)
def page(request: HttpRequest) -> HttpResponse:
    """The newest runs."""
    return render(request, "runs/page.html", _listed())


@require_GET
@screen(rules.can_run_pulse)
def fragment(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for again while something runs."""
    return render(request, "runs/_list.html", _listed())


@require_POST
@screen(rules.can_run_pulse)
def start(request: HttpRequest) -> HttpResponse:
    """Queue a pulse, for a date if one was given."""
    try:
        start_pulse(as_of=_date_or_none(request.POST.get("as_of", "")), by=request.user)
    except UserError as error:
        return user_error(request, error)
    messages.success(request, _("The base is being counted."))
    return redirect("runs")


@require_POST
@screen(rules.can_import)
def cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stop a run; what it began is taken back."""
    cancel_run(get_object_or_404(Run, pk=run_id), by=request.user)
    messages.success(request, _("The run is being stopped."))
    return redirect("runs")


def _listed() -> dict[str, object]:
    rows = [RunRow.of(run) for run in runs()[:RUNS_SHOWN]]
    return {"rows": rows, "any_live": any(row.run.is_live for row in rows)}


def _date_or_none(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
