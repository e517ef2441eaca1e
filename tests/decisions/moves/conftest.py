"""A base to be divided: Anna holds six clients, Boris two, three belong to nobody."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cast import make_client
from tests.decisions.contacts.published import publish
from tests.homes import empty_home

AS_OF = date(2026, 3, 30)

MARGINS = {"А1": 90_000, "А2": 80_000, "А3": 70_000, "А4": 60_000, "А5": 50_000, "А6": 40_000}
OTHERS = {"Б1": 30_000, "Б2": 20_000, "П1": 55_000, "П2": 10_000}


@pytest.fixture
def definitions_home(tmp_path: Path, settings: Any) -> Path:
    return empty_home(tmp_path, settings, writes_definitions=False)


@pytest.fixture
def divided(definitions_home: Path, cast: Any) -> SimpleNamespace:
    return divide(cast)


def divide(cast: Any) -> SimpleNamespace:
    """The cast with its clients, and ten more by name; published as of Monday 30 March 2026."""
    holders = {"А": cast.anna_sells, "Б": cast.boris_sells, "П": None}
    clients = {name: make_client(name, holder=holders[name[0]]) for name in MARGINS | OTHERS}
    rows = {clients[name]: living(margin) for name, margin in (MARGINS | OTHERS).items()}
    publish(AS_OF, rows)
    return SimpleNamespace(**vars(cast), clients=clients)


def living(margin: float) -> dict[str, Any]:
    return {
        "last_purchase_on": date(2026, 3, 20),
        "typical_gap_days": 28.0,
        "expected_margin_365d": margin,
        "orders_12m": 12,
        "orders_all": 24,
        "margin_12m": margin,
        "grade": "B",
        "layer": "growth",
        "lifecycle": "active",
    }


def draft_of(by: Any, *, ceiling: int | None = None, **wishes: Any) -> Any:
    """A draft made here and now, without the queue."""
    from clientarium.decisions.moves import start_draft
    from clientarium.decisions.moves.domain.making import make_draft

    draft = start_draft(by=by, ceiling=ceiling, **wishes)
    make_draft(draft)
    draft.refresh_from_db()
    return draft


def holdings() -> list[tuple[Any, ...]]:
    """Every holding and every holder, as the database keeps them."""
    from clientarium.decisions.clients import Client, Holding

    held = Holding.objects.order_by("pk").values_list(
        "pk", "client", "seller", "first_day", "last_day", "cause", "reason"
    )
    return [*held, *Client.objects.order_by("pk").values_list("pk", "holder", "borrowed")]


def held_by(seller: Any) -> set[str]:
    from clientarium.decisions.clients import Client

    return set(Client.objects.filter(holder=seller, merged_into__isnull=True).values_list("name", flat=True))
