"""The client's own time line: each purchase day a tick, the expected order a band, today between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .charts import MUTED_LABEL, STILL, TOOLTIP, Cell, Chart, Column, Option

YEARS_SHOWN = 2
DAYS_AHEAD_AT_LEAST = 14


@dataclass(frozen=True)
class Window:
    """When the next order is expected: most likely `on`, with 80 % between `early` and `late`."""

    on: date
    early: date
    late: date

    @classmethod
    def of(cls, state: Any) -> "Window | None":
        """From a published row; None where nothing is foretold."""
        days = [getattr(state, f"next_order_{name}", None) for name in ("on", "early", "late")]
        return cls(*days) if all(days) else None


def rhythm_strip(days: Sequence[date], *, window: Window | None, as_of: date) -> Chart:
    """`days`: purchase days, oldest first. Ticks of two years, the band of the window, a line for `as_of`."""
    last_shown = max(filter(None, [window.late if window else None, as_of + timedelta(days=DAYS_AHEAD_AT_LEAST)]))
    ticks: Option = {
        "name": _("Orders"),
        "type": "scatter",
        "symbol": "rect",
        "symbolSize": [2, 22],
        "itemStyle": {"color": "token:chart-main"},
        "data": [[day.isoformat(), 0.5] for day in days],
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {**MUTED_LABEL, "formatter": _("data up to here")},
            "lineStyle": {"color": "token:muted", "type": "dashed"},
            "data": [{"xAxis": as_of.isoformat()}],
        },
    }
    if window:
        ticks["markArea"] = {
            "silent": True,
            "itemStyle": {"color": "token:good-soft"},
            "data": [[{"xAxis": window.early.isoformat()}, {"xAxis": window.late.isoformat()}]],
        }
    series = [ticks]
    if window:
        series.append(
            {
                "name": _("Expected order"),
                "type": "scatter",
                "symbol": "diamond",
                "symbolSize": 12,
                "itemStyle": {"color": "token:good"},
                "data": [[window.on.isoformat(), 0.5]],
            }
        )
    option = {
        **STILL,
        "tooltip": {**TOOLTIP, "trigger": "item", "formatter": "{a}"},
        "grid": {"left": 12, "right": 24, "top": 20, "bottom": 24},
        "xAxis": {
            "type": "time",
            "min": (as_of - timedelta(days=365 * YEARS_SHOWN)).isoformat(),
            "max": last_shown.isoformat(),
            "axisLine": {"lineStyle": {"color": "token:line"}},
            "axisLabel": {**MUTED_LABEL, "hideOverlap": True},
        },
        "yAxis": {"type": "value", "min": 0, "max": 1, "show": False},
        "series": series,
    }
    rows = [[Cell(_("Order")), Cell(day, "day")] for day in reversed(days)]
    if window:
        ahead = ((_("Expected order"), window.on), (_("not before"), window.early), (_("not later than"), window.late))
        rows = [[Cell(title), Cell(day, "day")] for title, day in ahead] + rows
    return Chart(option, [Column(_("Event")), Column(_("Day"), "day")], rows)


def rhythm_sentence(window: Window | None, state: Any) -> str:
    """When the next order is expected, in one sentence, with how far it can be trusted."""
    if window is None:
        return ""
    basis, overdue = getattr(state, "forecast_basis", ""), getattr(state, "order_overdue_days", None) or 0
    day = date_format(window.on, "d.m.Y")
    if basis == "base":
        return _("He has ordered once, so this is how others of the base come back: about %(day)s.") % {"day": day}
    if overdue:
        return _(
            "His order is late: it was to come by %(late)s, %(days)s d. ago. If he orders, then about %(day)s."
        ) % {
            "late": date_format(window.late, "d.m.Y"),
            "days": overdue,
            "day": day,
        }
    said = {"day": day, "early": date_format(window.early, "d.m"), "late": date_format(window.late, "d.m.Y")}
    if getattr(state, "rhythm", "") == "irregular":
        return _("Orders as it happens; most likely about %(day)s, with 80 %% between %(early)s and %(late)s.") % said
    return _("The next order is expected about %(day)s, with 80 %% between %(early)s and %(late)s.") % said
