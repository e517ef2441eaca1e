"""Pulses from the command line; imported only when a home is open."""

from datetime import date
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.runs import Run, RunState, run_now, start_pulse

from .progress import Listener


def pulsed(as_of: date | None, *, engine: str, listener: Listener, force: bool = False) -> dict[str, Any]:
    """Queue a pulse, do it in this process and return what it made. Raises UserError if it was cancelled."""
    return finished(run_now(start_pulse(as_of=as_of, engine=engine, by=None, force=force), listener=listener))


def finished(run: Run) -> dict[str, Any]:
    """The result of a run that ended well; UserError for one that somebody stopped or that failed elsewhere."""
    if run.state == RunState.DONE:
        return dict(run.result or {})
    message = run.message or {}
    if run.state == RunState.FAILED and message:
        cure = (message.get("cure") or {}).get("msgid", "")
        raise UserError(message["msgid"], cure=cure, place=message.get("place") or "", **message.get("params", {}))
    raise UserError(N_("The run was stopped."), cure=N_("Start it again when you like."))
