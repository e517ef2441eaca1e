"""Decisions: written down with owner and day, changed, carried out, dropped, taken up again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to, state_as_of
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.zones import Finding, can_see_zones

from ..choices import DecisionState, Question, ReviewVerb
from ..models import Decision, Review
from ..queries.decisions import decisions_visible_to
from ..rules import can_end_decision
from .holding import require_leading, require_open, text_of

TEXT_CHARACTERS = 2_000
CLIENTS_AT_MOST = 200
WANTED_AT_MOST = 100_000
MOST_MONEY = Decimal(10) ** 18


@dataclass(frozen=True)
class Wording:
    """What a decision says. `owner` None is a person who was not named; `expected` None: no figure was given.

    `wanted`: new clients like those of the `zone`. A change of the words leaves both, and the clients, as they are.
    """

    text: str
    owner: User | None
    due_on: date | None
    expected: Decimal | None = None
    client_ids: Collection[int] = ()
    zone: Finding | None = None
    wanted: int | None = None


@transaction.atomic
def decide(
    review: Review | None, wording: Wording, *, by: User, question: str = "", today: date | None = None
) -> Decision:
    """Write a decision down, in a review or outside of one.

    Raises UserError: no text, nobody to answer for it, an owner who has left, a day that is past, a number of new
    clients nobody attracts, the review is closed; Client.DoesNotExist for a client `by` does not see; PermissionDenied
    for a zone of whoever sees none.
    """
    require_leading(by)
    if wording.zone is not None and not can_see_zones(by):
        raise PermissionDenied
    if review is not None:
        review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        require_open(review)
    if question not in ("", *Question.values):
        raise UserError(N_("A review has no such question."))
    on = working_day(today=today)
    owner, due_on = _owner(wording.owner), _due(wording.due_on, on=on)
    clients = _clients(wording.client_ids, by=by)
    decision = Decision.objects.create(
        review=review,
        question=question,
        text=_text(wording.text),
        owner=owner,
        due_on=due_on,
        expected_effect=_money(wording.expected),
        zone=wording.zone,
        wanted=_wanted(wording),
        as_of=state_as_of(),
        decided_on=on,
        decided_by=by,
    )
    decision.clients.set(clients)
    data: dict[str, Any] = {
        "review": review and review.pk,
        "owner": owner.pk,
        "due_on": due_on,
        "clients": [one.pk for one in clients],
    }
    if decision.zone is not None:
        data |= {"zone": decision.zone.expression, "wanted": decision.wanted}
    record(ReviewVerb.DECIDED, target=decision, by=by, data=data)
    return decision


@transaction.atomic
def change_decision(decision: Decision, wording: Wording, *, by: User, today: date | None = None) -> Decision:
    """Another wording, owner or day of an open decision; the journal keeps the former. The clients stay."""
    require_leading(by)
    decision = _locked(decision, by=by)
    _require_standing(decision)
    before = _said(decision)
    owner = decision.owner if wording.owner == decision.owner else _owner(wording.owner)
    due_on = decision.due_on if wording.due_on == decision.due_on else _due(wording.due_on, on=working_day(today=today))
    decision.text, decision.owner, decision.due_on = _text(wording.text), owner, due_on
    decision.expected_effect = _money(wording.expected)
    after = _said(decision)
    if before != after:
        decision.save()
        changed = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
        record(ReviewVerb.DECISION_CHANGED, target=decision, by=by, data={"changed": changed})
    return decision


@transaction.atomic
def finish_decision(decision: Decision, outcome: str, *, by: User, today: date | None = None) -> Decision:
    """Done, with a word on what came of it. Raises UserError without one, or where it is ended already."""
    return _end(decision, DecisionState.DONE, outcome, by=by, today=today)


@transaction.atomic
def drop_decision(decision: Decision, reason: str, *, by: User, today: date | None = None) -> Decision:
    """Will not be done, with the reason; only whoever leads may say so."""
    require_leading(by)
    return _end(decision, DecisionState.DROPPED, reason, by=by, today=today)


@transaction.atomic
def resume_decision(decision: Decision, *, by: User) -> Decision:
    """Take an ended decision up again: what was written of its end stays in the journal."""
    decision = _locked(decision, by=by)
    _require_ending(decision, by=by)
    if decision.is_open:
        return decision
    if not decision.owner.is_active:
        raise _has_left(decision.owner)
    data = {"state": decision.state, "outcome": decision.outcome, "ended_on": decision.ended_on}
    decision.state, decision.outcome = DecisionState.OPEN, ""
    decision.ended_on = decision.ended_by = None
    decision.save()
    record(ReviewVerb.DECISION_RESUMED, target=decision, by=by, data=data)
    return decision


def _end(decision: Decision, state: DecisionState, word: str, *, by: User, today: date | None) -> Decision:
    decision = _locked(decision, by=by)
    _require_ending(decision, by=by)
    _require_standing(decision)
    word = text_of(word, limit=TEXT_CHARACTERS)
    if not word:
        raise UserError(N_("Say what came of it: the next review opens with it."))
    decision.state, decision.outcome = state, word
    decision.ended_on, decision.ended_by = max(working_day(today=today), decision.decided_on), by
    decision.save()
    verb = ReviewVerb.DECISION_DONE if state == DecisionState.DONE else ReviewVerb.DECISION_DROPPED
    record(verb, target=decision, by=by, reason=word[:500], data={"review": decision.review_id})
    return decision


def _locked(decision: Decision, *, by: User) -> Decision:
    """Raises Decision.DoesNotExist for one `by` does not see."""
    found: Decision = decisions_visible_to(by).select_for_update(of=("self",)).get(pk=decision.pk)
    return found


def _require_ending(decision: Decision, *, by: User) -> None:
    if not can_end_decision(by, owner_id=decision.owner_id):
        raise PermissionDenied


def _require_standing(decision: Decision) -> None:
    if not decision.is_open:
        raise UserError(N_("This decision is ended already."), cure=N_("Take it up again first."))


def _said(decision: Decision) -> dict[str, Any]:
    return {
        "text": decision.text,
        "owner": decision.owner_id,
        "due_on": decision.due_on,
        "expected_effect": decision.expected_effect,
    }


def _text(text: str) -> str:
    text = text_of(text, limit=TEXT_CHARACTERS)
    if not text:
        raise UserError(N_("Write what is decided."))
    return text


def _owner(owner: User | None) -> User:
    if owner is None:
        raise UserError(N_("A decision needs somebody to answer for it."), cure=N_("Choose who."))
    if not owner.is_active:
        raise _has_left(owner)
    return owner


def _has_left(owner: User) -> UserError:
    return UserError(
        N_("%(name)s has left: nobody would answer for the decision."),
        cure=N_("Choose somebody who works here."),
        name=str(owner),
    )


def _due(day: date | None, *, on: date) -> date:
    if day is None:
        raise UserError(N_("A decision needs a day by which it is done."))
    if day < on:
        raise UserError(N_("The day is past already."), cure=N_("Choose today or a later day."))
    return day


def _money(money: Decimal | None) -> Decimal | None:
    if money is not None and not -MOST_MONEY < money < MOST_MONEY:
        raise UserError(N_("The number %(number)s is too large."), number=money)
    return money


def _wanted(wording: Wording) -> int | None:
    if wording.zone is None or wording.wanted is None:
        return None
    if not 0 < wording.wanted <= WANTED_AT_MOST:
        raise UserError(N_("How many new clients: from 1 to %(most)s."), most=WANTED_AT_MOST)
    return wording.wanted


def _clients(client_ids: Collection[int], *, by: User) -> list[Client]:
    wanted = sorted(set(client_ids))
    if len(wanted) > CLIENTS_AT_MOST:
        raise UserError(
            N_("A decision names at most %(limit)s clients."),
            cure=N_("Name the first of them, and the rest in words."),
            limit=CLIENTS_AT_MOST,
        )
    found = list(clients_visible_to(by).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise Client.DoesNotExist
    return found
