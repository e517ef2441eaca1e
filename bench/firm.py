"""A generated firm in a home of its own: facts in the ledger, cards as a table; made once per size and kept."""

import json
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from bench.facts import LAST_DAY, cards, client_keys, staged_payments, staged_sales, staged_touches
from clientarium.core.ledger import Ledger, Snapshots

AS_OF = date.fromisoformat(LAST_DAY)
DEFINITIONS = Path(__file__).parents[1] / "definitions"
LINES_PER_TOUCH = 20
LINES_PER_PAYMENT = 10


@dataclass(frozen=True)
class Firm:
    """`lines` sales of `clients` clients, with touches and payments beside them."""

    home: Path
    lines: int
    clients: int

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.home / "ledger")

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.home / "snapshots")

    def cards(self) -> pa.Table:
        return cards(self.clients)


def make_firm(folder: Path, *, lines: int, clients: int) -> dict[str, float]:
    """Make the firm unless `folder` has it; seconds its loading took."""
    home = firm_in(folder, lines=lines, clients=clients).home
    done = home / "made.json"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        done.parent.mkdir(parents=True)
        done.write_text(json.dumps(_load(home, lines=lines, clients=clients)))
    return dict(json.loads(done.read_text()))


def firm_in(folder: Path, *, lines: int, clients: int) -> Firm:
    """The firm `make_firm` has made there."""
    return Firm(folder / f"firm_{lines}_{clients}", lines, clients)


def _load(home: Path, *, lines: int, clients: int) -> dict[str, float]:
    work = home / "staged"
    staged = {
        "sales": [staged_sales(work, lines=lines, clients=clients)],
        "touches": [staged_touches(work, touches=lines // LINES_PER_TOUCH, clients=clients)],
        "payments": [staged_payments(work, payments=lines // LINES_PER_PAYMENT, clients=clients)],
    }
    started = time.perf_counter()
    Ledger(home / "ledger").load(staged, import_id="bench", source="bench", mode="append", keys=client_keys(clients))
    seconds = time.perf_counter() - started
    shutil.rmtree(work)
    return {"load_seconds": round(seconds, 2)}
