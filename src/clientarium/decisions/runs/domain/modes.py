"""What an import does with what its source sent before: the rule, said in a sentence the user can overrule.

1. Cards and dimensions (clients, products, sellers): by key, the newest value wins.
   The workbook of refused rows sent back mended completes the file it came from: its rows are added.
2. A file that covers whole months which the same source has sent before replaces that period: documents deleted or
   moved in the source since then disappear here, too. A file much smaller than what it would replace is rather a part
   of the period and does not.
3. Else, with document numbers: documents that come again replace themselves, everything else stays.
4. Else, if the source has sent these days before: the period is replaced (adding would count every line twice).
5. Else the rows are added.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clientarium.core.ground import N_, Message
from clientarium.core.ledger import Load
from clientarium.core.pipeline import Layout, Staged

from ..choices import ImportMode

FACT_OF_KIND = {"sales": "sales", "touches": "touches", "payments": "payments"}
KEY_MEANINGS = {"doc", "touch_id"}

# A month may begin with holidays (1-8 January) and end with a weekend; only the choice between two careful modes hangs
# on these days: never more than the file's own first to last day is replaced.
HOLIDAYS_AT_START = 9
WEEKEND_AT_END = 3
# A re-sent period has all its rows and some corrections; a file with fewer is a part of it.
LEAST_SHARE_PERCENT = 80


@dataclass(frozen=True)
class ChosenMode:
    """The mode, the period for `replace`, and why."""

    mode: ImportMode
    first_on: date | None
    last_on: date | None
    why: Message


def choose_mode(layout: Layout, *, source: str, staged: Staged, loads: Iterable[Load]) -> ChosenMode:
    """Apply the rule to a staged file."""
    first_on, last_on, rows = staged.first_on, staged.last_on, staged.accepted
    if layout.kind not in FACT_OF_KIND or first_on is None or last_on is None:
        return ChosenMode(ImportMode.UPSERT, None, None, Message(N_("Newer values replace older ones, card by card.")))
    if staged.is_mended:
        why = Message(N_("Mended rows complete what is already loaded: they are added."))
        return ChosenMode(ImportMode.APPEND, None, None, why)
    first_on, last_on = period_of(layout, first_on=first_on, last_on=last_on)
    before = _overlapping(loads, table=FACT_OF_KIND[layout.kind], source=source, first_on=first_on, last_on=last_on)
    has_keys = any(column.meaning in KEY_MEANINGS for column in layout.columns)
    days = {"first": first_on.strftime("%d.%m.%Y"), "last": last_on.strftime("%d.%m.%Y"), "source": source}
    replace = ChosenMode(
        ImportMode.REPLACE,
        first_on,
        last_on,
        Message(N_("“%(source)s” has sent these days before: the period %(first)s–%(last)s is replaced."), days),
    )
    is_whole = covers_whole_months(first_on, last_on) and rows * 100 >= LEAST_SHARE_PERCENT * _rows_inside(
        before, table=FACT_OF_KIND[layout.kind], first_on=first_on, last_on=last_on
    )
    if before and (is_whole or not has_keys):
        return replace
    if has_keys:
        why = Message(N_("Documents that come again replace themselves; everything else stays."))
        return ChosenMode(ImportMode.UPSERT, None, None, why)
    return ChosenMode(ImportMode.APPEND, None, None, Message(N_("These days are new: the rows are added.")))


def covers_whole_months(first_on: date, last_on: date) -> bool:
    """Whether first_on begins a month and last_on ends one, give or take holidays."""
    month_end = calendar.monthrange(last_on.year, last_on.month)[1]
    return first_on.day <= HOLIDAYS_AT_START and last_on.day >= month_end - WEEKEND_AT_END


def period_of(layout: Layout, *, first_on: date, last_on: date) -> tuple[date, date]:
    """The days the file speaks of: a matrix of months speaks of each whole month, whatever day it is dated by."""
    if layout.shape != "months":
        return first_on, last_on
    month_end = calendar.monthrange(last_on.year, last_on.month)[1]
    return first_on.replace(day=1), last_on.replace(day=month_end)


def _overlapping(loads: Iterable[Load], *, table: str, source: str, first_on: date, last_on: date) -> Sequence[Load]:
    found = []
    for load in loads:
        part = load.tables.get(table)
        if not load.is_loaded or load.source != source or part is None or part.first_on is None or part.last_on is None:
            continue
        if part.first_on <= last_on and part.last_on >= first_on:
            found.append(load)
    return found


def _rows_inside(loads: Sequence[Load], *, table: str, first_on: date, last_on: date) -> int:
    """Rows of the largest load that lies wholly in the period."""
    parts = [load.tables[table] for load in loads]
    return max(
        (p.rows for p in parts if p.first_on and p.last_on and first_on <= p.first_on and p.last_on <= last_on),
        default=0,
    )
