"""What the data already knows of a lost client: asked of the facts when his form is opened, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clientarium.core.ground import add_months
from clientarium.core.readings import PriceChange, Touch, client_touches, price_changes
from clientarium.decisions.clients import Client, Holding, LegalEntity, entities_of, holdings_of, state_as_of
from clientarium.decisions.contacts import Touch as Recorded
from clientarium.decisions.contacts import ledger_base, touches_of_client
from clientarium.decisions.people import User

COMPLAINT = "ticket"
COMPLAINTS_BEFORE_DAYS = 183
"""A complaint of the half-year before the last purchase may have to do with it."""
SHOWN = 5
TOUCHES_READ = 300


@dataclass(frozen=True)
class Known:
    """`prices`: his products of the last year with what he and others paid; `complaints`: tickets about the time he
    left; `refusals`: talks in which he refused, with the reason told; `holdings`: who served him, the latest first."""

    prices: Sequence[PriceChange]
    complaints: Sequence[Touch]
    refusals: Sequence[Recorded]
    holdings: Sequence[Holding]
    entities: Sequence[LegalEntity]

    @property
    def is_no_dearer(self) -> bool:
        """His prices are known, and none was up in the end by more than a rounding."""
        rises = [one.rise for one in self.prices if one.rise is not None]
        return bool(rises) and max(rises) <= NOTICED


NOTICED = 0.03
"""A price up by three parts in a hundred is seen by whoever buys by the list."""


def known_of(client: Client, *, last_purchase_on: date | None, by: User) -> Known:
    """The caller has made sure that `by` sees the client."""
    base = ledger_base()
    as_of = state_as_of()
    prices: Sequence[PriceChange] = ()
    touches: Sequence[Touch] = ()
    if as_of is not None and base.ledger.version() >= 0:
        prices = price_changes(base, client_id=client.pk, as_of=as_of)
        touches = client_touches(base, client_id=client.pk, as_of=as_of, limit=TOUCHES_READ)
    refusals = touches_of_client(client, by=by).filter(undone_at__isnull=True).exclude(refusal_reason="")
    return Known(
        prices=prices,
        complaints=[one for one in touches if one.kind == COMPLAINT and _is_about(one, last_purchase_on)][:SHOWN],
        refusals=list(refusals[:SHOWN]),
        holdings=list(holdings_of(client).select_related("seller")[:SHOWN]),
        entities=list(entities_of(client)),
    )


def _is_about(touch: Touch, last_purchase_on: date | None) -> bool:
    if last_purchase_on is None:
        return True
    first = last_purchase_on - timedelta(days=COMPLAINTS_BEFORE_DAYS)
    return first <= touch.touched_on <= add_months(last_purchase_on, 12)
