"""Pages of a list without counting rows: each begins where another ended, however the list has grown meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import BooleanField, F, FloatField, Q, QuerySet
from django.db.models.expressions import Combinable

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Name, ValueType

from ..models import StateColumns
from .sql import Sql
from .words import is_postgres, output_field, place_of

PAGE_SIZE = 50
LARGEST_PAGE = 200
"""CHECKS.md 19."""

TRIED_FIRST = 5_000
"""Rows at the head of a list that are tried for a condition before all are; some 30 ms on either database."""

SALT = "clients.paging"
SORT_BY_NAME = "search_name"
NAME_OF_SORT = Name(SORT_BY_NAME, ValueType.TEXT, "Название", "Name")


@dataclass(frozen=True)
class Sort:
    """`-margin_12m` is descending; clients without a value come last either way."""

    word: str
    descending: bool
    type: ValueType

    @property
    def text(self) -> str:
        return f"-{self.word}" if self.descending else self.word


@dataclass(frozen=True)
class Page:
    """States of one page; `next` and `previous` are cursors, null where there is nothing more."""

    states: list[Any]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Place:
    """Between two rows: right after (or, going back, before) the row with this value and client."""

    value: Any
    client_id: int
    backwards: bool


def read_sort(text: str, vocabulary: Mapping[str, Name]) -> Sort:
    """Raises UserError for a word that `vocabulary` lacks: also for one that this user may not see."""
    word = text.removeprefix("-")
    word = SORT_BY_NAME if word == "name" else word
    name = NAME_OF_SORT if word == SORT_BY_NAME else vocabulary.get(word)
    if name is None:
        raise UserError(N_("The list cannot be sorted by “%(word)s”."), word=word)
    return Sort(word, text.startswith("-"), name.type)


def page_states(
    queryset: QuerySet[StateColumns],
    sort: Sort,
    *,
    after: str | None = None,
    size: int = PAGE_SIZE,
    among: QuerySet[StateColumns] | None = None,
) -> Page:
    """One page of `queryset` in the order of `sort`, from the cursor `after` on; UserError for a foreign cursor.

    `among` is the wider list a condition has narrowed to `queryset`; the page is the same without it, only slower.
    """
    size = max(1, min(size, LARGEST_PAGE))
    place = read_cursor(after, sort) if after else None
    backwards = place is not None and place.backwards
    rows = rows_chosen(queryset, sort, place, count=size + 1, among=among)
    has_more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    follows = has_more or backwards
    precedes = has_more if backwards else place is not None
    return Page(
        rows,
        next=cursor_at(rows[-1], sort, backwards=False) if follows else None,
        previous=cursor_at(rows[0], sort, backwards=True) if precedes else None,
    )


def rows_chosen(
    queryset: QuerySet[StateColumns],
    sort: Sort,
    place: Place | None,
    *,
    count: int,
    among: QuerySet[StateColumns] | None,
) -> list[Any]:
    """Under a condition, those among the next rows of the whole list if they fill the page; else all are read once.

    Left to itself a database follows the order of an index through a million rows to find nothing: 9 s on SQLite.
    """
    if among is None:
        return rows_from(queryset, sort, place, count=count)
    rows = rows_nearby(queryset, sort, place, count=count, among=among)
    return rows if len(rows) == count else rows_of_all(queryset, sort, place, count=count)


def rows_nearby(
    queryset: QuerySet[StateColumns], sort: Sort, place: Place | None, *, count: int, among: QuerySet[StateColumns]
) -> list[Any]:
    """Those of the next TRIED_FIRST rows of `among` that are in `queryset`, of one group only."""
    where: dict[str, Any] = {
        "is_null": place is not None and place.value is None,
        "backwards": place is not None and place.backwards,
    }
    value = sort_value(sort)
    next_rows = part_of(among.annotate(sort_value=value), sort, place, **where).values("pk")[:TRIED_FIRST]
    part = part_of(queryset.annotate(sort_value=value), sort, place, **where)
    return list(first_of(part.filter(pk__in=next_rows), count))


def rows_of_all(queryset: QuerySet[StateColumns], sort: Sort, place: Place | None, *, count: int) -> list[Any]:
    """The same rows as `rows_from`, both groups in one reading that follows no index of the sort."""
    backwards = place is not None and place.backwards
    descending = sort.descending != backwards
    value = sort_value(sort)
    if not is_postgres():
        field = FloatField() if sort.type is ValueType.MONEY else output_field(sort.type)
        value = Sql("(+{0})", value, output_field=field)  # a plus keeps SQLite off the index
    is_unknown = Sql("({0} IS NULL)", F("sort_value"), output_field=BooleanField())
    order = "-is_unknown" if backwards else "is_unknown", "-sort_value" if descending else "sort_value"
    rows = queryset.annotate(sort_value=value).annotate(is_unknown=is_unknown)
    rows = rows.filter(beyond(place, "lt" if descending else "gt"))
    return list(first_of(rows.order_by(*order, "-client_id" if descending else "client_id"), count))


def beyond(place: Place | None, sign: str) -> Q:
    """Rows after `place` (before it, going back), the unknown at the end of the list included."""
    if place is None:
        return Q()
    known, further = Q(sort_value__isnull=False), Q(**{f"client_id__{sign}": place.client_id})
    if place.value is None:
        rest = ~known & further
        return rest | known if place.backwards else rest
    rest = Q(**{f"sort_value__{sign}": place.value}) | Q(sort_value=place.value) & further
    return rest if place.backwards else rest | ~known


def rows_from(queryset: QuerySet[StateColumns], sort: Sort, place: Place | None, *, count: int) -> list[Any]:
    """Up to `count` rows from `place` on. Known and unknown values are two queries: only so both use an index."""
    queryset = queryset.annotate(sort_value=sort_value(sort))
    backwards = place is not None and place.backwards
    groups = (False, True) if not backwards else (True, False)
    rows: list[Any] = []
    for is_null in groups:
        if place is not None and is_passed(place, is_null=is_null):
            continue
        here = place if place is not None and (place.value is None) == is_null else None
        part = part_of(queryset, sort, here, is_null=is_null, backwards=backwards)
        rows.extend(first_of(part, count - len(rows)))
        if len(rows) == count:
            break
    return rows


def first_of(part: QuerySet[StateColumns], count: int) -> QuerySet[StateColumns]:
    """The first rows of `part`: chosen by number, then read whole. Sorting wide rows with their cards took seconds."""
    return part.filter(pk__in=part.values("pk")[:count])


def sort_value(sort: Sort) -> Combinable:
    """On SQLite money as the double it is stored as: its text is not always read back to the same double."""
    value = place_of(sort.word, sort.type)
    if sort.type is ValueType.MONEY and not is_postgres():
        return Sql("({0})", value, output_field=FloatField())
    return value


def is_passed(place: Place, *, is_null: bool) -> bool:
    """Whether the whole group lies behind: known values once among the unknown, and the other way going back."""
    return (place.value is None) != is_null and (place.value is None) != place.backwards


def part_of(
    queryset: QuerySet[StateColumns], sort: Sort, place: Place | None, *, is_null: bool, backwards: bool
) -> QuerySet[StateColumns]:
    """One group, ordered; clients of equal value stand in the order of their numbers, turned with the sort."""
    descending = sort.descending != backwards
    sign = "lt" if descending else "gt"
    order = "-client_id" if descending else "client_id"
    group = queryset.filter(sort_value__isnull=is_null)  # type: ignore[misc]  # an annotation the stubs cannot see
    if is_null:
        beyond = {} if place is None else {f"client_id__{sign}": place.client_id}
        return group.filter(**beyond).order_by(order)
    if place is not None:
        group = beyond_place(group, place, sign)
    value = F("sort_value").desc() if descending else F("sort_value").asc()
    return group.order_by(value, order)


def beyond_place(group: QuerySet[StateColumns], place: Place, sign: str) -> QuerySet[StateColumns]:
    # The first condition alone tells the database where in the index to begin.
    reached = group.filter(**{f"sort_value__{sign}e": place.value})
    return reached.exclude(
        **{"sort_value": place.value, f"client_id__{'gt' if sign == 'lt' else 'lt'}e": place.client_id}
    )


def cursor_at(state: Any, sort: Sort, *, backwards: bool) -> str:
    value = state.sort_value
    written = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    return signing.dumps([sort.text, written, state.client_id, backwards], salt=SALT, compress=True)


def read_cursor(text: str, sort: Sort) -> Place:
    try:
        sorted_by, written, client_id, backwards = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        sorted_by = None
    if sorted_by != sort.text:
        raise UserError(N_("This page of the list is no longer there."), cure=N_("Begin from the first page."))
    read = READERS.get(sort.type)
    return Place(read(written) if read else written, client_id, backwards)


READERS: dict[ValueType, Callable[[Any], Any]] = {
    ValueType.MONEY: lambda value: Decimal(value) if isinstance(value, str) else value,
    ValueType.DATE: lambda value: None if value is None else date.fromisoformat(value),
}
