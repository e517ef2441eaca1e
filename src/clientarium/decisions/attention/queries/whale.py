"""The whale curve over the published snapshot."""

from dataclasses import dataclass

from clientarium.core.readings import WhaleCurve, WhaleTenth, whale_curve
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import Visitor
from clientarium.decisions.runs import published_snapshot

from ..choices import Basis
from .clients import Words, plain
from .load import ids_asked_by
from .norms import counted_norms


@dataclass(frozen=True)
class Whale:
    """The curve, and conditions that list the clients behind its figures."""

    curve: WhaleCurve
    words: Words

    def tenth_where(self, tenth: WhaleTenth) -> str:
        after = self.words.after
        return f"{after} >= {plain(tenth.smallest)} and {after} <= {plain(tenth.largest)} and {self.words.is_served}"

    @property
    def losers_where(self) -> str:
        return f"{self.words.after} < 0 and {self.words.is_served}"

    @property
    def earners_where(self) -> str:
        return f"{self.words.after} >= 0 and {self.words.is_served}"


def whale_of(*, user: Visitor | None, basis: str = Basis.ALL) -> Whale | None:
    """Of the clients `user` sees; None before the first pulse."""
    snapshot = published_snapshot()
    if snapshot is None:
        return None
    norms = counted_norms()
    cost = norms.cost_per_document() if basis == Basis.DOCUMENTS else None
    curve = whale_curve(ledger_base(), as_of=snapshot.as_of, client_ids=ids_asked_by(user), cost_per_document=cost)
    return Whale(curve, Words(curve.measure, basis, norms))
