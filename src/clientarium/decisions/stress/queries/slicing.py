"""Whole industries, cities and sellers' clients: how much would be missing without each."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Sum, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from clientarium.core.readings import Slice, slices
from clientarium.decisions.clients import CustomField, FieldType, custom_fields, states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User

from .lottery import lottery_of
from .version import Version, current_version

FIELDS = ("segment", "city", "seller")
VALUES_SHOWN = 6
SLICES_KEPT = 8

OWN_FIELDS = 3
"""Of the company's own fields with a list of choices the first few: each is a reading of all states."""


@dataclass(frozen=True)
class NamedSlice:
    """`share` of the margin of the whole base."""

    slice: Slice
    share: float | None
    own: CustomField | None = None

    def title(self, language: str) -> str:
        """Of the company's own field; empty for a field every card has."""
        if self.own is None:
            return ""
        return self.own.title_ru if language == "ru" else self.own.title_en or self.own.title_ru

    @property
    def condition(self) -> str:
        return f"{self.slice.field} = '{self.slice.value.replace(chr(39), chr(39) * 2)}'"


def slices_of(*, by: User) -> dict[str, list[NamedSlice]]:
    """Field → its dearest values; fields of the card that hold one value are left out. Raises PermissionDenied."""
    version, whole = current_version(by), lottery_of(by=by)
    found: dict[str, list[NamedSlice]] = {}
    if version is None or whole is None:
        return found
    margin = whole.outlook.margin
    for one in _slices(version):
        found.setdefault(one.field, []).append(NamedSlice(one, one.margin / margin if margin > 0 else None))
    for field in custom_fields().filter(type=FieldType.CHOICE).order_by("pk")[:OWN_FIELDS]:
        rows = [NamedSlice(one, one.margin / margin if margin > 0 else None, field) for one in _own(field, by=by)]
        if len(rows) > 1:
            found[field.word] = rows
    return found


def _own(field: CustomField, *, by: User) -> list[Slice]:
    """The values of an own field whose clients are expected to bring most; where no cost is known there is no sum."""
    states: Any = states_visible_to(by).annotate(
        own_value=Cast(KeyTextTransform(field.slug, "client__fields"), TextField())
    )
    rows = (
        states.filter(own_value__isnull=False)
        .exclude(own_value="")
        .order_by()
        .values_list("own_value")
        .annotate(clients=Count("pk"), margin=Sum("expected_margin_365d"))
    )
    found = [Slice(field.word, str(value), clients, float(margin or 0)) for value, clients, margin in rows]
    return sorted(found, key=lambda one: (-one.margin, one.value))[:VALUES_SHOWN]


@lru_cache(maxsize=SLICES_KEPT)
def _slices(version: Version) -> tuple[Slice, ...]:
    return tuple(slices(ledger_base(), version.asked, fields=FIELDS, most=VALUES_SHOWN))
