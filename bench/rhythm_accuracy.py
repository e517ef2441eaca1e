"""Every method for numbers of orders on four real bases, by the splits of SCIENCE.md 3.2: errors, bias, ranks, status.

    python -m bench rhythm_accuracy

Data: ../shared/data (see its README). Online Retail II: lines of known clients, no cancellations, documents of a
positive total, one purchase day for a client-day. Iowa has no published split: the last 26 weeks are held back.
"program" is what `choose_counts` picks on the calibration part alone; the paired bootstrap is by client.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from clientarium.core.forecast.backtest.origins import origin_at
from clientarium.core.forecast.backtest.paired import Difference, paired_difference
from clientarium.core.forecast.backtest.report import Report, count_misses, report_of
from clientarium.core.forecast.choosing import CountChoice, choose_counts
from clientarium.core.forecast.counting import COUNT_METHODS, STATUS_METHODS, count_method
from clientarium.core.forecast.histories import Histories, day_number, histories_of

SHARED = Path(__file__).parents[1] / "../shared/data"
RESULT = Path(__file__).parent / "results" / "rhythm_accuracy.json"
WEEK = 7
ROLLING = (7, 28, 91, 182)


@dataclass(frozen=True)
class Split:
    """weeks: of calibration (None: all but the holdout); published: the best column of SCIENCE.md 3.2 and its MAE;
    rival: our method of that column, its mean being what was published (None where we have no such method).
    """

    read: Callable[[], pa.Table]
    weeks: int | None
    holdout_weeks: int
    published: tuple[str, float] | None = None
    rival: str | None = None


def cdnow() -> pa.Table:
    found = csv.read_csv(SHARED / "cdnow_sample.csv")
    return pa.table({"client_id": found["client_id"], "day": found["date"], "revenue": found["revenue"]})


def grocery() -> pa.Table:
    found = csv.read_csv(SHARED / "grocery_elog.csv")
    return pa.table({"client_id": found["client_id"], "day": found["date"]})


def online_retail() -> pa.Table:
    columns = ["client_id", "doc_id", "ts", "revenue", "is_cancel"]
    lines = pq.read_table(SHARED / "online_retail_ii.parquet", columns=columns)
    lines = lines.filter(pc.and_(pc.is_valid(lines["client_id"]), pc.invert(lines["is_cancel"])))
    lines = lines.append_column("day", lines["ts"].cast(pa.date32()))
    documents = lines.group_by(["client_id", "doc_id", "day"]).aggregate([("revenue", "sum")])
    documents = documents.filter(pc.greater(documents["revenue_sum"], 0))
    return documents.select(["client_id", "day", "revenue_sum"]).rename_columns(["client_id", "day", "revenue"])


def iowa() -> pa.Table:
    columns = ["client_id", "date", "revenue"]
    lines = pq.read_table(SHARED / "iowa_liquor_lines_179stores_2019_2022.parquet", columns=columns)
    clients = lines["client_id"].cast(pa.int64())
    return pa.table({"client_id": clients, "day": lines["date"], "revenue": lines["revenue"]})


SPLITS: Mapping[str, Split] = {
    "CDNOW 39/39": Split(cdnow, 39, 39, ("Pareto/NBD, mean", 0.7545), "pareto_nbd"),
    "Grocery 52/52": Split(grocery, None, 52, ("GB median + model features", 1.273)),
    "Online Retail II 79/26": Split(online_retail, 79, 26, ("three-way mean", 0.985), "three_way"),
    "Iowa, last 26": Split(iowa, None, 26, None, "last_window"),
}
GROCERY_CUT = date(2006, 12, 31)


def split_day(name: str, split: Split, purchases: pa.Table) -> tuple[int, int]:
    """The last day of the calibration and the last day of what is known, day numbers."""
    first, last = pc.min(purchases["day"]).as_py(), pc.max(purchases["day"]).as_py()
    if name.startswith("Grocery"):
        return day_number(GROCERY_CUT), day_number(last)
    if split.weeks is None:
        return day_number(last - timedelta(weeks=split.holdout_weeks)), day_number(last)
    return day_number(first + timedelta(weeks=split.weeks, days=-1)), day_number(last)


def judged(histories: Histories, *, cut: int, horizon: int) -> tuple[Report, CountChoice, dict[str, Difference], float]:
    """Every method on the split, the program's choice on the calibration part, and its misses against every other."""
    origin = origin_at(histories, cut, [horizon])
    choice = choose_counts(origin.known, horizon=horizon)
    started = time.perf_counter()
    methods = {**COUNT_METHODS, choice.counts: count_method(choice.counts)}
    report = report_of(
        [origin], methods=list(methods.values()), statuses=list(STATUS_METHODS.values()), horizons=[horizon]
    )
    seconds = time.perf_counter() - started
    misses = {
        name: count_misses([origin], [one.forecast(origin.known, [horizon])], horizon) for name, one in methods.items()
    }
    program = misses[choice.counts]
    versus = {name: paired_difference(program, other, origin.known.client_ids) for name, other in misses.items()}
    return report, choice, versus, seconds


