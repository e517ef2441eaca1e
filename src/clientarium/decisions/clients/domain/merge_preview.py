"""What a client would be after a merge, before anybody decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clientarium.decisions.people import Seller

from ..models import Client
from ..queries.families import members_of
from ..queries.publication import current_publication, state_model
from .card_words import HOLDER
from .families import Shown, shown_by, trees_of

FIGURES = ("orders_all", "revenue_12m", "margin_12m", "last_purchase_on")


@dataclass(frozen=True)
class MergePreview:
    """`shown`: word → (value, the card it comes from) of `into` afterwards; figures of each by word, from the state."""

    alias: Client
    into: Client
    shown: Shown
    holder: Seller | None
    figures: dict[int, dict[str, Any]]

    @property
    def borrowed(self) -> dict[str, Any]:
        """What `into` would get from the other: word → value."""
        before = self.into.borrowed
        gained = {word: value for word, (value, lender) in self.shown.items() if lender != self.into.pk}
        return {word: value for word, value in gained.items() if word not in before}


def preview_merge(alias: Client, *, into: Client) -> MergePreview:
    """What `into` shows, and who holds him, once `alias` is merged into him."""
    cards = trees_of(members_of([alias.pk, into.pk]))
    cards[into.pk].lenders.append(cards[alias.pk])
    shown = shown_by(cards[into.pk])
    holder = shown.get(HOLDER)
    return MergePreview(
        alias=alias,
        into=into,
        shown=shown,
        holder=Seller.objects.get(pk=holder[0]) if holder else None,
        figures=figures_of([alias.pk, into.pk]),
    )


def figures_of(client_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """FIGURES of each client as published; unknown ones left out."""
    publication = current_publication()
    if publication is None:
        return {client_id: {} for client_id in client_ids}
    state = state_model(publication)
    names = [name for name in FIGURES if name in {field.name for field in state._meta.get_fields()}]
    rows = {row.pop("pk"): row for row in state._default_manager.filter(pk__in=client_ids).values("pk", *names)}
    return {
        client_id: {name: value for name, value in rows.get(client_id, {}).items() if value is not None}
        for client_id in client_ids
    }
