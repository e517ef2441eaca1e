"""Recording a contact with a client, taking it back, correcting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, cards_visible_to, clients_visible_to, members_of
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import (
    DATED_RESULTS,
    REACHED_RESULTS,
    ContactVerb,
    Direction,
    Finding,
    NoNextReason,
    RefusalReason,
    Result,
    TouchKind,
    Verified,
)
from ..models import PlannedCall, Touch
from ..queries.forecasts import forecast_of
from ..rules import can_record_touch, can_undo_touch
from .verifications import Check, contact_of, write_checks

COMMENT_CHARACTERS = 5_000
LONGEST_MINUTES = Decimal(24 * 60)
YEARS_AHEAD_DAYS = 2 * 366
"""A date agreed further ahead than two years is a slip of the finger."""


@dataclass(frozen=True)
class Talk:
    """What happened, as the person says it; refuses to be built wrong (UserError with the cure).

    `minutes` None: not measured, the norm of the kind counts. Exactly one of `next_on` and `no_next_reason` where a
    person was reached; `refusal_reason` exactly where he refused.
    """

    result: str
    kind: str = TouchKind.CALL
    direction: str = Direction.OUT
    minutes: Decimal | None = None
    refusal_reason: str = ""
    comment: str = ""
    next_on: date | None = None
    no_next_reason: str = ""
    contact_id: int | None = None
    checks: Sequence[Check] = ()

    def __post_init__(self) -> None:
        _require_known(self)
        if self.result in DATED_RESULTS and self.next_on is None:
            raise UserError(N_("When to call again?"), cure=N_("Choose the day you agreed on."))
        if self.result in REACHED_RESULTS and self.next_on is None and not self.no_next_reason:
            raise UserError(
                N_("Every talk ends with an agreed date."), cure=N_("Choose the next day, or say why there is none.")
            )
        if self.next_on is not None and self.no_next_reason:
            raise UserError(N_("Either the next day or the reason why there is none, not both."))
        if self.result == Result.REFUSED and not self.refusal_reason:
            raise UserError(N_("Why did he refuse?"), cure=N_("Choose the reason."))
        if self.result != Result.REFUSED and self.refusal_reason:
            raise UserError(N_("A reason of refusal belongs to a refusal."))
        if self.refusal_reason == RefusalReason.OTHER and not self.comment.strip():
            raise UserError(N_("Write in the comment why he refused."))
        if len(self.comment) > COMMENT_CHARACTERS:
            raise UserError(N_("At most %(limit)s characters fit here."), limit=COMMENT_CHARACTERS)
        if self.minutes is not None and not 0 <= self.minutes <= LONGEST_MINUTES:
            raise UserError(N_("Minutes are between 0 and a day."))


def _require_known(talk: Talk) -> None:
    asked = (
        (talk.result, Result.values),
        (talk.kind, TouchKind.values),
        (talk.direction, Direction.values),
        (talk.refusal_reason, ["", *RefusalReason.values]),
        (talk.no_next_reason, ["", *NoNextReason.values]),
    )
    for word, known in asked:
        if word not in known:
            raise UserError(
                N_("“%(word)s” is not a known answer."),
                cure=N_("Use one of: %(known)s."),
                word=word,
                known=", ".join(filter(None, known)),
            )


@transaction.atomic
def record_touch(client: Client, talk: Talk, *, on: date, by: User, corrects: Touch | None = None) -> Touch:
    """Record that `by` was in contact with `client` on day `on`; the day's line, if there is one, is done.

    Raises Client.DoesNotExist for a client `by` does not see, UserError for a next date before `on`.
    """
    assert can_record_touch(by)
    client = clients_visible_to(by).get(pk=client.pk)
    _require_sensible_dates(talk, on=on)
    contact = contact_of(client, talk.contact_id)
    touch = Touch.objects.create(
        client=client,
        seller_id=by.seller_id or client.holder_id,
        by=by,
        on=on,
        kind=talk.kind,
        direction=talk.direction,
        minutes=talk.minutes,
        result=talk.result,
        refusal_reason=talk.refusal_reason,
        comment=talk.comment.replace("\0", "").strip(),
        next_on=talk.next_on,
        no_next_reason=talk.no_next_reason,
        contact=contact,
        forecast=forecast_of(client.pk),
        corrects=corrects,
    )
    checks = list(talk.checks)
    if talk.result == Result.WRONG_NUMBER and contact:
        checks.append(Check(what=Verified(contact.kind), finding=Finding.WRONG, contact_id=contact.pk))
    write_checks(client, checks, on=on, by=by, touch=touch)
    _settle_line(touch)
    data: dict[str, Any] = {"touch": touch.pk, "on": on, "result": touch.result, "next_on": touch.next_on}
    record(ContactVerb.TOUCH_RECORDED, target=client, by=by, data=data)
    return touch


@transaction.atomic
def undo_touch(touch: Touch, *, by: User, reason: str = "") -> Touch:
    """Take a recorded contact back: the line is open again, its checks and its agreed date count no more.

    Raises UserError if it was taken back before, or recorded by somebody else (who leads the sellers may).
    """
    touch = Touch.objects.select_for_update().filter(client__in=cards_visible_to(by)).get(pk=touch.pk)
    if not can_undo_touch(by, recorded_by_id=touch.by_id):
        raise UserError(N_("Only who recorded it, or a head of sales, takes a contact back."))
    if touch.is_undone:
        raise UserError(N_("This contact was already taken back."))
    touch.undone_at, touch.undone_by = timezone.now(), by
    touch.save(update_fields=["undone_at", "undone_by"])
    _reopen_lines(touch)
    data = {"touch": touch.pk, "on": touch.on, "result": touch.result}
    record(ContactVerb.TOUCH_UNDONE, target=touch.client, by=by, reason=reason, data=data)
    return touch


@transaction.atomic
def correct_touch(touch: Touch, talk: Talk, *, by: User, on: date | None = None) -> Touch:
    """The contact as it really was; the old record stays, taken back. Raises as undo_touch and record_touch do."""
    undone = undo_touch(touch, by=by)
    return record_touch(undone.client.merged_into or undone.client, talk, on=on or undone.on, by=by, corrects=undone)


def _require_sensible_dates(talk: Talk, *, on: date) -> None:
    if talk.next_on is None:
        return
    if talk.next_on < on:
        raise UserError(N_("The next contact would be before this one."), cure=N_("Choose a later day."))
    if (talk.next_on - on).days > YEARS_AHEAD_DAYS:
        raise UserError(N_("The next contact is more than two years ahead."), cure=N_("Choose an earlier day."))


def _settle_line(touch: Touch) -> None:
    """The line of that day about the client is done by this contact; an earlier attempt gives way to a later one."""
    lines = PlannedCall.objects.filter(client__in=_cards_of(touch), on=touch.on, is_held_out=False)
    lines.update(outcome=touch)


def _reopen_lines(touch: Touch) -> None:
    """Back to the attempt before it on that day, or open."""
    before = (
        Touch.objects.filter(client__in=_cards_of(touch), on=touch.on, undone_at__isnull=True)
        .exclude(pk=touch.pk)
        .order_by("-pk")
        .first()
    )
    PlannedCall.objects.filter(outcome=touch).update(outcome=before)


def _cards_of(touch: Touch) -> QuerySet[Client, Any]:
    """All cards that are the client of this contact now."""
    return members_of([touch.client.merged_into_id or touch.client_id]).values("pk")
