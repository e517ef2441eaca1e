"""When each client bought last and how often he does, as of any day: by the definitions of the metrics."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from clientarium.core.metrics import Catalogue, Norms, compute
from clientarium.core.readings.seen_base import VISIBLE, Base, ClientIds

METRICS = ("last_purchase_on", "typical_gap_days", "last_payment_on")


@dataclass(frozen=True)
class Silence:
    """What a client's clock stands on: null is never, and a gap needs two purchase days."""

    last_purchase_on: date | None
    typical_gap_days: float | None
    last_payment_on: date | None


def silence_on(
    base: Base, catalogue: Catalogue, *, norms: Norms, as_of: date, client_ids: ClientIds = None
) -> dict[int, Silence]:
    """client → what stood behind his clock on `as_of`, as the ledger knows it now; clients without facts are absent."""
    with base.facts(client_ids) as seen:
        clients = pa.table({"client_id": pa.array([], pa.int64())})
        relation = compute(seen.engine, catalogue, as_of=as_of, norms=norms, clients=clients, only=METRICS)
        where = f" where client_id in (select client_id from {VISIBLE})" if client_ids is not None else ""
        rows = seen.rows(f"select client_id, {', '.join(METRICS)} from {relation}{where}", step="silence")
    return {row.pop("client_id"): Silence(**row) for row in rows}
