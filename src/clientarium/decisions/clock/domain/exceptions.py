"""Exceptions from the clock: a seller asks, a leader decides; each is dated and has its reason."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ClockVerb, ExceptionState
from ..models import ClockException
from ..rules import can_ask_exception, can_decide_exception

LONGEST = timedelta(days=366)
"""A season comes round within a year; a longer exception would be no clock at all."""


@transaction.atomic
def ask_exception(client: Client, *, until: date, reason: str, by: User) -> ClockException:
    """Ask that `client` stay with his holder until `until`; a leader's own word is the decision at once.

    Raises Client.DoesNotExist for a client `by` does not see, UserError: no reason, a day that has passed or is more
    than a year away, another request that still waits.
    """
    if not can_ask_exception(by):
        raise PermissionDenied
    client = clients_visible_to(by).get(pk=client.pk)
    today = working_day()
    _require(until, reason=reason, today=today)
    if ClockException.objects.filter(client=client, state=ExceptionState.ASKED).exists():
        raise UserError(N_("An exception for this client waits for a decision already."))
    asked = ClockException.objects.create(
        client=client,
        until=until,
        until_number=until.toordinal(),
        reason=reason.strip(),
        asked_by=by,
        asked_on=today,
    )
    data = {"until": until, "exception": asked.pk}
    record(ClockVerb.CLOCK_EXCEPTION_ASKED, target=client, by=by, reason=reason, data=data)
    return _decide(asked, ExceptionState.APPROVED, reason="", by=by) if can_decide_exception(by) else asked


@transaction.atomic
def approve_exception(exception: ClockException, *, by: User, reason: str = "") -> ClockException:
    """From now on the clock does not run out before its day. Raises UserError where it was decided already."""
    return _decide(_waiting(exception, by=by), ExceptionState.APPROVED, reason=reason, by=by)


@transaction.atomic
def refuse_exception(exception: ClockException, *, by: User, reason: str) -> ClockException:
    """Leave the clock as it is; the seller is told why. Raises UserError without a reason."""
    if not reason.strip():
        raise UserError(N_("A refusal needs a reason: the seller reads it."))
    return _decide(_waiting(exception, by=by), ExceptionState.REFUSED, reason=reason, by=by)


@transaction.atomic
def end_exception(exception: ClockException, *, by: User, reason: str) -> ClockException:
    """The clock runs by the rule again from today. Raises UserError for what is not in force."""
    exception = _found(exception, by=by)
    if exception.state != ExceptionState.APPROVED:
        raise UserError(N_("This exception is not in force."))
    if not reason.strip():
        raise UserError(N_("Say why the exception ends: the seller reads it."))
    exception.state, exception.ended_by, exception.ended_on = ExceptionState.ENDED, by, working_day()
    exception.save(update_fields=["state", "ended_by", "ended_on"])
    data = {"until": exception.until, "exception": exception.pk}
    record(ClockVerb.CLOCK_EXCEPTION_ENDED, target=exception.client, by=by, reason=reason, data=data)
    return exception


def _decide(exception: ClockException, state: ExceptionState, *, reason: str, by: User) -> ClockException:
    exception.state, exception.decided_by, exception.decided_on = state, by, working_day()
    exception.decision_reason = reason.strip()
    exception.save(update_fields=["state", "decided_by", "decided_on", "decision_reason"])
    is_approved = state == ExceptionState.APPROVED
    verb = ClockVerb.CLOCK_EXCEPTION_APPROVED if is_approved else ClockVerb.CLOCK_EXCEPTION_REFUSED
    data = {"until": exception.until, "exception": exception.pk}
    record(verb, target=exception.client, by=by, reason=reason, data=data)
    return exception


def _waiting(exception: ClockException, *, by: User) -> ClockException:
    exception = _found(exception, by=by)
    if exception.state != ExceptionState.ASKED:
        raise UserError(N_("This was decided already: %(state)s."), state=exception.get_state_display())
    if exception.until < working_day():
        raise UserError(N_("Its last day has passed: nothing is left to decide."))
    return exception


def _found(exception: ClockException, *, by: User) -> ClockException:
    if not can_decide_exception(by):
        raise PermissionDenied
    return ClockException.objects.select_for_update().get(pk=exception.pk)


def _require(until: date, *, reason: str, today: date) -> None:
    if not reason.strip():
        raise UserError(N_("An exception needs a reason: season, a building site that waits, a contract."))
    if until < today:
        raise UserError(N_("The last day of the exception has passed."), cure=N_("Choose a day ahead."))
    if until > today + LONGEST:
        raise UserError(
            N_("An exception lasts a year at most."), cure=N_("Ask again when it ends: the reason may have changed.")
        )
