"""What a list of clients was asked for: condition, order, columns, place; and the answer, with visibility applied."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Name, ValueType, parse_condition
from clientarium.decisions.clients import (
    Page,
    Sort,
    compile_condition,
    page_states,
    read_sort,
    states_visible_to,
    vocabulary_for,
)

from .pulse import money_measure

DEFAULT_SORT = "-margin_12m"
DEFAULT_SORT_BY_REVENUE = "-revenue_12m"
SORT_WITHOUT_MARGIN = "name"
COLUMNS_IN_SESSION = "clients_columns"
DEFAULT_COLUMNS = (
    "grade", "layer", "seller", "last_purchase_on", "next_order_on", "revenue_12m", "margin_12m", "margin_pct_12m",
    "attention_12m_share", "movement",
)  # fmt: skip
MOST_COLUMNS = 24


@dataclass(frozen=True)
class Asked:
    """A list as its address says it; texts are not yet checked."""

    where: str
    sort: str
    after: str

    @classmethod
    def by(cls, request: HttpRequest) -> "Asked":
        asked = request.POST if request.method == "POST" else request.GET
        return cls(asked.get("where", "").strip(), asked.get("sort", "").strip(), asked.get("after", "").strip())

    def address(self, **changes: str) -> str:
        """`?where=…&sort=…` with some parts changed; a changed condition or order begins from the first page."""
        parts = {"where": self.where, "sort": self.sort, **changes}
        return "?" + urlencode({name: text for name, text in parts.items() if text})


def vocabulary_of(request: HttpRequest) -> dict[str, Name]:
    """The words this person may use, read once for a page: condition, order and columns all need them."""
    words: dict[str, Name] | None = getattr(request, "words_of_person", None)
    if words is None:
        words = vocabulary_for(request.user)
        request.words_of_person = words  # type: ignore[attr-defined]
    return words


def visible(request: HttpRequest) -> "QuerySet[Any]":
    """The states this person may see; which publication holds them is asked once for a page."""
    states: QuerySet[Any] | None = getattr(request, "states_of_person", None)
    if states is None:
        states = states_visible_to(request.user)
        request.states_of_person = states  # type: ignore[attr-defined]
    return states


def selected(request: HttpRequest, where: str) -> "QuerySet[Any]":
    """The visible states for which `where` holds. Raises ExpressionError."""
    states = visible(request)
    if not where:
        return states
    return states.filter(compile_condition(parse_condition(where, vocabulary_of(request))))


def ordered_page(request: HttpRequest, states: "QuerySet[Any]", asked: Asked) -> tuple[Sort, Page]:
    """One page in the order asked for, by margin where nothing is asked. Raises UserError."""
    vocabulary = vocabulary_of(request)
    sort = read_sort(asked.sort or _default_sort(request, vocabulary), vocabulary)
    among = visible(request) if asked.where else None
    return sort, page_states(states.select_related("holder"), sort, after=asked.after or None, among=among)


def _default_sort(request: HttpRequest, vocabulary: dict[str, Name]) -> str:
    """The dearest first: by margin, or by revenue where nobody's cost is known; by name for whoever sees no money."""
    if "margin_12m" not in vocabulary:
        return SORT_WITHOUT_MARGIN
    return DEFAULT_SORT if money_measure(visible(request)) == "margin" else DEFAULT_SORT_BY_REVENUE


def shown_columns(request: HttpRequest) -> list[Name]:
    """The columns this person chose, those of the plan by default; words that are gone or hidden are left out."""
    vocabulary = vocabulary_of(request)
    chosen = request.session.get(COLUMNS_IN_SESSION) or DEFAULT_COLUMNS
    return [vocabulary[word] for word in chosen if word in vocabulary]


def choose_columns(request: HttpRequest, words: list[str]) -> None:
    """Remember the columns for this person's session. Raises UserError for a word he may not see."""
    vocabulary = vocabulary_of(request)
    for word in words:
        if word not in vocabulary:
            raise UserError(N_("There is no column “%(word)s”."), word=word)
    request.session[COLUMNS_IN_SESSION] = words[:MOST_COLUMNS]


def words_of_vocabulary(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    """The vocabulary for the line of the filter and for the builder."""
    return [
        {
            "name": name.name,
            "title": name.title(language),
            "type": name.type.value,
            "unit": name.unit,
            "choices": list(name.choices or ()),
        }
        for name in vocabulary_of(request).values()
    ]


def is_figure(name: Name) -> bool:
    """Whether the column stands right."""
    return name.type in (ValueType.NUMBER, ValueType.MONEY, ValueType.INTEGER)
