"""The charts of the mirror and of the outcomes: rows in, an option and the same numbers as a table out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clientarium.core.readings import Part
from clientarium.core.strategy import Estimate
from clientarium.decisions.mirror import Outcome, Outcomes, Strengths, Verdict

from . import pulse
from .charts import MUTED_LABEL, STILL, TEXT_LABEL, TOOLTIP, Cell, Chart, Column, Option
from .figures import day as said_day
from .mirror_words import group_title

MOST_LINES = 20
COLOURS = {Verdict.STRONG: "token:good", Verdict.WEAK: "token:bad", Verdict.MIXED: "token:warn"}
SYMBOLS = {Verdict.STRONG: "triangle", Verdict.WEAK: "diamond"}
SHARE_AXIS: Option = {
    "type": "value",
    "splitNumber": 4,
    "axisLabel": {"formatter": "format:share", "hideOverlap": True, **MUTED_LABEL},
    "splitLine": {"lineStyle": {"color": "token:line"}},
}


def strength_chart(found: Strengths) -> Chart | None:
    """The gap of each judged group against all others, with its interval; None where none is judged."""
    told = [line for line in found.lines if _gap(found, line).is_told][:MOST_LINES]
    if not told:
        return None
    told.sort(key=lambda line: _gap(found, line).value or 0)
    titles = [group_title(found.division, line.group) for line in told]
    bars = [
        {
            "type": "line",
            "data": [[round(gap.low or 0, 4), title], [round(gap.high or 0, 4), title]],
            "showSymbol": False,
            "silent": True,
            "lineStyle": {"color": "token:chart-grey-soft", "width": 4},
            "z": 1,
        }
        for gap, title in zip((_gap(found, line) for line in told), titles, strict=True)
    ]
    dots = [
        {
            "value": [round(_gap(found, line).value or 0, 4), title],
            "itemStyle": {"color": COLOURS.get(line.verdict, "token:chart-grey")},
            "symbol": SYMBOLS.get(line.verdict, "circle"),
            "url": _url(found, line),
        }
        for line, title in zip(told, titles, strict=True)
    ]
    option = {
        **STILL,
        "tooltip": {"trigger": "item", "valueFormatter": "format:share", **TOOLTIP},
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 28, "containLabel": True},
        "xAxis": SHARE_AXIS,
        "yAxis": {
            "type": "category",
            "data": titles,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {**TEXT_LABEL, "width": 140, "overflow": "truncate", "interval": 0},
        },
        "series": [*bars, {"type": "scatter", "symbolSize": 12, "data": dots, "z": 3, "markLine": _at_zero()}],
    }
    columns = [
        Column(found.division.title),
        Column(_("Against the others"), "share1"),
        Column(_("At least"), "share1"),
        Column(_("At most"), "share1"),
    ]
    rows = [
        [
            Cell(title, url=_url(found, line)),
            *(Cell(one, "share1") for one in (_gap(found, line).value, _gap(found, line).low, _gap(found, line).high)),
        ]
        for line, title in zip(reversed(told), reversed(titles), strict=True)
    ]
    return Chart(option, columns, rows)


def _gap(found: Strengths, line: Any) -> Estimate:
    """Of margin, or of retention where no cost is known."""
    gap: Estimate = line.margin_gap if found.measure == "margin" else line.retention_gap
    return gap


def _url(found: Strengths, line: Any) -> str:
    condition = found.division.condition(line.group) if not line.is_rest else ""
    return pulse.clients_where(condition) if condition else ""


def _at_zero() -> Option:
    return {
        "symbol": "none",
        "silent": True,
        "label": {"show": False},
        "lineStyle": {"color": "token:chart-grey", "type": "dashed"},
        "data": [{"xAxis": 0}],
    }


def mix_chart(parts: Sequence[Part], *, scheme: str, title_of: Callable[[str | None], str]) -> Chart:
    """Shares of the money by category, one bar a date, best at the bottom."""
    dates = sorted({part.as_of for part in parts})
    found = {(part.as_of, part.category): part for part in parts}
    codes = sorted({part.category for part in parts if part.category is not None}, key=pulse.rank)
    totals = {
        day: sum(max(float(part.money), 0) for part in parts if part.as_of == day and part.category is not None)
        for day in dates
    }

    def share(day: date, code: str) -> float | None:
        part = found.get((day, code))
        return max(float(part.money), 0) / totals[day] if part and totals[day] > 0 else None

    series = [
        {
            "type": "bar",
            "stack": "money",
            "name": title_of(code),
            "barMaxWidth": 44,
            "itemStyle": {"color": f"token:{pulse.colour_token(scheme, code)}"},
            "data": [round(share(day, code) or 0, 4) for day in dates],
        }
        for code in codes
    ]
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:share", **TOOLTIP},
        "grid": {"left": 44, "right": 12, "top": 8, "bottom": 28},
        "xAxis": _dates_axis(dates),
        "yAxis": {**SHARE_AXIS, "min": 0, "max": 1, "interval": 0.25},
        "series": series,
    }
    columns = [Column(_("Date")), *(Column(title_of(code), "share1") for code in codes), Column(_("Clients"), "count")]
    rows = [
        [
            Cell(said_day(day)),
            *(Cell(share(day, code), "share1") for code in codes),
            Cell(sum(part.clients for part in parts if part.as_of == day and part.category is not None), "count"),
        ]
        for day in reversed(dates)
    ]
    return Chart(option, columns, rows)


def resilience_chart(found: Outcomes) -> Chart:
    """How many clients carry half of the margin, and how many equal ones would carry it as evenly."""
    half = {one.as_of: one.clients for one in found.half}
    effective = dict(found.by_code["effective"].values)
    lines = [
        (_("carry half"), [half.get(day) for day in found.dates], "token:chart-main"),
        (_("equal ones"), [_rounded(effective.get(day), 1) for day in found.dates], "token:chart-second"),
    ]
    return _over_time(found, lines, kind="decimal", axis={"type": "value", "min": 0, **_plain_axis()})


def shares_chart(found: Outcomes, codes: Sequence[tuple[str, str]]) -> Chart:
    """(code, a short name) of figures that are shares."""
    colours = ("token:chart-main", "token:chart-second")
    lines = [
        (name, [_rounded(value, 4) for _day, value in found.by_code[code].values], colour)
        for (code, name), colour in zip(codes, colours, strict=False)
    ]
    return _over_time(found, lines, kind="share1", axis={**SHARE_AXIS, "min": 0, "max": 1, "interval": 0.25})


def hour_chart(outcome: Outcome, found: Outcomes) -> Chart:
    """Margin after service for an hour of work."""
    line = (_("an hour"), [_rounded(value, 2) for _day, value in outcome.values], "token:chart-main")
    axis = {**SHARE_AXIS, "min": 0, "axisLabel": {"formatter": "format:money", **MUTED_LABEL}}
    return _over_time(found, [line], kind="money", axis=axis, shown="format:money")


Line = tuple[str, list[float | None], str]


def _over_time(found: Outcomes, lines: Sequence[Line], *, kind: str, axis: Option, shown: str = "") -> Chart:
    """Lines named at their ends; a dashed line where the firm began to work by the system."""
    shown = shown or ("format:share" if kind == "share1" else "format:count")
    began = found.dates.index(found.began_on)
    series: list[Option] = [
        {
            "type": "line",
            "name": name,
            "data": values,
            "showSymbol": True,
            "symbol": "circle" if place == 0 else "diamond",
            "symbolSize": 6,
            "lineStyle": {"color": colour, "width": 2},
            "itemStyle": {"color": colour},
            "endLabel": {"show": True, "formatter": name, **TEXT_LABEL},
        }
        for place, (name, values, colour) in enumerate(lines)
    ]
    series[0]["markLine"] = {
        "symbol": "none",
        "silent": True,
        "label": {"formatter": _("start"), **MUTED_LABEL},
        "lineStyle": {"color": "token:chart-grey", "type": "dashed"},
        "data": [{"xAxis": began}],
    }
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": shown, **TOOLTIP},
        "grid": {"left": 52, "right": 96, "top": 24, "bottom": 28},
        "xAxis": _dates_axis(found.dates),
        "yAxis": axis,
        "series": series,
    }
    columns = [Column(_("Date")), *(Column(name, kind) for name, _values, _colour in lines)]
    rows = [
        [Cell(said_day(day)), *(Cell(values[place], kind) for _name, values, _colour in lines)]
        for place, day in reversed(list(enumerate(found.dates)))
    ]
    return Chart(option, columns, rows)


def _dates_axis(dates: Sequence[date]) -> Option:
    return {
        "type": "category",
        "data": [f"{day:%m.%Y}" for day in dates],
        "axisTick": {"show": False},
        "axisLabel": {**MUTED_LABEL, "hideOverlap": True},
        "axisLine": {"lineStyle": {"color": "token:line-strong"}},
    }


def _plain_axis() -> Option:
    return {
        "axisLabel": {"formatter": "format:count", **MUTED_LABEL},
        "splitLine": {"lineStyle": {"color": "token:line"}},
    }


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
