"""The published state of the clients as rows; imported only when a home is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db.models import F, QuerySet

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Name, ValueType, nearest_names, parse_condition
from clientarium.decisions.clients import compile_condition, published_columns, states_visible_to, vocabulary_for
from clientarium.decisions.people import Role, User

from .language import _, language

SCREEN_COLUMNS = (
    "grade", "layer", "lifecycle", "movement", "revenue_12m", "margin_12m", "margin_pct_12m", "orders_12m",
    "days_since_last_purchase",
)  # fmt: skip
IDENTITY = ("client", "name")
ROWS_AT_ONCE = 2000
ARROW_TYPES = {
    ValueType.NUMBER: pa.float64(),
    ValueType.MONEY: pa.decimal128(24, 4),
    ValueType.INTEGER: pa.int64(),
    ValueType.TEXT: pa.string(),
    ValueType.DATE: pa.date32(),
    ValueType.BOOLEAN: pa.bool_(),
}


@dataclass(frozen=True)
class Listing:
    """Some clients of the published state: `columns` by their catalogue names, `titles` for people."""

    words: tuple[Name, ...]
    states: QuerySet[Any]
    limit: int | None

    @property
    def columns(self) -> tuple[str, ...]:
        return IDENTITY + tuple(word.name for word in self.words)

    @property
    def titles(self) -> tuple[str, ...]:
        return (_("Code"), _("Client"), *(word.title(language()) for word in self.words))

    @property
    def count(self) -> int:
        """How many fulfil the condition, whatever the limit."""
        return self.states.count()

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """One row per client; `client` is his code in the files, or his name where they have no codes."""
        names = [word.name for word in self.words]
        states = self.states[: self.limit] if self.limit else self.states
        values = states.values_list("client__code", "client__name", *names)
        for code, name, *rest in values.iterator(chunk_size=ROWS_AT_ONCE):
            yield (code or name, name, *rest)

    @property
    def schema(self) -> pa.Schema:
        """`columns` with the vocabulary's types."""
        kinds = [pa.string(), pa.string(), *(ARROW_TYPES[word.type] for word in self.words)]
        return pa.schema(list(zip(self.columns, kinds, strict=True)))

    def table(self) -> pa.Table:
        """All rows as Arrow columns."""
        rows = list(self.rows())
        columns = [pa.array([row[n] for row in rows], field.type) for n, field in enumerate(self.schema)]
        return pa.Table.from_arrays(columns, schema=self.schema)


def console() -> User:
    """Whoever sits at the company's own machine: sees what an owner sees. Never saved."""
    return User(username="console", role=Role.OWNER)


def listed_clients(
    *, where: str = "", columns: Sequence[str] = (), sort: str = "", limit: int | None = None
) -> Listing:
    """The clients that fulfil `where`. UserError for an unknown word, and before the first pulse."""
    published = {word.name: word for word in published_columns()}
    if not published:
        raise UserError(N_("Nothing is published yet."), cure=N_("Run “clientarium pulse” first."))
    wanted = [name for name in columns if name not in IDENTITY]
    words = tuple(_word(name, published) for name in wanted) if columns else tuple(published.values())
    states = states_visible_to(console()).select_related(None)
    if where.strip():
        states = states.filter(compile_condition(parse_condition(where, vocabulary_for(console()))))
    return Listing(words, states.order_by(*_order(sort, published)), limit)


def client_row(wanted: str) -> dict[str, Any]:
    """All published values of the one client with that code or name. UserError if there is none, or several."""
    for field in ("client__code", "client__name"):
        listing = listed_clients()
        found = Listing(listing.words, listing.states.filter(**{field: wanted}), 2)
        rows = list(found.rows())
        if len(rows) == 1:
            return dict(zip(found.columns, rows[0], strict=True))
        if rows:
            raise UserError(N_("Several clients are called “%(client)s”."), cure=N_("Give the code."), client=wanted)
    raise UserError(
        N_("There is no client “%(client)s”."), cure=N_("Give his code, or his name as it is written."), client=wanted
    )


def _word(name: str, published: dict[str, Name]) -> Name:
    if name not in published:
        near = ", ".join(nearest_names(name, published)) or "—"
        raise UserError(N_("There is no metric “%(name)s”."), cure=N_("Nearest: %(near)s."), name=name, near=near)
    return published[name]


def _order(sort: str, published: dict[str, Name]) -> tuple[Any, ...]:
    name, is_descending = sort.strip().lstrip("-"), sort.strip().startswith("-")
    if not name:
        return ("client_id",)
    path = {"client": "client__code", "name": "search_name"}.get(name) or _word(name, published).name
    order = F(path).desc(nulls_last=True) if is_descending else F(path).asc(nulls_last=True)
    return (order, "client_id")
