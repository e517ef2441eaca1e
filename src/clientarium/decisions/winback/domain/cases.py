"""Filling in a case, closing it, taking it up again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.potential import declare, declared_of

from ..choices import BY_PERSON, Alive, Closing, WinbackVerb
from ..models import Case, Reason
from ..queries.cases import cases_visible_to, open_case_of
from ..queries.lost import lost_visible_to
from ..rules import can_fill_winback
from .reading import read_lost
from .weeks import open_cases

TEXT_CHARACTERS = 5_000
STEP_CHARACTERS = 300
TEXTS = {"reason_note": TEXT_CHARACTERS, "conditions": TEXT_CHARACTERS, "next_step": STEP_CHARACTERS}


@dataclass(frozen=True)
class Answers:
    """What the seller found out; an empty answer was not asked for yet, which is not the same as 0 or "no"."""

    alive: str = ""
    reason_id: int | None = None
    reason_note: str = ""
    volume_month: Decimal | None = None
    assortment: str = ""
    conditions: str = ""
    next_step: str = ""
    next_on: date | None = None


@transaction.atomic
def take_client(client: Client, *, by: User) -> Case:
    """Take a lost client into work now, whatever the week has given out: the open case where there is one.

    Raises UserError for a client who is not lost, Client.DoesNotExist for one `by` does not see.
    """
    require_filling(by)
    client = clients_visible_to(by).select_for_update().get(pk=client.pk)
    standing = open_case_of(client)
    if standing is not None:
        return standing
    read_lost()
    lost = lost_visible_to(by).filter(client=client).first()
    if lost is None:
        raise UserError(
            N_("“%(name)s” is not among the lost."), cure=N_("Win-back is for who stopped buying."), name=client.name
        )
    return open_cases([lost], seller=client.holder, on=working_day(), monday=None, by=by)[0]


@transaction.atomic
def fill_case(case: Case, answers: Answers, *, by: User, seen_at: str | None = None, today: date | None = None) -> Case:
    """Write the answers down; “the firm is closed” closes the case. `seen_at`: `changed_at` of what the writer saw.

    Raises UserError: closed meanwhile, changed by somebody else, a next date that is past, an unknown reason.
    """
    case = _open(case, by=by)
    if seen_at and seen_at != case.changed_at.isoformat():
        raise UserError(N_("Somebody has filled in this form meanwhile."), cure=N_("Look at the new answers first."))
    on = working_day(today=today)
    before = _said(case)
    for name, limit in TEXTS.items():
        setattr(case, name, _text(getattr(answers, name), limit))
    case.alive, case.reason = _alive(answers.alive), _reason(answers.reason_id, now=case.reason_id)
    if answers.next_on is not None and answers.next_on < on and answers.next_on != case.next_on:
        raise UserError(N_("The next date is past already."), cure=N_("Choose today or a later day."))
    case.next_on = answers.next_on
    potential = _declare(case, answers, by=by, on=on)
    if case.filled_on is None and is_filled(case):
        case.filled_on, case.filled_by = on, by
    if by.seller_id is not None:
        case.seller_id = by.seller_id  # who works on it has the result
    after = _said(case)
    if after != before or potential:
        case.changed_at = timezone.now()
        case.save()
        changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
        record(WinbackVerb.WINBACK_FILLED, target=case.client, by=by, data={"case": case.pk, "changed": changed})
    if case.alive == Alive.NO:
        return _close(case, Closing.NOT_ALIVE, note="", by=by, on=on)
    return case


@transaction.atomic
def close_case(case: Case, closing: str, *, note: str, by: User, today: date | None = None) -> Case:
    """Give up, with the reason. Raises UserError without one; a case nobody has filled in is filled in first."""
    case = _open(case, by=by)
    if closing not in BY_PERSON:
        raise UserError(N_("Say how it ended."))
    note = _text(note, TEXT_CHARACTERS)
    if not note:
        raise UserError(N_("Say why: the review will ask."))
    if case.first_purchase_on is not None:
        raise UserError(N_("He has bought already: lead him to the second purchase."))
    return _close(case, Closing(closing), note=note, by=by, on=working_day(today=today))


@transaction.atomic
def reopen_case(case: Case, *, by: User) -> Case:
    """Take a closed case up again. Raises UserError where another is open, or he is won back."""
    require_filling(by)
    case = cases_visible_to(by).select_for_update(of=("self",)).get(pk=case.pk)
    if case.closed_on is None:
        return case
    if case.closing == Closing.WON:
        raise UserError(N_("He is won back: there is nothing to take up again."))
    if open_case_of(case.client.merged_into or case.client) is not None:
        raise UserError(N_("Another win-back of this client is open already."))
    data = {"case": case.pk, "closing": case.closing, "closed_on": case.closed_on}
    if case.closing == Closing.NOT_ALIVE:
        case.alive = ""
    case.closed_on, case.closing, case.closing_note, case.closed_by = None, "", "", None
    case.changed_at = timezone.now()
    case.save()
    record(WinbackVerb.WINBACK_REOPENED, target=case.client, by=by, data=data)
    return case


def require_filling(by: User) -> None:
    if not can_fill_winback(by):
        raise PermissionDenied


def is_filled(case: Case) -> bool:
    """Enough is known to go on: closed; or alive (or not found out), why he left, and the next step with its day."""
    if case.alive == Alive.NO:
        return True
    return bool(case.alive and case.reason_id and case.next_step and case.next_on)


def _open(case: Case, *, by: User) -> Case:
    require_filling(by)
    found: Case = cases_visible_to(by).select_for_update(of=("self",)).get(pk=case.pk)
    if found.closed_on is not None:
        raise UserError(N_("This win-back is closed."), cure=N_("Take it up again first."))
    return found


def _close(case: Case, closing: Closing, *, note: str, by: User, on: date) -> Case:
    case.closed_on, case.closing, case.closing_note, case.closed_by = max(on, case.opened_on), closing, note, by
    if case.filled_on is None:
        case.filled_on, case.filled_by = on, by
    case.changed_at = timezone.now()
    case.save()
    data = {"case": case.pk, "closing": closing}
    record(WinbackVerb.WINBACK_CLOSED, target=case.client, by=by, reason=note, data=data)
    return case


def _declare(case: Case, answers: Answers, *, by: User, on: date) -> bool:
    """The potential, where it was said and is news."""
    client = case.client.merged_into or case.client
    if answers.volume_month is None and not answers.assortment.strip():
        return False
    before = declared_of([client.pk]).get(client.pk)
    said = declare(client, volume=answers.volume_month, assortment=answers.assortment, by=by, on=on)
    return before is None or said.pk != before.pk


def _said(case: Case) -> dict[str, Any]:
    names = ("alive", "reason_id", "reason_note", "conditions", "next_step", "next_on")
    return {name: getattr(case, name) for name in names}


def _alive(text: str) -> str:
    if text and text not in Alive.values:
        raise UserError(N_("Say whether the firm is alive."))
    return text


def _reason(reason_id: int | None, *, now: int | None) -> Reason | None:
    if reason_id is None:
        return None
    reason = Reason.objects.filter(pk=reason_id).first()
    if reason is None or (reason.is_removed and reason.pk != now):
        raise UserError(N_("Choose a reason from the list."))
    return reason


def _text(text: str, limit: int) -> str:
    text = text.replace("\0", "").strip()
    if len(text) > limit:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=limit)
    return text
