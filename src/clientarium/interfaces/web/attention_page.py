"""From the load of the firm to the rows, charts and sentences of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clientarium.core.readings import WhaleTenth
from clientarium.decisions.attention import By, KeyLoad, Load, ServiceLoad, Whale, service_title, work_title

from . import charts, figures, pulse
from .charts import MUTED_LABEL, STILL, TEXT_LABEL, TOOLTIP, Chart, Pair

ROWS_SHOWN = 60
"""Sellers of a page: the heaviest for what they bring; a firm with more of them is read by the command line."""
DRAWN = 12
SELLER_NAME_LENGTH = 16


@dataclass(frozen=True)
class Row:
    """One grade, layer or seller of the table."""

    load: KeyLoad
    code: str
    title: str
    colour: str
    url: str

    @property
    def is_ahead(self) -> bool:
        return self.load.load_share is not None and self.load.ahead > 0


def rows_of(load: Load, by: str) -> list[Row]:
    """Grades and layers from best to worst; sellers from whose load runs furthest ahead. Those without a key last."""
    words = pulse.company_words()
    rows = []
    for one in load.keys:
        if by == By.SELLER:
            code, title, colour = one.key or "", one.key or _("held by nobody"), ""
        else:
            code = one.key or ""
            title = words.category(by, one.key) if one.key else _("outside the scheme")
            colour = pulse.colour_token(by, one.key)
        rows.append(Row(one, code, title, colour, pulse.clients_where(_condition(by, one.key))))
    if by == By.SELLER:
        return sorted(rows, key=lambda row: (row.code == "", -row.load.ahead, row.code))
    return sorted(rows, key=lambda row: pulse.rank(row.code or None))


def _condition(by: str, key: str | None) -> str:
    return pulse.equals(by, key.replace("'", "''") if key else None)


def answer_of(row: Row, by: str, *, measure: str) -> str:
    """Whose load runs furthest ahead, in a sentence: «Группа D: 26 % нагрузки, 2 % маржи»."""
    is_margin = measure == "margin"
    if by == By.SELLER:
        sentence = (
            _("Clients of %(name)s: %(load)s of the load, %(money)s of the margin")
            if is_margin
            else _("Clients of %(name)s: %(load)s of the load, %(money)s of the revenue")
        )
    elif by == By.LAYER:
        sentence = (
            _("Layer “%(name)s”: %(load)s of the load, %(money)s of the margin")
            if is_margin
            else _("Layer “%(name)s”: %(load)s of the load, %(money)s of the revenue")
        )
    else:
        sentence = (
            _("Group %(name)s: %(load)s of the load, %(money)s of the margin")
            if is_margin
            else _("Group %(name)s: %(load)s of the load, %(money)s of the revenue")
        )
    name = row.code if by == By.GRADE else row.title
    language = (get_language() or "ru").partition("-")[0]
    load, money = (
        figures.share(part, places=1, language=language) for part in (row.load.load_share, row.load.money_share)
    )
    return sentence % {"name": name, "load": load, "money": money}


def dumbbell(rows: Sequence[Row], by: str) -> Chart | None:
    """Load against money, a line per row; None where a share is unknown."""
    drawn = [row for row in rows if row.code and row.load.load_share is not None and row.load.money_share is not None]
    if not drawn:
        return None
    pairs = [
        Pair(
            code=_label(row, by),
            attention=row.load.load_share or 0.0,
            margin=row.load.money_share or 0.0,
            clients=row.load.clients,
            url=row.url,
        )
        for row in drawn[:DRAWN]
    ]
    chart = charts.attention_dumbbell(
        pairs, attention_title=_("share of the load"), margin_title=_("share of the margin")
    )
    left = 36 if by == By.GRADE else 108
    return replace(chart, option={**chart.option, "grid": {**chart.option["grid"], "left": left}})


def _label(row: Row, by: str) -> str:
    if by == By.GRADE:
        return row.code
    return row.title if len(row.title) <= SELLER_NAME_LENGTH else row.title[: SELLER_NAME_LENGTH - 1] + "…"


@dataclass(frozen=True)
class ServiceRow:
    """A service of the table, its works in words."""

    load: ServiceLoad
    title: str
    works: tuple[tuple[str, int, float], ...]


def service_rows_of(load: Load) -> list[ServiceRow]:
    return [
        ServiceRow(
            one,
            service_title(one.service),
            tuple((work_title(kind), count, minutes / one.hours / 60) for kind, count, minutes in one.kinds),
        )
        for one in load.services
    ]


def whale_chart(whale: Whale) -> Chart:
    """The sum of money after service over the clients, the most profitable first; a mark at the peak."""
    curve = whale.curve
    mark = {
        "symbol": "none",
        "silent": True,
        "label": {"formatter": _("peak"), **TEXT_LABEL},
        "lineStyle": {"color": "token:warn", "type": "dashed"},
        "data": [{"xAxis": curve.earners}],
    }
    series: dict[str, Any] = {
        "type": "line",
        "data": [[0, 0], *([point.place, round(float(point.money), 2)] for point in curve.points)],
        "showSymbol": False,
        "lineStyle": {"color": "token:chart-main", "width": 2},
        "itemStyle": {"color": "token:chart-main"},
        "areaStyle": {"color": "token:chart-main", "opacity": 0.08},
    }
    if curve.losers and curve.earners:
        series["markLine"] = mark
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "valueFormatter": "format:money", **TOOLTIP},
        "grid": {"left": 64, "right": 20, "top": 24, "bottom": 28},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": max(curve.clients, 1),
            "splitNumber": 4,
            "axisLabel": {"formatter": "format:count", "hideOverlap": True, **MUTED_LABEL},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {"formatter": "format:money", **MUTED_LABEL},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "series": [series],
    }
    return Chart(option)


@dataclass(frozen=True)
class TenthRow:
    """A tenth of the clients and the list behind it; `share`: its part of what is left in the end."""

    tenth: WhaleTenth
    share: float | None
    up_to_share: float | None
    url: str


def tenth_rows(whale: Whale) -> list[TenthRow]:
    total = whale.curve.total
    return [
        TenthRow(
            one,
            float(one.money / total) if total > 0 else None,
            float(one.up_to / total) if total > 0 else None,
            pulse.clients_where(whale.tenth_where(one)),
        )
        for one in whale.curve.tenths
    ]
