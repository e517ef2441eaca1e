"""Charts: rows in, an ECharts option and the same numbers as a table out. Pure functions, tested as dicts.

Colours are names of tokens ("token:grade-a") and formats are names ("format:share"): the island `chart` resolves both
in the reader's theme and language. An item with `url` is a link to the list behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Option = dict[str, Any]

DARK_FROM = 0.8  # from this part of the largest value a heat cell is so dark that its number is light
HAIR = 500  # the thinnest band is this part of the thickest one
LINK_OPACITY = 0.32
MUTED_LABEL = {"color": "token:muted", "fontSize": 12}
TEXT_LABEL = {"color": "token:text", "fontSize": 12}
STILL: Option = {"aria": {"enabled": True}, "animation": False}
TOOLTIP = {
    "renderMode": "richText",  # the HTML tooltip writes style attributes, which the content policy refuses
    "backgroundColor": "token:surface-raised",
    "borderColor": "token:line-strong",
    "textStyle": {"color": "token:text", "fontSize": 12},
    "confine": True,
}


@dataclass(frozen=True)
class Column:
    """A column of the table beside a chart; `kind` is one of the number cell's (text, count, money, share, day)."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """A value of that table, perhaps a link."""

    value: Any
    kind: str = "text"
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """What `<c-chart>` draws, and the table that says the same."""

    option: Option
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)


@dataclass(frozen=True)
class Flow:
    """Clients that stood in `before` and stand in `after`; None is outside the scheme. Margin of the later year."""

    before: str | None
    after: str | None
    clients: int
    margin: float
    url: str = ""


@dataclass(frozen=True)
class Pair:
    """Attention and margin of one category, both as shares of the whole."""

    code: str
    attention: float
    margin: float
    clients: int
    url: str = ""


@dataclass(frozen=True)
class LossCell:
    """Clients lost in one month of one year."""

    month: str
    year: str
    clients: int
    margin: float
    url: str = ""


def movement_sankey(
    flows: Sequence[Flow],
    *,
    title_of: Callable[[str | None], str],
    colour_of: Callable[[str | None], str],
    rank: Callable[[str | None], Any],
) -> Chart:
    """Who moved from which category into which; a band is as thick as its margin (a loss-making one is hair-thin)."""
    floor = max((flow.margin for flow in flows), default=0) / HAIR or 1
    nodes = _sankey_nodes(flows, title_of=title_of, colour_of=colour_of, rank=rank)
    links = [
        {
            "source": f"0|{flow.before or ''}",
            "target": f"1|{flow.after or ''}",
            "value": round(max(float(flow.margin), floor), 2),
            "url": flow.url,
            "lineStyle": {"color": colour_of(flow.after), "opacity": LINK_OPACITY},
            "tooltip": {"formatter": _flow_words(flow, title_of)},
        }
        for flow in flows
        if flow.clients
    ]
    series = {
        "type": "sankey",
        "left": 4,
        "right": 84,
        "top": 8,
        "bottom": 8,
        "nodeWidth": 10,
        "nodeGap": 16,
        "draggable": False,
        "layoutIterations": 0,  # categories keep their order from best to worst
        "emphasis": {"focus": "adjacency", "lineStyle": {"opacity": 0.6}},
        "label": TEXT_LABEL,
        "data": nodes,
        "links": links,
    }
    option = {**STILL, "tooltip": {"trigger": "item", **TOOLTIP}, "series": [series]}
    return Chart(option)


def _sankey_nodes(
    flows: Sequence[Flow],
    *,
    title_of: Callable[[str | None], str],
    colour_of: Callable[[str | None], str],
    rank: Callable[[str | None], Any],
) -> list[Option]:
    """Both columns in the order of the page: the layout keeps the order in which nodes come."""
    nodes = []
    counted = [flow for flow in flows if flow.clients]
    for side, codes in enumerate(({flow.before for flow in counted}, {flow.after for flow in counted})):
        for code in sorted(codes, key=rank):
            nodes.append(
                {
                    "name": f"{side}|{code or ''}",
                    "depth": side,
                    "label": {"formatter": title_of(code), "position": "right"},
                    "itemStyle": {"color": colour_of(code), "borderWidth": 0},
                    "tooltip": {"formatter": title_of(code)},
                }
            )
    return nodes


def _flow_words(flow: Flow, title_of: Callable[[str | None], str]) -> str:
    return f"{title_of(flow.before)} → {title_of(flow.after)}: {flow.clients}"


