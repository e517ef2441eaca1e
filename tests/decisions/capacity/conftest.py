"""A base of three counted clients, and a table of two."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.decisions.contacts.published import publish
from tests.homes import empty_home

AS_OF = date(2026, 3, 30)
TABLE = (
    "Клиент;Маржа;Монтаж, ч;Неустойка;Вероятность;Слой\n"
    "Мост;300 000;50;100 000;50 %;рост\n"
    "Склад;200 000;50;;;опорный\n"
    "Дом;сто;50;;;\n"
    "Двор;90 000;50;;;\n"
)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    return empty_home(tmp_path, settings, writes_definitions=False)


@pytest.fixture
def counted(home: Path, cast: Any) -> SimpleNamespace:
    """Birch brings most, Cedar less, of Dill nothing is known."""
    many, some = Decimal("900.00"), Decimal("400.00")
    rows: dict[Any, dict[str, Any]] = {
        cast.birch: {"expected_margin_365d": many, "minutes_12m": 120.0, "grade": "A", "layer": "anchor"},
        cast.cedar: {"expected_margin_365d": some, "minutes_12m": 600.0, "grade": "C", "layer": "growth"},
        cast.dill: {"expected_margin_365d": None, "minutes_12m": 30.0, "grade": None, "layer": None},
    }
    publish(AS_OF, rows)
    return SimpleNamespace(**vars(cast))
