"""What was understood about a report, for the page, the console and the check before a load."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.reports.checking import Difference, TotalCheck

WAYS = {
    "outline": N_("by the groups of rows"),
    "indent": N_("by indents"),
    "blanks": N_("by blanks before names"),
    "columns": N_("by the columns of names"),
    "sums": N_("by arithmetic: the only levels under which all sums agree"),
    "flat": N_("one level"),
}
_CUT = N_(
    "The report is cut off: rows are missing after row %(last)s. Row %(line)s “%(name)s” states %(stated)s in "
    "“%(measure)s”, its rows give %(found)s. Sums that differ: %(count)s."
)
_DIFFERENT = N_(
    "The sums of the report do not agree. Row %(line)s “%(name)s” states %(stated)s in “%(measure)s”, "
    "its rows %(first)s–%(last)s give %(found)s. Sums that differ: %(count)s."
)


@dataclass(frozen=True)
class LevelView:
    """A level of the report: its name, how many different values, the first of them."""

    name: str
    count: int
    sample: str


@dataclass(frozen=True)
class ReportView:
    """All that is shown; `dated_by` is row, across, document or period."""

    title: str
    period_text: str
    first_on: date | None
    last_on: date | None
    filters: tuple[str, ...]
    lines: tuple[str, ...]
    header_rows: tuple[int, int]
    levels: tuple[LevelView, ...]
    levels_by: str
    measures: tuple[str, ...]
    across: str
    across_values: tuple[str, ...]
    dated_by: str
    leaves: int
    sums_checked: int
    differences: tuple[Difference, ...]
    difference_count: int
    totals: tuple[TotalCheck, ...]
    doubts: tuple[Message, ...] = ()

    @property
    def agrees(self) -> bool:
        return self.difference_count == 0

    @property
    def way(self) -> str:
        return WAYS[self.levels_by]

    @property
    def has_total(self) -> bool:
        return any(total.stated is not None for total in self.totals)

    @property
    def is_cut(self) -> bool:
        """True when only what was still open at the end of the table differs: rows are missing there."""
        kept = len(self.differences) == self.difference_count
        short = all(abs(one.found) < abs(one.stated) for one in self.differences)
        return bool(self.differences) and kept and short and all(one.is_last for one in self.differences)

    def refuse_differences(self) -> None:
        """UserError with the place of the first difference when the sums of the report do not agree."""
        if self.agrees:
            return
        first = min(self.differences, key=lambda one: (one.rows[1] - one.rows[0], one.line))
        message = _CUT if self.is_cut else _DIFFERENT
        cure = (
            N_("Save the report from 1C once more, whole, and send it again. Nothing was loaded.")
            if self.is_cut
            else N_("Look at these rows in 1C and save the report again. Nothing was loaded.")
        )
        raise UserError(
            message, cure=cure, line=first.line, name=first.name, measure=first.measure, stated=shown(first.stated),
            found=shown(first.found), first=first.rows[0], last=first.rows[1], count=self.difference_count,
        )  # fmt: skip


def shown(number: Decimal) -> str:
    """1234.5 → 1 234,50, as the report itself shows it."""
    text = f"{number:,.2f}" if number == number.quantize(Decimal("0.01")) else f"{number.normalize():,f}"
    return text.replace(",", "\u00a0").replace(".", ",")


def view_from_wire(source: Mapping[str, Any] | None) -> ReportView | None:
    """Build the view from its JSON mapping."""
    if source is None:
        return None

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return ReportView(
        **{
            **source,
            "first_on": day(source["first_on"]),
            "last_on": day(source["last_on"]),
            "filters": tuple(source["filters"]),
            "lines": tuple(source["lines"]),
            "header_rows": tuple(source["header_rows"]),
            "levels": tuple(LevelView(**one) for one in source["levels"]),
            "measures": tuple(source["measures"]),
            "across_values": tuple(source["across_values"]),
            "differences": tuple(_difference(one) for one in source["differences"]),
            "totals": tuple(_total(one) for one in source["totals"]),
            "doubts": tuple(Message(**one) for one in source["doubts"]),
        }
    )


def _difference(source: Mapping[str, Any]) -> Difference:
    numbers = {name: Decimal(source[name]) for name in ("stated", "found")}
    return Difference(**{**source, **numbers, "rows": tuple(source["rows"])})


def _total(source: Mapping[str, Any]) -> TotalCheck:
    stated = source["stated"]
    return TotalCheck(source["measure"], Decimal(source["found"]), None if stated is None else Decimal(stated))