def against_rival(histories: Histories, choice: CountChoice, rival: str, *, cut: int, horizon: int) -> Difference:
    """Absolute errors of the program's typical counts less those of the rival's expected ones."""
    origin = origin_at(histories, cut, [horizon])
    program = count_misses([origin], [count_method(choice.counts).forecast(origin.known, [horizon])], horizon)
    expected = count_method(rival).forecast(origin.known, [horizon]).expected[horizon]
    return paired_difference(program, np.abs(expected - origin.came[horizon].orders), origin.known.client_ids)


def shown(name: str, report: Report, choice: CountChoice, versus: Mapping[str, Difference]) -> Table:
    horizon = report.horizons[0]
    table = Table(title=f"{name}: {report.clients[0]} clients, cut {report.cuts[0]}, {horizon} days")
    for column in (
        "method",
        "MAE",
        "of mean",
        "RMSE",
        "bias %",
        "typical %",
        "corr",
        "AUC",
        "lift",
        "hit",
        "Gini",
        "program - it",
    ):
        table.add_column(column, justify="left" if column == "method" else "right")
    for line in report.counts:
        if line.population != "all":
            continue
        counts, ranking, gap = line.counts, line.ranking, versus[line.method]
        is_program = line.method == choice.counts
        table.add_row(
            f"{line.method}{' *' if is_program else ''}",
            f"{counts.mae:.4f}", f"{counts.mae_of_mean:.4f}", f"{counts.rmse:.3f}",
            _signed(counts.bias_pct), _signed(counts.bias_pct_typical), _plain(counts.correlation),
            _plain(ranking.auc), _plain(ranking.top_lift), _plain(ranking.top_hit), _plain(ranking.gini_spend),
            "" if is_program else f"{gap.mean:+.3f} [{gap.low:+.3f}; {gap.high:+.3f}]",
        )  # fmt: skip
    return table


def status_table(report: Report) -> Table:
    table = Table(title="status")
    for column in ("method", "AUC of P(alive)", "AUC of P(order)", "Brier", "climatology"):
        table.add_column(column, justify="left" if column == "method" else "right")
    for line in report.statuses:
        if line.population == "all":
            one = line.status
            table.add_row(
                line.method, _plain(one.auc), _plain(one.auc_of_chance), f"{one.brier:.4f}", f"{one.climatology:.4f}"
            )
    return table


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{value:+.1f}"


def bench(folder: Path, *, small: bool = False) -> None:  # noqa: ARG001 -- the shape of every bench
    """Print the table of every base; keep it as JSON. With `small`, only the first."""
    console, kept = Console(width=170), dict[str, Any]()
    for name, split in list(SPLITS.items())[: 1 if small else None]:
        purchases = split.read()
        cut, last = split_day(name, split, purchases)
        histories = histories_of(purchases, until=last)
        report, choice, versus, seconds = judged(histories, cut=cut, horizon=split.holdout_weeks * WEEK)
        console.print(shown(name, report, choice, versus), status_table(report))
        console.print(
            f"program: {choice.counts}; status: {choice.status}. {choice.reason} All methods: {seconds:.1f} s."
        )
        program = report.count(choice.counts, report.horizons[0]).counts
        if split.published:
            column, mae = split.published
            console.print(
                f"published best: {column} {mae}; program {program.mae:.4f} ({100 * (program.mae / mae - 1):+.1f} %)\n"
            )
        if split.rival:
            gap = against_rival(histories, choice, split.rival, cut=cut, horizon=report.horizons[0])
            verdict = "better" if gap.is_better else "not told apart" if gap.low <= 0 else "worse"
            console.print(f"program - {split.rival}, mean: {gap.mean:+.4f} [{gap.low:+.4f}; {gap.high:+.4f}] {verdict}")
        kept[name] = {"report": report.as_dict(), "choice": choice.as_dict()}
    if not small:
        RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
