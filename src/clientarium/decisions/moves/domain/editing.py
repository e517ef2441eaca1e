"""Changing a draft by hand: one client to another seller, or left where he is, with what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import ToFill, ToPlace, fit_rules_from, worth_of
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.contacts import policy_numbers, working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import expected_of
from clientarium.decisions.portfolios import TermsOn, terms_on, working_sellers

from ..choices import DraftState, MovesVerb
from ..models import Draft, Move
from ..queries.impact import impact_of
from ..queries.problem import Asked, place_of, to_fill
from ..rules import can_redistribute


@dataclass(frozen=True)
class Edit:
    """`change` of the value of the whole, money a year, below zero for a loss: the client's own gain less the prices
    of the place he takes and of the place he frees. `is_over`: the seller would stand above his ceiling."""

    change: float
    is_over: bool


def cost_of_edit(draft: Draft, client: Client, to: Seller | None, *, by: User) -> Edit:
    """What it would cost to give `client` to `to` (None: the pool) in the draft; nothing is written."""
    return costs_of(draft, client, [to], by=by)[0]


def costs_of(draft: Draft, client: Client, sellers: Sequence[Seller | None], *, by: User) -> list[Edit]:
    """The same for each of `sellers`, in their order: the client is read once. Raises PermissionDenied."""
    if not can_redistribute(by):
        raise PermissionDenied
    move = draft.moves.filter(client=client).first()
    placed = move.proposed_id if move else client.holder_id
    chosen = move.chosen_id if move else client.holder_id
    rows = {row.seller and row.seller.pk: row for row in impact_of(draft)}
    day = working_day()
    terms = terms_on(day)
    place = place_of(client.pk, terms, day=day)
    net = {one: _net(draft, place, one, terms) for one in {placed, *(to.pk if to else None for to in sellers)}}

    def edit(wanted: int | None) -> Edit:
        row = rows.get(wanted)
        is_full = row is not None and row.ceiling is not None and row.after.clients + 1 > row.ceiling
        return Edit(round(net[wanted] - net[placed], 2), is_over=is_full and wanted != chosen)

    return [edit(to.pk if to else None) for to in sellers]


@transaction.atomic
def edit_move(draft: Draft, client: Client, to: Seller | None, *, by: User, reason: str = "") -> Move:
    """Give `client` to `to` in the draft whatever the solver says; the cost stands beside the move.

    Raises UserError for a draft that is no draft any more and for a seller who does not work here.
    """
    draft = locked_draft(draft, by=by, states=(DraftState.READY,))
    client = clients_visible_to(by).get(pk=client.pk)
    if to is not None and to.pk not in {one.pk for one in working_sellers(working_day())}:
        raise UserError(N_("“%(seller)s” sells here no more."), cure=N_("Choose somebody who works."), seller=to.name)
    edit = cost_of_edit(draft, client, to, by=by)
    move = draft.moves.filter(client=client).first() or _new_move(draft, client)
    was = move.chosen_id
    move.chosen = to
    move.is_edited, move.edited_by, move.edit_reason, move.cost = True, by, reason.strip(), edit.change
    move.save()
    data = {"client": client.pk, "from": was, "to": to and to.pk, "cost": edit.change}
    record(MovesVerb.MOVE_EDITED, target=draft, by=by, reason=reason.strip(), data=data)
    return move


@transaction.atomic
def take_back_edit(draft: Draft, client: Client, *, by: User) -> None:
    """The solver's word stands again."""
    draft = locked_draft(draft, by=by, states=(DraftState.READY,))
    move = draft.moves.get(client=client)
    data = {"client": client.pk, "from": move.chosen_id, "to": move.proposed_id, "cost": 0}
    move.chosen_id, move.is_edited, move.edited_by = move.proposed_id, False, None
    move.edit_reason, move.cost = "", None
    if move.proposed_id == move.before_id:
        move.delete()
    else:
        move.save()
    record(MovesVerb.MOVE_EDITED, target=draft, by=by, data=data)


def locked_draft(draft: Draft, *, by: User, states: tuple[str, ...]) -> Draft:
    """The draft as it is now, kept from others. Raises PermissionDenied, and UserError in another state."""
    if not can_redistribute(by):
        raise PermissionDenied
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if found.state not in states:
        raise UserError(
            N_("This redistribution is “%(state)s” by now: that cannot be done with it any more."),
            cure=N_("Open the page again."),
            state=str(DraftState(found.state).label),
        )
    return found


def _new_move(draft: Draft, client: Client) -> Move:
    day = working_day()
    place = place_of(client.pk, terms_on(day), day=day)
    month = draft.figures.get("month")
    plan = expected_of([client.pk], date.fromisoformat(month)).get(client.pk) if month else None
    return Move(
        draft=draft,
        client=client,
        before=client.holder,
        proposed=client.holder,
        chosen=client.holder,
        margin=place.margin if place else 0.0,
        hours=place.hours if place else 0.0,
        plan=plan.margin if plan else 0.0,
        reasons=[],
    )


def _net(draft: Draft, place: ToPlace | None, seller_id: int | None, terms: Mapping[int, TermsOn]) -> float:
    """The client's value with a seller less the prices of the place, the hours and the money above the equal part."""
    if place is None:
        return 0.0
    rules = fit_rules_from(policy_numbers())
    if seller_id is None or seller_id not in terms:
        return worth_of(place, None, rules=rules).value
    fill: ToFill = to_fill(terms[seller_id], Asked.of(draft.asked), stopped=0)
    price = draft.portfolios.filter(seller=seller_id).values_list("price", flat=True).first() or 0.0
    hour_price, uneven_price = (
        float(draft.figures.get(name, {}).get(str(seller_id), 0.0)) for name in ("hour_prices", "uneven_prices")
    )
    worth = max(place.margin, rules.least_worth)
    return worth_of(place, fill, rules=rules).value - price - hour_price * place.hours - uneven_price * worth
