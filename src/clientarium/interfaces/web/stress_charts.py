"""The charts of the stress test: the year by chance, the hole and who fills it, the last quarters."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clientarium.core.strategy import MonthAhead, YearChance
from clientarium.decisions.stress import HoleFound, Lottery, SuccessionFound

from .charts import MUTED_LABEL, STILL, TEXT_LABEL, TOOLTIP, Cell, Chart, Column, Option

GRID: Option = {"left": 64, "right": 12, "top": 12, "bottom": 28}
MONEY_AXIS: Option = {
    "type": "value",
    "axisLabel": {"formatter": "format:money", **MUTED_LABEL},
    "splitLine": {"lineStyle": {"color": "token:line"}},
}


def month_title(month: MonthAhead) -> str:
    return date_format(month.first, "m.Y")


def chance_chart(chance: YearChance) -> Chart:
    """How many simulated years brought how much; the worst tenth stands out."""
    middles = [(one.low + one.high) / 2 for one in chance.bins]
    data = [
        {"value": one.years, "itemStyle": {"color": "token:bad" if one.high <= chance.low else "token:chart-main"}}
        for one in chance.bins
    ]
    low, middle = (_bin_of(chance, value) for value in (chance.low, chance.expected))
    option = {
        **STILL,
        "tooltip": {"trigger": "item", "valueFormatter": "format:count", **TOOLTIP},
        "grid": {"left": 12, "right": 12, "top": 28, "bottom": 28},
        "xAxis": _names([f"{value:.0f}" for value in middles], formatter="format:money"),
        "yAxis": {"type": "value", "show": False},
        "series": [
            {
                "type": "bar",
                "name": _("simulated years"),
                "data": data,
                "barCategoryGap": "8%",
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "lineStyle": {"color": "token:chart-grey", "type": "dashed"},
                    "data": [
                        {"xAxis": low, "label": {"formatter": _("worst of ten"), "align": "right", **TEXT_LABEL}},
                        {
                            "xAxis": middle,
                            "label": {"formatter": pgettext("stress", "expected"), "align": "left", **TEXT_LABEL},
                        },
                    ],
                },
            }
        ],
    }
    columns = [
        Column(_("Margin from"), "money"),
        Column(_("Margin to"), "money"),
        Column(pgettext("stress", "Years"), "count"),
    ]
    rows = [[Cell(one.low, "money"), Cell(one.high, "money"), Cell(one.years, "count")] for one in chance.bins]
    return Chart(option, columns, rows)


def hole_chart(found: HoleFound) -> Chart:
    """The hole of each month, with the band that holds it four times of five."""
    names = [month_title(month) for month, _one in found.months]
    told = [one for _month, one in found.months]
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:money", **TOOLTIP},
        "grid": GRID,
        "xAxis": _names(names),
        "yAxis": MONEY_AXIS,
        "series": [
            {
                "type": "bar",
                "name": pgettext("stress", "missing"),
                "data": [round(one.margin) for one in told],
                "itemStyle": {"color": "token:warn"},
                "barCategoryGap": "30%",
            },
            _bound(pgettext("stress", "at least"), [one.low for one in told]),
            _bound(pgettext("stress", "at most"), [one.high for one in told]),
        ],
    }
    columns = [
        Column(pgettext("stress", "Month")),
        Column(pgettext("stress", "Missing"), "money"),
        Column(pgettext("stress", "At least"), "money"),
        Column(pgettext("stress", "At most"), "money"),
    ]
    rows = [
        [Cell(name), Cell(one.margin, "money"), Cell(one.low, "money"), Cell(one.high, "money")]
        for name, one in zip(names, told, strict=True)
    ]
    return Chart(option, columns, rows)


def filling_chart(found: SuccessionFound) -> Chart:
    """The hole of each month: what the successors fill of it, and what stays."""
    names = [month_title(month) for month in found.months]
    hole, added = found.succession.hole, found.succession.added
    filled = [max(0.0, min(more, money)) for money, more in zip(hole, added, strict=True)]
    left = [max(0.0, money - more) for money, more in zip(hole, added, strict=True)]
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:money", **TOOLTIP},
        "grid": GRID,
        "xAxis": _names(names),
        "yAxis": MONEY_AXIS,
        "series": [_part(pgettext("stress", "filled"), filled, "good"), _part(_("still missing"), left, "warn")],
    }
    columns = [
        Column(pgettext("stress", "Month")),
        Column(pgettext("stress", "Missing"), "money"),
        Column(_("Successors add"), "money"),
        Column(_("Still missing"), "money"),
    ]
    rows = [
        [Cell(name), Cell(money, "money"), Cell(more, "money"), Cell(rest, "money")]
        for name, money, more, rest in zip(names, hole, added, left, strict=True)
    ]
    return Chart(option, columns, rows)


def history_chart(found: Sequence[Lottery]) -> Chart:
    """On how many clients half of the margin rested, and how many equal ones that would be."""
    names = [date_format(one.as_of, "m.Y") for one in found]
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:count", **TOOLTIP},
        "grid": {"left": 36, "right": 16, "top": 12, "bottom": 28},
        "xAxis": _names(names),
        "yAxis": {
            "type": "value",
            "min": 0,
            "minInterval": 1,
            "axisLabel": {"formatter": "format:count", **MUTED_LABEL},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "series": [
            _line(_("clients hold half"), [one.outlook.half_holders for one in found], "chart-main"),
            _line(
                _("equal clients"), [round(one.equal_clients, 1) if one.equal_clients else None for one in found],
                "chart-grey",
            ),
        ],
    }  # fmt: skip
    columns = [
        Column(pgettext("stress", "Day")),
        Column(_("Clients hold half"), "count"),
        Column(_("Equal clients"), "decimal"),
        Column("HHI", "text"),
        Column(_("Worst year of ten lacks"), "share1"),
    ]
    rows = [
        [
            Cell(date_format(one.as_of, "d.m.Y")),
            Cell(one.outlook.half_holders, "count"),
            Cell(one.equal_clients, "decimal"),
            Cell(f"{one.outlook.hhi:.3f}".replace(".", ",") if one.outlook.hhi else "—"),
            Cell(one.chance.shortfall, "share1"),
        ]
        for one in found
    ]
    return Chart(option, columns, rows)


def _names(names: Sequence[str], *, formatter: str = "") -> Option:
    return {
        "type": "category",
        "data": list(names),
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "token:line-strong"}},
        "axisLabel": {**MUTED_LABEL, "hideOverlap": True, **({"formatter": formatter} if formatter else {})},
    }


def _bound(name: str, values: Sequence[float]) -> Option:
    return {
        "type": "line",
        "name": name,
        "data": [round(value) for value in values],
        "showSymbol": False,
        "lineStyle": {"color": "token:chart-grey", "width": 1, "type": "dashed"},
        "itemStyle": {"color": "token:chart-grey"},
    }


def _part(name: str, values: Sequence[float], colour: str) -> Option:
    return {
        "type": "bar",
        "stack": "hole",
        "name": name,
        "data": [round(value) for value in values],
        "itemStyle": {"color": f"token:{colour}"},
        "barCategoryGap": "30%",
    }


def _line(name: str, values: Sequence[float | None], colour: str) -> Option:
    return {
        "type": "line",
        "name": name,
        "data": list(values),
        "symbolSize": 6,
        "lineStyle": {"color": f"token:{colour}", "width": 2},
        "itemStyle": {"color": f"token:{colour}"},
    }


def _bin_of(chance: YearChance, value: float) -> int:
    """The bar a value falls into."""
    return min(sum(value > one.high for one in chance.bins), len(chance.bins) - 1)
