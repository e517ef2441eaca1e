"""The client's own picture: money by month above, touches below, the day the next order may be expected."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from clientarium.core.readings import ClientMonth

from .charts import MUTED_LABEL, STILL, TOOLTIP, Cell, Chart, Column, Option


def client_timeline(months: Sequence[ClientMonth], *, with_margin: bool) -> Chart:
    """Bars of revenue with margin inside, touches on a second axis below."""
    labels = [f"{month.month:%m.%y}" for month in months]
    series: list[Option] = [
        {
            "name": _("Revenue"),
            "type": "bar",
            "barGap": "-100%",
            "itemStyle": {"color": "token:chart-grey-soft"},
            "data": [float(month.revenue) for month in months],
        }
    ]
    if with_margin:
        series.append(
            {
                "name": _("Margin"),
                "type": "bar",
                "itemStyle": {"color": "token:chart-main"},
                "data": [None if month.margin is None else float(month.margin) for month in months],
            }
        )
    series.append(
        {
            "name": _("Touches"),
            "type": "scatter",
            "xAxisIndex": 1,
            "yAxisIndex": 1,
            "symbolSize": 7,
            "itemStyle": {"color": "token:muted"},
            "data": [month.touches or None for month in months],
        }
    )
    axis = {
        "type": "category",
        "data": labels,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "token:line"}},
    }
    option = {
        **STILL,
        "tooltip": {**TOOLTIP, "trigger": "axis", "valueFormatter": "format:money"},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "grid": [
            {"left": 64, "right": 12, "top": 12, "height": 150},
            {"left": 64, "right": 12, "top": 184, "height": 44},
        ],
        "xAxis": [
            {**axis, "axisLabel": {"show": False}},
            {**axis, "gridIndex": 1, "axisLabel": {**MUTED_LABEL, "hideOverlap": True}},
        ],
        "yAxis": [
            {
                "type": "value",
                "axisLabel": {**MUTED_LABEL, "formatter": "format:money"},
                "splitLine": {"lineStyle": {"color": "token:line"}},
                "splitNumber": 3,
            },
            {
                "type": "value",
                "gridIndex": 1,
                "min": 0,
                "minInterval": 1,
                "splitNumber": 1,
                "axisLabel": MUTED_LABEL,
                "splitLine": {"show": False},
            },
        ],
        "series": series,
    }
    columns = [
        Column(_("Month")),
        Column(_("Revenue"), "money"),
        *([Column(_("Margin"), "money")] if with_margin else []),
        Column(_("Orders"), "count"),
        Column(_("Touches"), "count"),
    ]
    rows = [
        [
            Cell(label),
            Cell(month.revenue, "money"),
            *([Cell(month.margin, "money")] if with_margin else []),
            Cell(month.orders, "count"),
            Cell(month.touches, "count"),
        ]
        for label, month in zip(labels, months, strict=True)
    ]
    return Chart(option, columns, rows)


def words_of_rhythm(days_since: int | None, gap: float | None, last: date | None) -> str:
    """One sentence on where the client is in his own rhythm; plain arithmetic, no forecast yet."""
    if days_since is None or last is None:
        return _("Has not bought yet.")
    if not gap:
        return _("Bought on one day only, %(days)d days ago: the rhythm is unknown.") % {"days": days_since}
    if days_since > gap:
        return _("Usually buys every %(gap)d days; silent for %(days)d, %(late)d longer than usual.") % {
            "gap": round(gap),
            "days": days_since,
            "late": round(days_since - gap),
        }
    return _("Usually buys every %(gap)d days; %(days)d have passed.") % {"gap": round(gap), "days": days_since}
