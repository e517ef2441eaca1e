"""The form under a received file: what each column means and how the file is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clientarium.core.pipeline import KINDS, MEANINGS, Layout, Understanding

KIND_TITLES = {
    "sales": _("Sales"),
    "clients": _("Client cards"),
    "products": _("Products"),
    "sellers": _("Sellers"),
    "touches": _("Touches"),
    "payments": _("Payments"),
}
DATE_ORDERS = (("dmy", _("day.month.year")), ("mdy", _("month/day/year")), ("ymd", _("year-month-day")))
DECIMAL_MARKS = ((",", _("comma: 1 234,50")), (".", _("point: 1,234.50")))
NO_CLIENT = (
    ("refuse", _("refuse them, with the reason")),
    ("skip", _("leave them out")),
    ("anonymous", _("count them as one client “Retail buyer”")),
)
MEANING_FIELD = "meaning-"


@dataclass(frozen=True)
class Column:
    """One column on the screen: as guessed, as chosen, first values."""

    index: int
    header: str
    meaning: str
    confidence: float
    samples: tuple[str, ...]
    doubt: Any

    @property
    def is_sure(self) -> bool:
        return self.meaning == "ignore" or self.confidence >= SURE_ENOUGH


SURE_ENOUGH = 0.75  # below it a guess is shown as doubtful; intake calls it a guess from 0.4


def kinds() -> list[tuple[str, Any]]:
    return [(kind, KIND_TITLES[kind]) for kind in KINDS]


def columns_of(understanding: Understanding, layout: Layout) -> list[Column]:
    """The columns of the file with the meanings of `layout`."""
    return [
        Column(
            index=guess.index,
            header=guess.header,
            meaning=layout.meaning_of(guess.header),
            confidence=guess.confidence,
            samples=guess.samples,
            doubt=guess.doubt,
        )
        for guess in understanding.columns
    ]


def chosen_layout(understanding: Understanding, form: QueryDict) -> Layout:
    """The layout as the person corrected it. Raises UserError with the first open question."""
    layout = understanding.layout(corrections(understanding, form))
    changes: Mapping[str, str] = {
        name: form[name]
        for name, choices in (("date_order", DATE_ORDERS), ("decimal_mark", DECIMAL_MARKS), ("no_client", NO_CLIENT))
        if form.get(name) in {value for value, _title in choices}
    }
    return replace(layout, **changes)  # each was checked against its choices above


def corrections(understanding: Understanding, form: QueryDict) -> dict[str, str]:
    """Header → meaning for every column the person gave another meaning than the guess."""
    known = {meaning.name for meaning in MEANINGS[understanding.kind]}
    chosen = {
        guess.header: form[f"{MEANING_FIELD}{guess.index}"]
        for guess in understanding.columns
        if form.get(f"{MEANING_FIELD}{guess.index}") in known
    }
    proposal = understanding.proposal
    return {header: meaning for header, meaning in chosen.items() if proposal.meaning_of(header) != meaning}
