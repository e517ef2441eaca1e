"""What a new seller has to know of a client on one sheet: who he is, his rhythm, what he buys, what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clientarium.core.readings import Product, client_products, client_touches
from clientarium.decisions.clients import (
    Client,
    Holding,
    LegalEntity,
    Note,
    current_publication,
    entities_of,
    holdings_of,
    notes_of,
    state_as_of,
    states_visible_to,
)
from clientarium.decisions.contacts import (
    ContactLine,
    Touch,
    agreement_of,
    contact_lines,
    ledger_base,
    touches_of_client,
    working_day,
)
from clientarium.decisions.people import Seller, User, sees_money
from clientarium.decisions.potential import Declared, declared_of
from clientarium.decisions.winback import Case

from .problem import SellersOfFiles, shares_of_past

CONTACTS_SHOWN = 5
PRODUCTS_SHOWN = 10
NOTES_SHOWN = 5
OWN_SOURCE = "clientarium"
"""Contacts recorded here stand in the ledger too: there they are read without their words."""


@dataclass(frozen=True)
class PastContact:
    """One of the last contacts: recorded here (`touch`, with words), or told by another system."""

    on: date
    kind: str
    who: str
    result: str
    comment: str = ""
    touch: Touch | None = None


@dataclass(frozen=True)
class HandOver:
    """`state`: the published row, None before the first pulse. `buys` dearest first; `stopped`: no longer taken.

    `served`: (seller, his share of what was sold to the client in three years), the largest first. `agreed`: the talk
    in which the next contact was agreed; `case`: the open case of winning him back; `declared`: what sellers think he
    could buy.
    """

    client: Client
    state: Any
    as_of: date | None
    contacts: Sequence[ContactLine]
    entities: Sequence[LegalEntity]
    buys: Sequence[Product]
    stopped: Sequence[Product]
    agreed: Touch | None
    last_contacts: Sequence[PastContact]
    notes: Sequence[Note]
    holdings: Sequence[Holding]
    served: Sequence[tuple[str, float]]
    case: Case | None
    declared: Declared | None


def hand_over_of(client: Client, *, by: User) -> HandOver:
    """The sheet of a client `by` sees; the caller has made sure of that."""
    publication = current_publication()
    day = working_day()
    products = _products(client, by=by)
    states = states_visible_to(by, publication=publication)
    cases = Case.objects.filter(client=client, closed_on__isnull=True).select_related("reason")
    return HandOver(
        client=client,
        state=states.filter(pk=client.pk).first(),
        as_of=publication.as_of if publication else None,
        contacts=contact_lines([client.pk]).get(client.pk, ()),
        entities=list(entities_of(client)),
        buys=[one for one in products if not one.is_stopped][:PRODUCTS_SHOWN],
        stopped=[one for one in products if one.is_stopped][:PRODUCTS_SHOWN],
        agreed=agreement_of([client.pk]).get(client.pk),
        last_contacts=last_contacts(client, by=by, until=day),
        notes=list(notes_of(client).select_related("author").order_by("-pk")[:NOTES_SHOWN]),
        holdings=list(holdings_of(client).select_related("seller")[:NOTES_SHOWN]),
        served=served_by(client) if sees_money(by) else (),
        case=cases.first(),
        declared=declared_of([client.pk]).get(client.pk),
    )


def last_contacts(client: Client, *, by: User, until: date) -> list[PastContact]:
    """The last five contacts up to `until`, recorded here or known from elsewhere, the latest first."""
    ours = touches_of_client(client, by=by).filter(undone_at__isnull=True, on__lte=until)[:CONTACTS_SHOWN]
    found = [
        PastContact(one.on, str(one.get_kind_display()), str(one.by), str(one.get_result_display()), one.comment, one)
        for one in ours
    ]
    names = SellersOfFiles()
    theirs = client_touches(ledger_base(), client_id=client.pk, as_of=until, client_ids=[client.pk])
    found += [
        PastContact(one.touched_on, one.kind, names.name(one.source, one.seller), one.result or "")
        for one in theirs
        if one.source != OWN_SOURCE and one.touched_on <= until
    ][:CONTACTS_SHOWN]
    return sorted(found, key=lambda one: one.on, reverse=True)[:CONTACTS_SHOWN]


def served_by(client: Client) -> list[tuple[str, float]]:
    """Who sold to him, by the sales themselves: holdings may be younger than the relation."""
    as_of = state_as_of()
    if as_of is None:
        return []
    shares = shares_of_past([client.pk], until=as_of).get(client.pk, {})
    names = dict(Seller.objects.filter(pk__in=list(shares)).values_list("pk", "name"))
    return sorted(((names[pk], share) for pk, share in shares.items()), key=lambda one: -one[1])


def _products(client: Client, *, by: User) -> list[Product]:
    """The dearest first; by the number of purchases for whoever sees no money, not even by its order."""
    as_of = state_as_of()
    if as_of is None:
        return []
    found = client_products(ledger_base(), client_id=client.pk, as_of=as_of, client_ids=[client.pk])
    return found if sees_money(by) else sorted(found, key=lambda one: (-one.days, one.title))
