"""From core's readings to the charts, matrices and sentences of the first screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clientarium.core.readings import AttentionPart, Concentration, Flow, LostMonth
from clientarium.core.readings import Cell as SizeCell

from . import charts, pulse
from .charts import Cell, Chart, Column, Pair

ABC_CODES = ("A", "B", "C")
DECEIVERS = "(abc_revenue = 'A' and abc_margin in ('B', 'C')) or (abc_revenue = 'B' and abc_margin = 'C')"
CURVE_POINTS_AT_LEAST = 20
CURVE_POINTS_AT_MOST = 200
CURVE_ROWS = (1, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
LOSS_YEARS_SHOWN = 6


@dataclass(frozen=True)
class MatrixCell:
    """Clients of one class by revenue and one by margin, and their share of the margin."""

    by_revenue: str
    by_margin: str
    clients: int
    margin_share: float | None

    @property
    def url(self) -> str:
        return pulse.clients_where(
            f"{pulse.equals('abc_revenue', self.by_revenue)} and {pulse.equals('abc_margin', self.by_margin)}"
        )

    @property
    def kind(self) -> str:
        """Whether size and margin agree: «same», «bigger» (size deceives), «better» (worth more than its size)."""
        if self.by_revenue == self.by_margin:
            return "same"
        return "bigger" if self.by_revenue < self.by_margin else "better"


def abc_matrix(cells: Sequence[SizeCell]) -> list[list[MatrixCell]]:
    """Rows A, B, C by margin; columns A, B, C by revenue."""
    found = {(cell.by_revenue, cell.by_margin): cell for cell in cells}
    total = sum(cell.margin for cell in cells)

    def at(size: str, gain: str) -> MatrixCell:
        cell = found.get((size, gain))
        margin = cell.margin if cell else 0
        return MatrixCell(size, gain, cell.clients if cell else 0, float(margin / total) if total > 0 else None)

    return [[at(size, gain) for size in ABC_CODES] for gain in ABC_CODES]


def attention_pairs(parts: Sequence[AttentionPart], *, scheme: str) -> list[Pair]:
    """The categories whose both shares are known, from best to worst; none where the effort is unknown."""
    pairs = [
        Pair(
            part.category,
            attention=part.attention_share,
            margin=part.money_share,
            clients=part.clients,
            url=pulse.clients_where(pulse.equals(scheme, part.category)),
        )
        for part in parts
        if part.category is not None and part.attention_share is not None and part.money_share is not None
    ]
    return sorted(pairs, key=lambda pair: pulse.rank(pair.code))


def heaviest(pairs: Sequence[Pair]) -> Pair | None:
    """The category whose attention runs furthest ahead of its margin."""
    worst = max(pairs, key=lambda pair: pair.attention - pair.margin, default=None)
    return worst if worst and worst.attention > worst.margin else None


def attention_chart(pairs: Sequence[Pair], *, scheme: str, words: pulse.CompanyWords) -> Chart:
    """The dumbbell and its table."""
    drawn = charts.attention_dumbbell(
        pairs, attention_title=_("share of the attention"), margin_title=_("share of the margin")
    )
    columns = [
        Column(words.scheme(scheme)),
        Column(_("Clients"), "count"),
        Column(_("Attention"), "share1"),
        Column(_("Margin"), "share1"),
    ]
    rows = [
        [
            Cell(f"{pair.code} · {words.category(scheme, pair.code)}", url=pair.url),
            Cell(pair.clients, "count", pair.url),
            Cell(pair.attention, "share1"),
            Cell(pair.margin, "share1"),
        ]
        for pair in pairs
    ]
    return Chart(drawn.option, columns, rows)


def curve_places(found: Concentration) -> list[int]:
    """Where the curve is drawn: up to three times as many clients as hold the half, so that its bend is seen."""
    last = min(max(3 * found.clients, CURVE_POINTS_AT_LEAST), found.payers)
    steps = min(last, CURVE_POINTS_AT_MOST)
    evenly = {round(last * step / steps) for step in range(1, steps + 1)}
    return sorted(evenly | {place for place in (*CURVE_ROWS, found.clients) if 0 < place <= last})


def concentration_chart(points: Sequence[tuple[int, float]], found: Concentration) -> Chart:
    """The curve over the largest clients, and a table of its round places."""
    drawn = charts.concentration_curve(points, half_at=found.clients or None)
    columns = [Column(_("Largest clients"), "count"), Column(_("Share of the margin"), "share1")]
    marks = [point for point in points if point[0] in (*CURVE_ROWS, found.clients)]
    return Chart(drawn.option, columns, [[Cell(place, "count"), Cell(share, "share1")] for place, share in marks])


def movement_chart(
    flows: Sequence[Flow], *, scheme: str, words: pulse.CompanyWords, url_of: Callable[[Any], str]
) -> Chart:
    """The Sankey of categories and the same as a table, the dearest flows first."""
    drawn = charts.movement_sankey(
        [
            charts.Flow(
                flow.before, flow.after, flow.clients, float(flow.money_after or flow.money_before), url_of(flow)
            )
            for flow in flows
        ],
        title_of=lambda code: _node_title(scheme, code, words),
        colour_of=lambda code: f"token:{pulse.colour_token(scheme, code)}",
        rank=pulse.rank,
    )
    columns = [Column(_("From")), Column(_("To")), Column(_("Clients"), "count"), Column(_("Margin"), "money")]
    rows = [
        [
            Cell(_node_title(scheme, flow.before, words)),
            Cell(_node_title(scheme, flow.after, words)),
            Cell(flow.clients, "count", url_of(flow)),
            Cell(flow.money_after, "money"),
        ]
        for flow in sorted(flows, key=lambda flow: -abs(flow.money_after))
    ]
    return Chart(drawn.option, columns, rows)


def _node_title(scheme: str, code: str | None, words: pulse.CompanyWords) -> str:
    if code is None:
        return _("none")
    return code if scheme == "grade" else words.category(scheme, code)


def loss_chart(
    months: Sequence[LostMonth], *, month_titles: Sequence[str], url_of: Callable[[Any], str], until: date
) -> Chart:
    """Years down, months across; the newest years, at most six."""
    years = [str(year) for year in sorted({month.year for month in months})][-LOSS_YEARS_SHOWN:]
    cells = [
        charts.LossCell(
            month_titles[month.month - 1], str(month.year), month.clients, float(month.money), url_of(month)
        )
        for month in months
        if str(month.year) in years
    ]
    drawn = charts.loss_heatmap(cells, months=list(month_titles), years=years)
    columns = [
        Column(_("Month")),
        Column(_("Clients"), "count"),
        Column(_("Margin of the last year with them"), "money"),
    ]
    rows = [
        [
            Cell(f"{month.month:02d}.{month.year}"),
            Cell(month.clients, "count", url_of(month)),
            Cell(month.money, "money"),
        ]
        for month in reversed(months)
        if month.year <= until.year
    ]
    return Chart(drawn.option, columns, rows)