def attention_dumbbell(pairs: Sequence[Pair], *, attention_title: str, margin_title: str) -> Chart:
    """Share of attention against share of margin, one line per category, best on top."""
    codes = [pair.code for pair in pairs]
    bars = [
        {
            "type": "line",
            "data": [[round(pair.attention, 4), pair.code], [round(pair.margin, 4), pair.code]],
            "showSymbol": False,
            "silent": True,
            "lineStyle": {"color": "token:chart-grey-soft", "width": 4},
            "z": 1,
        }
        for pair in pairs
    ]
    points = [
        _points(pairs, title=attention_title, colour="token:warn", value=lambda pair: pair.attention, symbol="circle"),
        _points(pairs, title=margin_title, colour="token:chart-main", value=lambda pair: pair.margin, symbol="diamond"),
    ]
    option = {
        **STILL,
        "tooltip": {"trigger": "item", "valueFormatter": "format:share", **TOOLTIP},
        "grid": {"left": 36, "right": 28, "top": 8, "bottom": 28},
        "xAxis": {
            "type": "value",
            "min": 0,
            "axisLabel": {"formatter": "format:share", **MUTED_LABEL},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "yAxis": {
            "type": "category",
            "data": codes,
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {**TEXT_LABEL, "fontWeight": 600},
        },
        "series": bars + points,
    }
    return Chart(option)


def _points(pairs: Sequence[Pair], *, title: str, colour: str, value: Callable[[Pair], float], symbol: str) -> Option:
    return {
        "type": "scatter",
        "name": title,
        "symbol": symbol,
        "symbolSize": 13,
        "itemStyle": {"color": colour},
        "data": [{"value": [round(value(pair), 4), pair.code], "url": pair.url} for pair in pairs],
        "z": 3,
    }


def loss_heatmap(cells: Sequence[LossCell], *, months: Sequence[str], years: Sequence[str]) -> Chart:
    """In which month of which year clients were lost: the darker, the more clients."""
    most = max((cell.clients for cell in cells), default=0) or 1
    data = [
        {
            "value": [cell.month, cell.year, cell.clients],
            "url": cell.url,
            "label": {"show": True, "color": "token:on-heat" if cell.clients > most * DARK_FROM else "token:text"},
        }
        for cell in cells
        if cell.clients
    ]
    option = {
        **STILL,
        "tooltip": {"trigger": "item", **TOOLTIP},
        "grid": {"left": 44, "right": 8, "top": 8, "bottom": 28},
        "xAxis": _category_axis(months),
        "yAxis": _category_axis(years),
        "visualMap": {
            "show": False,
            "min": 0,
            "max": most,
            "dimension": 2,
            "inRange": {"color": ["token:heat-0", "token:heat-1", "token:heat-2"]},
        },
        "series": [
            {
                "type": "heatmap",
                "data": data,
                "label": {"fontSize": 11, "formatter": "format:count"},
                "itemStyle": {"borderColor": "token:surface", "borderWidth": 2, "borderRadius": 3},
                "emphasis": {"itemStyle": {"borderColor": "token:accent"}},
            }
        ],
    }
    return Chart(option)


def _category_axis(names: Sequence[str]) -> Option:
    return {
        "type": "category",
        "data": list(names),
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "axisLabel": MUTED_LABEL,
        "splitArea": {"show": False},
    }


def concentration_curve(shares: Sequence[tuple[int, float]], *, half_at: int | None) -> Chart:
    """Cumulative share of margin held by the first N clients, with a mark where half of it is reached."""
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:share", **TOOLTIP},
        "grid": {"left": 44, "right": 16, "top": 24, "bottom": 28},
        "xAxis": {
            "type": "value",
            "min": 1,
            "max": max((clients for clients, _share in shares), default=1),
            "splitNumber": 4,
            "axisLabel": {"formatter": "format:count", "hideOverlap": True, **MUTED_LABEL, "showMaxLabel": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": 1,
            "axisLabel": {"formatter": "format:share", **MUTED_LABEL},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "series": [
            {
                "type": "line",
                "data": [[clients, round(share, 4)] for clients, share in shares],
                "showSymbol": False,
                "lineStyle": {"color": "token:chart-main", "width": 2},
                "itemStyle": {"color": "token:chart-main"},
                "areaStyle": {"color": "token:chart-main", "opacity": 0.08},
                **_half_mark(half_at),
            }
        ],
    }
    return Chart(option)


def _half_mark(half_at: int | None) -> Option:
    if half_at is None:
        return {}
    return {
        "markLine": {
            "symbol": "none",
            "silent": True,
            "label": {"formatter": "format:count", **TEXT_LABEL},
            "lineStyle": {"color": "token:chart-grey", "type": "dashed"},
            "data": [{"xAxis": half_at}],
        }
    }


def sparkline(values: Sequence[float | None]) -> Chart:
    """A row's trend: one thin line, its last point marked, no axes."""
    last = len(values) - 1
    option = {
        "aria": {"enabled": False},
        "animation": False,
        "grid": {"left": 1, "right": 4, "top": 3, "bottom": 3},
        "xAxis": {"type": "category", "show": False, "boundaryGap": False, "data": list(range(len(values)))},
        "yAxis": {"type": "value", "show": False, "scale": True},
        "series": [
            {
                "type": "line",
                "data": [
                    {"value": value, "symbol": "circle" if place == last else "none"}
                    for place, value in enumerate(values)
                ],
                "symbolSize": 4,
                "silent": True,
                "lineStyle": {"color": "token:chart-grey", "width": 1.25},
                "itemStyle": {"color": "token:chart-main"},
            }
        ],
    }
    return Chart(option)
