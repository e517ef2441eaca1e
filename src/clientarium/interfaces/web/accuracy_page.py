"""From a stored check of the forecast to the sentences, rows and charts of «Точность»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .charts import MUTED_LABEL, STILL, TOOLTIP, Cell, Chart, Column
from .forecast_words import GROUP_TITLES, count_title, date_title

QUARTER = 91
WINDOW = "0.8"
NEAR = (1, 2, 7)
GOOD_BIAS, COVERED_LOW, COVERED_HIGH = 10.0, 0.76, 0.86
"""What the program promises: totals within ten per cent, windows of 80 % that hold 76 to 86 %."""

FEWEST_TO_JUDGE = 20
"""A group of fewer orders says nothing about a method."""


@dataclass(frozen=True)
class QuarterRow:
    """Orders foretold of clients known before the quarter, and those that came; miss: foretold over came, less 1."""

    since: date
    until: date
    expected: float
    came: int
    of_new: int
    expected_revenue: float | None
    came_revenue: float | None

    @property
    def title(self) -> str:
        return f"{date_format(self.since, 'd.m.Y')} — {date_format(self.until, 'd.m.Y')}"

    @property
    def miss(self) -> float | None:
        return self.expected / self.came - 1 if self.came else None


@dataclass(frozen=True)
class GroupRow:
    """Clients of one kind over all quarters shown."""

    title: str
    expected: float
    came: int
    mean_miss: float

    @property
    def miss(self) -> float | None:
        return self.expected / self.came - 1 if self.came else None

    @property
    def is_bad(self) -> bool:
        return self.miss is not None and abs(self.miss) * 100 > GOOD_BIAS and self.came >= FEWEST_TO_JUDGE


@dataclass(frozen=True)
class DatesTold:
    """How right the dates of the chosen method were. covered and near are shares 0..1, days are days."""

    method: str
    origins: int
    median_error: float
    mean_error: float
    covered: float
    window_days: float
    near: Sequence[tuple[int, float]]
    censored_share: float
    typical_gap_days: float

    @property
    def median_days(self) -> int:
        return round(self.median_error)

    @property
    def is_right(self) -> bool:
        return COVERED_LOW <= self.covered <= COVERED_HIGH


@dataclass(frozen=True)
class MethodRow:
    """A method beside the others; figures as the report has them."""

    title: str
    is_chosen: bool
    figures: Sequence[float | None]


class AccuracyPage:
    """The report of one check, ready to be shown."""

    def __init__(self, report: Mapping[str, Any], chosen: Mapping[str, Any]) -> None:
        self._report, self.chosen = report, chosen

    @property
    def quarters(self) -> list[QuarterRow]:
        return [
            QuarterRow(
                date.fromisoformat(one["since"]),
                date.fromisoformat(one["until"]),
                one["expected"],
                one["came"],
                one["of_new"],
                one["expected_revenue"],
                one["came_revenue"],
            )
            for one in self._report.get("quarters", ())
        ]

    @property
    def total(self) -> QuarterRow | None:
        """All quarters shown together."""
        rows = self.quarters
        if not rows:
            return None
        money = [row.expected_revenue for row in rows], [row.came_revenue for row in rows]
        sums = [None if None in part else sum(part) for part in money]
        return QuarterRow(
            rows[0].since,
            rows[-1].until,
            sum(row.expected for row in rows),
            sum(row.came for row in rows),
            sum(row.of_new for row in rows),
            sums[0],
            sums[1],
        )

    @property
    def groups(self) -> list[GroupRow]:
        """Where we are right and where not: kinds of clients, all quarters together."""
        found = []
        for name, title in GROUP_TITLES.items():
            parts = [one["groups"][name] for one in self._report.get("quarters", ()) if name in one["groups"]]
            if parts:
                clients = sum(part["clients"] for part in parts)
                misses = sum(part["mean_miss"] * part["clients"] for part in parts)
                found.append(
                    GroupRow(
                        str(title),
                        sum(part["expected"] for part in parts),
                        sum(part["came"] for part in parts),
                        misses / clients,
                    )
                )
        return found

    @property
    def worst_quarter(self) -> QuarterRow | None:
        """The quarter furthest off, where it is off by more than promised."""
        judged = [row for row in self.quarters if row.miss is not None and row.came >= FEWEST_TO_JUDGE]
        worst = max(judged, key=lambda row: abs(row.miss or 0), default=None)
        return worst if worst and abs(worst.miss or 0) * 100 > GOOD_BIAS else None

    @property
    def bad_groups(self) -> list[GroupRow]:
        return [row for row in self.groups if row.is_bad]

    @property
    def dates(self) -> DatesTold | None:
        dates = self._report["dates"]
        name = self.chosen["dates"]
        score = dates["scores"].get(name)
        if not score:
            return None
        return DatesTold(
            method=date_title(name),
            origins=dates["origins"],
            median_error=score["median_error"],
            mean_error=score["mean_error"],
            covered=score["covered"][WINDOW],
            window_days=score["window_days"][WINDOW],
            near=[(days, score["near"][str(days)]) for days in NEAR],
            censored_share=dates["censored_share"],
            typical_gap_days=dates["typical_gap_days"],
        )

    @property
    def pairs_told_right(self) -> float | None:
        """AUC: of a client who ordered and one who did not, how often the first was put higher."""
        lines = self._report["counts"]["statuses"]
        mine = [
            line
            for line in lines
            if line["method"] == self.chosen["status"]
            and line["population"] == "all"
            and line["horizon"] == self.horizon
        ]
        return mine[0]["status"]["auc"] if mine else None

    @property
    def reliability(self) -> list[dict[str, Any]]:
        """Bins of the chosen status method: told beside ordered."""
        for line in self._report["counts"]["statuses"]:
            is_mine = line["method"] == self.chosen["status"] and line["population"] == "all"
            if is_mine and line["horizon"] == self.horizon:
                return list(line["status"]["reliability"])
        return []

    @property
    def horizon(self) -> int:
        """The quarter, or the longest horizon the base could be judged at."""
        horizons = self._report["counts"]["horizons"]
        return QUARTER if QUARTER in horizons else max(horizons, default=QUARTER)

    @property
    def count_methods(self) -> list[MethodRow]:
        """Every method at the horizon: mean miss, total over what came, share of those in the best tenth found."""
        names = {self.chosen["counts"], *self.chosen["counts"].split("+")}
        lines = [
            line
            for line in self._report["counts"]["counts"]
            if line["horizon"] == self.horizon and line["population"] == "all"
        ]
        lines.sort(key=lambda line: line["counts"]["mae"])
        return [
            MethodRow(
                count_title(line["method"]),
                line["method"] in names,
                (
                    line["counts"]["mae"],
                    _part(line["counts"]["bias_pct"]),
                    line["ranking"]["top_hit"],
                ),
            )
            for line in lines
        ]

    @property
    def date_methods(self) -> list[MethodRow]:
        """Every way to tell a date: mean miss in days, within a week, the window's hold and width."""
        scores = sorted(self._report["dates"]["scores"].items(), key=lambda item: item[1]["mean_error"])
        return [
            MethodRow(
                date_title(name),
                name == self.chosen["dates"],
                (score["mean_error"], score["near"]["7"], score["covered"][WINDOW], score["window_days"][WINDOW]),
            )
            for name, score in scores
        ]

    @property
    def reason(self) -> str:
        """Why these methods."""
        told = self._report.get("choosing", {}).get("reason", "")
        return _(told) if told else ""

    @property
    def chosen_titles(self) -> dict[str, str]:
        return {
            "counts": count_title(self.chosen["counts"]),
            "dates": date_title(self.chosen["dates"]),
            "status": count_title(self.chosen["status"]),
        }


