# ruff: noqa: S311 -- chance invents a company here, it guards nothing
"""«Металл-Инструмент Трейд»: an invented wholesaler of metal and tools with everything a client base can have.

The files come out as a user's would and go in through the same import. What was planted in them is written beside
them, so that a test can ask whether the program finds it again.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .assortment import make_products
from .attention import make_payments, make_touches
from .clients import make_clients
from .misplaced import misplace
from .origins import FIELD_SLUG, FIELD_TITLE, FIELD_TITLE_EN, ORIGINS, with_origins
from .patterns import PATTERNS
from .planted import LOAD_PERCENT, MARGIN_PERCENT, planted
from .rhythm import purchase_days
from .sales import make_sales
from .size import DEFAULT_END, DEFAULT_SEED, Size
from .words import REGIONS, SELLERS, STRATEGIES
from .writing import write_clients, write_payments, write_products, write_sales, write_sellers, write_touches

__all__ = [
    "COMPANY",
    "DEFAULT_END",
    "DEFAULT_SEED",
    "FIELD_SLUG",
    "FIELD_TITLE",
    "FIELD_TITLE_EN",
    "LOAD_PERCENT",
    "MARGIN_PERCENT",
    "ORIGINS",
    "PATTERNS",
    "REGIONS",
    "SELLERS",
    "STRATEGIES",
    "DemoFiles",
    "Size",
    "generate",
]

COMPANY = "Металл-Инструмент Трейд"


@dataclass(frozen=True)
class DemoFiles:
    """Where the generated files lie, by kind of file and in the order they should be imported."""

    folder: Path
    by_kind: tuple[tuple[str, Path], ...]
    planted: Path


def generate(folder: Path, *, size: Size | None = None) -> DemoFiles:
    """Write the company's files and `planted.json` into `folder`; the same size gives the same bytes of CSV."""
    size = size or Size()
    folder.mkdir(parents=True, exist_ok=True)
    products = make_products(Random(f"{size.seed}/products"))
    clients = with_origins(misplace(make_clients(size), size=size), size=size)
    calendars = [purchase_days(client, size=size) for client in clients]
    lines = make_sales(clients, calendars=calendars, products=products, size=size)
    touches = make_touches(clients, days=[calendar.days for calendar in calendars], size=size)
    payments = make_payments(lines, size=size)
    by_kind = [
        ("sellers", write_sellers(folder=folder)),
        ("clients", write_clients(clients, folder=folder)),
        ("products", write_products(products, folder=folder)),
        *(("sales", path) for path in write_sales(lines, folder=folder)),
        ("touches", write_touches(touches, folder=folder)),
        ("payments", write_payments(payments, folder=folder)),
    ]
    facts = planted(size, clients=clients, calendars=calendars, lines=lines, touches=touches, payments=payments)
    path = folder / "planted.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    return DemoFiles(folder, tuple(by_kind), path)
