"""The current state as a Django model: made from the list of columns its publication stored."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from clientarium.core.ground.expressions import Name, ValueType

from ..choices import Stage
from ..models import BareState, StateColumns, StateTable

MODELS_KEPT = 16
"""Publications whose model a process remembers; a page needs one, tests make many."""

MONEY_DIGITS, MONEY_PLACES = 24, 4
"""The facts hold money with four decimals."""

FIELDS: dict[ValueType, Any] = {
    ValueType.NUMBER: lambda: models.FloatField(null=True),
    ValueType.MONEY: lambda: models.DecimalField(null=True, max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES),
    ValueType.INTEGER: lambda: models.BigIntegerField(null=True),
    ValueType.TEXT: lambda: models.TextField(null=True),
    ValueType.DATE: lambda: models.DateField(null=True),
    ValueType.BOOLEAN: lambda: models.BooleanField(null=True),
}


def current_publication() -> StateTable | None:
    """The publication in force; read from the database, so that every process notices a new one."""
    return StateTable.objects.filter(stage=Stage.CURRENT).first()


def state_model(publication: StateTable | None = None) -> type[StateColumns]:
    """The model of `publication`, of the current one by default; BareState before the first."""
    publication = publication or current_publication()
    if publication is None:
        return BareState
    return model_of(publication.table, tuple((column["name"], column["type"]) for column in publication.columns))


def published_columns(publication: StateTable | None = None) -> list[Name]:
    """The words `publication` (by default the current one) adds to the vocabulary, in its order."""
    publication = publication or current_publication()
    return [name_of(column) for column in publication.columns] if publication else []


def state_as_of() -> date | None:
    """The date for which the current state was computed."""
    publication = current_publication()
    return publication.as_of if publication else None


@dataclass(frozen=True)
class StateStamp:
    """Which rows the current state has: equal stamps, equal rows. Sums over a million are remembered under it."""

    home: str
    token: str | None
    changes: int


def state_stamp(publication: StateTable | None = None) -> StateStamp:
    """The stamp of `publication`, of the current one by default."""
    publication = publication or current_publication()
    home = str(settings.CLIENTARIUM_HOME)
    return StateStamp(home, publication.token, publication.changes) if publication else StateStamp(home, None, 0)


@lru_cache(maxsize=MODELS_KEPT)
def model_of(table: str, columns: tuple[tuple[str, str], ...]) -> type[StateColumns]:
    """A model over `table`; kept out of Django's registry, which would take it for something to migrate."""
    meta = type("Meta", (), {"db_table": table, "managed": False, "app_label": "clients"})
    name = "State" + table.rpartition("_")[2]
    fields = {column: FIELDS[ValueType(kind)]() for column, kind in columns}
    made = type(
        name, (StateColumns,), {"__module__": __name__, "Meta": meta, "__str__": lambda row: row.name, **fields}
    )
    del apps.all_models["clients"][name.lower()]
    apps.clear_cache()
    return made


def name_of(column: dict[str, Any]) -> Name:
    choices = column.get("choices")
    # Published before this was kept: every figure is hidden until the next pulse.
    tells_money = column.get("tells_money", column["type"] not in (ValueType.TEXT, ValueType.DATE))
    return Name(
        column["name"],
        ValueType(column["type"]),
        column.get("title_ru") or column["name"],
        column.get("title_en") or column["name"],
        tuple(choices) if choices else None,
        column.get("unit", ""),
        tells_money,
    )


def column_of(name: Name) -> dict[str, Any]:
    """What a publication stores about one column."""
    return {
        "name": name.name,
        "type": name.type.value,
        "title_ru": name.title_ru,
        "title_en": name.title_en,
        "choices": list(name.choices) if name.choices else None,
        "unit": name.unit,
        "tells_money": name.tells_money,
    }