def quarters_chart(rows: Sequence[QuarterRow]) -> Chart:
    """Two bars a quarter: what was foretold, what came."""
    labels = [date_format(row.until, "m.Y") for row in rows]
    option = {
        **STILL,
        "tooltip": {**TOOLTIP, "trigger": "axis"},
        "legend": {"top": 0, "right": 0, "textStyle": MUTED_LABEL},
        "grid": {"left": 56, "right": 12, "top": 32, "bottom": 28},
        "xAxis": {
            "type": "category",
            "data": labels,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "token:line"}},
            "axisLabel": MUTED_LABEL,
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {**MUTED_LABEL, "formatter": "format:count"},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "series": [
            {
                "name": _("Foretold"),
                "type": "bar",
                "itemStyle": {"color": "token:chart-grey"},
                "data": [round(row.expected) for row in rows],
            },
            {
                "name": _("Came"),
                "type": "bar",
                "itemStyle": {"color": "token:chart-main"},
                "data": [row.came for row in rows],
            },
        ],
    }
    columns = [Column(_("Quarter")), Column(_("Foretold"), "count"), Column(_("Came"), "count")]
    table = [[Cell(row.title), Cell(round(row.expected), "count"), Cell(row.came, "count")] for row in rows]
    return Chart(option, columns, table)


def reliability_chart(bins: Sequence[Mapping[str, Any]]) -> Chart:
    """The chance told beside the share that ordered; on the line they are equal."""
    points = [[round(100 * one["told"], 1), round(100 * one["ordered"], 1)] for one in bins]
    axis = {
        "type": "value",
        "min": 0,
        "max": 100,
        "axisLabel": {**MUTED_LABEL, "formatter": "{value} %"},
        "splitLine": {"lineStyle": {"color": "token:line"}},
        "nameLocation": "middle",
        "nameTextStyle": MUTED_LABEL,
    }
    option = {
        **STILL,
        "tooltip": {**TOOLTIP, "trigger": "item"},
        "grid": {"left": 56, "right": 12, "top": 12, "bottom": 44},
        "xAxis": {**axis, "name": _("the chance told"), "nameGap": 26},
        "yAxis": {**axis, "name": _("ordered in fact"), "nameGap": 40},
        "series": [
            {
                "type": "line",
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": "token:chart-grey", "type": "dashed"},
                "data": [[0, 0], [100, 100]],
            },
            {
                "name": _("Clients"),
                "type": "line",
                "symbolSize": 7,
                "itemStyle": {"color": "token:chart-main"},
                "lineStyle": {"color": "token:chart-main"},
                "data": points,
            },
        ],
    }
    columns = [
        Column(_("The chance told"), "share"),
        Column(_("Ordered in fact"), "share"),
        Column(_("Clients"), "count"),
    ]
    rows = [[Cell(one["told"], "share"), Cell(one["ordered"], "share"), Cell(one["clients"], "count")] for one in bins]
    return Chart(option, columns, rows)


def _part(percent: float | None) -> float | None:
    return None if percent is None else percent / 100
