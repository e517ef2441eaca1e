"""What a client of several merged cards shows: a pure function of the cards' own values and of the merges in force.

1. A card's own value comes first; where it is unknown, the first of the cards merged into this one that shows a value
   lends it. `Client.borrowed` remembers from whom, so that the own values are never lost.
2. What a person emptied on the card stays empty: the word stands in `borrowed` with null.
3. A KPP is lent only together with its INN: the branch of another firm is not his.
4. On the stop list, or with a bad review, is a client if any of his cards is.
5. A merged card itself holds its own values only. So taking a merge back gives both exactly what they had, and every
   edit and import meanwhile stays where it was made.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ..models import Client, Merge
from ..queries.families import in_force, members_of
from .bulk import ROWS_PER_TRANSACTION
from .card_words import HOLDER, present_value, put_value
from .copies import copy_to_state

LENT = ("code", "inn", "kpp", "city", "segment", HOLDER)
MARKS = ("is_stopped", "has_bad_review")


@dataclass
class Card:
    """A card in its tree: its own values by word, what a person emptied, and the cards merged into it, in order."""

    client_id: int
    own: dict[str, Any]
    emptied: frozenset[str] = frozenset()
    lenders: list["Card"] = field(default_factory=list)


Shown = dict[str, tuple[Any, int]]
"""word → (value, the card it comes from); unknown ones left out."""


def shown_by(card: Card) -> Shown:
    """Everything `card` shows, with what the cards merged into it lend."""
    shown: Shown = {word: (value, card.client_id) for word, value in card.own.items() if value not in (None, False)}
    for lent in map(shown_by, card.lenders):
        wanted = {word: value for word, value in lent.items() if word not in card.emptied}
        branch = wanted.pop("kpp", None)
        shown = {**wanted, **shown}
        if branch and _inn(lent) == _inn(shown):
            shown.setdefault("kpp", branch)
    return shown


def _inn(shown: Shown) -> Any:
    return shown["inn"][0] if "inn" in shown else None


def card_of(client: Client) -> Card:
    """The own values of `client`, whatever he shows."""
    words = [*LENT, *MARKS, *(f"f_{slug}" for slug in client.fields)]
    own = {word: present_value(client, word) for word in words if client.borrowed.get(word) is None}
    emptied = frozenset(word for word, lender in client.borrowed.items() if lender is None)
    return Card(client.pk, own, emptied)


def trees_of(clients: Iterable[Client]) -> dict[int, Card]:
    """Every card of these families by its number, with the cards merged into it."""
    cards = {client.pk: card_of(client) for client in clients}
    edges = Merge.objects.filter(in_force, alias_id__in=cards).order_by("pk").values_list("alias_id", "into_id")
    for alias, into in edges:
        cards[into].lenders.append(cards[alias])
    return cards


def show(client: Client, shown: Mapping[str, tuple[Any, int]]) -> bool:
    """Put `shown` on the row of `client` without saving; whether anything changed."""
    before = ({word: present_value(client, word) for word in (*LENT, *MARKS)}, dict(client.fields), client.borrowed)
    bare(client)
    borrowed = dict(client.borrowed)
    for word, (value, lender) in shown.items():
        if lender != client.pk:
            put_value(client, word, value)
            borrowed[word] = lender
    client.borrowed = borrowed
    after = ({word: present_value(client, word) for word in (*LENT, *MARKS)}, dict(client.fields), client.borrowed)
    return before != after


def bare(client: Client) -> None:
    """Take what is borrowed off the row, without saving."""
    for word in [word for word, lender in client.borrowed.items() if lender is not None]:
        put_value(client, word, False if word in MARKS else None)
    client.borrowed = {word: None for word, lender in client.borrowed.items() if lender is None}


def families_among(client_ids: Collection[int]) -> set[int]:
    """The roots of the families of several cards that `client_ids` belong to."""
    ids = list(client_ids)
    roots: set[int] = set()
    for start in range(0, len(ids), ROWS_PER_TRANSACTION):
        chunk = ids[start : start + ROWS_PER_TRANSACTION]
        merged = Client.objects.filter(Q(pk__in=chunk) | Q(merged_into_id__in=chunk), merged_into__isnull=False)
        roots.update(root for root in merged.values_list("merged_into_id", flat=True) if root is not None)
    return roots


def show_families(roots: Collection[int]) -> None:
    """Bring the rows of these families up to date, within a transaction."""
    if not roots:
        return
    clients = {client.pk: client for client in members_of(roots).select_for_update()}
    trees = trees_of(clients.values())
    changed = []
    for client in clients.values():
        shown = shown_by(trees[client.pk]) if client.merged_into_id is None else {}
        if show(client, shown):
            client.save()
            changed.append(client.pk)
    copy_to_state(changed)


@contextmanager
def own_values(client_ids: Collection[int]) -> Iterator[None]:
    """Inside, the rows of these clients and their families hold their own values only; at the end they show again.

    Within a transaction. Read the rows inside: those read before may hold borrowed values.
    """
    roots = families_among(client_ids)
    for client in Client.objects.select_for_update().filter(pk__in=roots):
        if any(lender is not None for lender in client.borrowed.values()):
            bare(client)
            client.save()
    yield
    show_families(roots)
