"""The lines above the table of a report: title, period, parameters, filter, groupings, measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clientarium.core.intake.readers.outline import ReportRow
from clientarium.core.intake.reports.periods import Period, period_in

_KEY = re.compile(
    r"^\s*(параметры|период|начало периода|конец периода|на дату|дата|дата отч[её]та|отборы?|условия отбора|фильтр|"
    r"показатели|группировки строк|группировки колонок|группировка|группировки|дополнительные поля|сортировка|"
    r"валюта отч[её]та|валюта|единица измерения|выводимые данные|организация|вид отч[её]та|детализация|по дням|"
    r"период отч[её]та|данные по|склад|подразделение|итоги по|filter|period|selection)\s*:(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FILTER_KEYS = frozenset({"отбор", "отборы", "условия отбора", "фильтр", "filter", "selection"})
_PERIOD_KEYS = frozenset({"период", "период отчета", "дата", "дата отчета", "на дату", "данные по", "period"})
_REPORT_WORDS = re.compile(
    r"ведомост|продаж|прибыл|отч[её]т|задолж|расч[её]т|прайс|список|оборот|звонк|анализ|выручк|отгруз|реестр|журнал|"
    r"контрагент|клиент|report|sales",
    re.IGNORECASE,
)  # fmt: skip
_TITLE_PERIOD = re.compile(r"\s+(?:за|с)\s+(?=[\dIа-яё].*\d{4}).*$", re.IGNORECASE)
_UNFILLED = re.compile(r"\s*(?:\(|по организациям|в валюте)?\s*%\w+%\)?")


@dataclass(frozen=True)
class ReportHead:
    """`lines` are all lines as they stand; `groupings` are names of levels, `measures` those named in the head."""

    title: str = ""
    period: Period | None = None
    period_text: str = ""
    on_date: bool = False
    filters: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def is_report(self) -> bool:
        """True when a line only a report has stands above the table."""
        return bool(self.period or self.period_text or self.filters or self.groupings or self.measures)


def key_of(row: ReportRow) -> str | None:
    """Return the key a line of the head begins with («Период», «Отбор»…), None for any other row."""
    for cell in row.cells:
        if cell.strip():
            found = _KEY.match(cell.strip())
            return found[1].casefold().replace("ё", "е") if found else None
    return None


def has_key(row: ReportRow) -> bool:
    """True for a row any cell of which is «Ключ: значение» of a report's head."""
    return any(_KEY.match(cell.strip()) for cell in row.cells if cell.strip())


def titles_period(row: ReportRow) -> bool:
    """True for a title that names its period: «Продажи по контрагентам за 4 квартал 2025 г.»."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == 1 and bool(_REPORT_WORDS.search(filled[0])) and period_in(filled[0]) is not None


def read_head(rows: Sequence[ReportRow]) -> ReportHead:
    """Return what the rows above the table say."""
    pairs = _pairs(rows)
    texts = dict(reversed(pairs))
    title = _title(rows)
    period_text, period = _period(pairs, title)
    filters = tuple(value for key, value in pairs if key in _FILTER_KEYS and value)
    groupings = texts.get("группировки строк") or texts.get("группировки") or texts.get("группировка") or ""
    return ReportHead(
        title=_UNFILLED.sub("", _TITLE_PERIOD.sub("", title)).strip(),
        period=period,
        period_text=period_text,
        on_date="на дату" in texts or (period is not None and period.first_on == period.last_on),
        filters=filters,
        groupings=tuple(part.strip() for part in re.split(r"[;\n]", groupings) if part.strip()),
        measures=tuple(part.strip() for part in re.split(r"[;\n]", texts.get("показатели", "")) if part.strip()),
        lines=tuple(line for row in rows if (line := _line(row))),
    )


def _pairs(rows: Sequence[ReportRow]) -> list[tuple[str, str]]:
    """Key and value in order; lines without a key go on with the value of «Отбор» and «Группировки строк»."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        keyed = [cell for cell in filled if _KEY.match(cell)]
        if not filled:
            if pairs:
                pairs.append(("", ""))
            continue
        if not keyed and pairs and pairs[-1][0] in _FILTER_KEYS:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {' '.join(filled)}".strip())
        for number, cell in enumerate(filled):
            found = _KEY.match(cell)
            if found is None:
                continue
            beside = [one for one in filled[number + 1 :] if not _KEY.match(one)] if not found[2].strip() else []
            value = re.sub(r"\s*\n\s*", " ", found[2]).strip() or " ".join(beside)
            key = found[1].casefold().replace("ё", "е")
            if key != "параметры":
                pairs.append((key, value))
            elif inner := _KEY.match(value):
                pairs.append((inner[1].casefold().replace("ё", "е"), inner[2].strip()))
    return [pair for pair in pairs if pair[0]]


def _period(pairs: list[tuple[str, str]], title: str) -> tuple[str, Period | None]:
    values = dict(reversed(pairs))
    begins, ends = values.get("начало периода", ""), values.get("конец периода", "")
    if begins and ends:
        first, last = period_in(begins), period_in(ends)
        if first and last and first.first_on <= last.last_on:
            return f"{begins} – {ends}", Period(first.first_on, last.last_on)
    for key, value in pairs:
        if key in _PERIOD_KEYS and value:
            return value, period_in(value)
    found = period_in(title)
    return (title if found else ""), found


def _title(rows: Sequence[ReportRow]) -> str:
    lines = [line for row in rows if (line := _line(row)) and not has_key(row)]
    return next((line for line in lines if _REPORT_WORDS.search(line)), lines[0] if lines else "")


def _line(row: ReportRow) -> str:
    return re.sub(r"\s+", " ", " ".join(cell.strip() for cell in row.cells if cell.strip()))
