"""What was planted, written down beside the files by its own sums, so that the program can be checked against it."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from .attention import Payment, Touch
from .clients import DemoClient
from .origins import planted_zones
from .patterns import PATTERNS
from .rhythm import Calendar
from .sales import Line
from .size import Size

LOAD_PERCENT = 26  # of the minutes (1.6.2): what the noisy group D was calibrated to
MARGIN_PERCENT = 2  # of the margin


def planted(
    size: Size, *, clients: Sequence[DemoClient], calendars: Sequence[Calendar], lines: Sequence[Line],
    touches: Sequence[Touch], payments: Sequence[Payment],
) -> dict[str, Any]:  # fmt: skip
    """Client codes by pattern, figures per planted client, and totals as strings of roubles."""
    return {
        "seed": size.seed,
        "start": size.start.isoformat(),
        "end": size.end.isoformat(),
        "clients": len(clients),
        "patterns": {p.name: [c.code for c in clients if c.pattern is p and not c.twin_of] for p in PATTERNS},
        "twins": {c.code: c.twin_of for c in clients if c.twin_of},
        "portfolios": _count_by(c.holder for c in clients if c.holder),
        "misplaced": {c.code: {"holder": c.holder, "belongs_to": c.seller} for c in clients if c.wrong_seller},
        "zones": planted_zones(),
        "group_d": {"load_percent": LOAD_PERCENT, "margin_percent": MARGIN_PERCENT},
        "rhythms": _rhythms(clients, calendars=calendars),
        "last_purchases": {
            c.code: cal.days[-1].isoformat() for c, cal in zip(clients, calendars, strict=True) if cal.days
        },
        "revenue_12m": _last_year(lines, size=size),
        "years": _years(lines),
        "touches": {"rows": len(touches), "measured_minutes": sum(t.minutes or 0 for t in touches)},
        "payments": {"rows": len(payments), "amount": _roubles(sum(p.amount_minor for p in payments))},
    }


def _count_by(values: Any) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _rhythms(clients: Sequence[DemoClient], *, calendars: Sequence[Calendar]) -> dict[str, dict[str, float]]:
    """Planted mean gap and the median of the gaps as they fell, for those who have a rhythm."""
    rhythms = {}
    for client, calendar in zip(clients, calendars, strict=True):
        if client.pattern.shape > 1 and calendar.gap_days and len(calendar.days) > 1:
            gaps = [(b - a).days for a, b in zip(calendar.days, calendar.days[1:], strict=False)]
            rhythms[client.code] = {
                "planted_gap_days": round(calendar.gap_days, 2),
                "median_gap_days": float(median(gaps)),
            }
    return rhythms


def _last_year(lines: Sequence[Line], *, size: Size) -> dict[str, str]:
    after = size.months_before_end(12)
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.sold_on > after:
            sums[line.client.code] += line.revenue_minor
    return {code: _roubles(minor) for code, minor in sorted(sums.items())}


def _years(lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """Per calendar year: lines, documents, revenue, known cost, discount, lines without a cost, returned revenue."""
    years: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        years[line.sold_on.year].append(line)
    return {
        str(year): {
            "lines": len(his),
            "documents": len({line.document for line in his}),
            "revenue": _roubles(sum(line.revenue_minor for line in his)),
            "cost": _roubles(sum(line.cost_minor or 0 for line in his)),
            "discount": _roubles(sum(line.discount_minor for line in his)),
            "lines_without_cost": sum(line.cost_minor is None for line in his),
            "returned": _roubles(sum(line.revenue_minor for line in his if line.revenue_minor < 0)),
        }
        for year, his in sorted(years.items())
    }


def _roubles(minor: int) -> str:
    sign, value = ("-", -minor) if minor < 0 else ("", minor)
    return f"{sign}{value // 100}.{value % 100:02d}"
