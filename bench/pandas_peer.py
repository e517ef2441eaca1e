"""The main metrics as an analyst writes them in pandas, beside ours over the same sale lines: seconds, memory, answers.

Both read the same parquet file (revenue and cost are decimals there; pandas turns them into doubles, as people do).
"""

import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from bench.firm import AS_OF, DEFINITIONS, firm_in, make_firm
from bench.report import measured, publish
from clientarium.core.metrics import compute, load_catalogue, load_norms

TITLE = "pandas peer"
SIZES = {True: (20_000, 1_000), False: (2_000_000, 100_000)}
TIMES_FASTER = 10.0
# pandas adds doubles one by one; ours adds decimals.
CLOSE = 1e-9
A_UP_TO, B_UP_TO = 0.8, 0.95

METRICS = (
    "revenue_12m", "revenue_prev_12m", "cost_12m", "cost_prev_12m", "margin_12m", "margin_prev_12m",
    "orders_12m", "orders_all", "first_purchase_on", "last_purchase_on", "typical_gap_days", "active_months_12m",
    "products_12m", "revenue_12m_share", "revenue_12m_rank", "revenue_12m_share_ahead",
)  # fmt: skip
SUMMED = ("revenue_12m", "revenue_prev_12m", "cost_12m", "margin_12m", "orders_12m", "orders_all", "typical_gap_days",
          "active_months_12m", "products_12m")  # fmt: skip


def bench(folder: Path, *, small: bool) -> None:
    lines, clients = SIZES[small]
    measured("facts", make_firm_in, folder, lines, clients)
    flat = folder / f"pandas_{lines}.parquet"
    measured("flat file", write_flat, folder, lines, clients, flat)
    pandas = measured(f"pandas, {lines:,} lines, {clients:,} clients", by_pandas, flat)
    ours = measured("ours: the same metrics", by_us, flat)
    whole = measured("ours: the whole catalogue", by_us_whole, folder, lines, clients)
    flat.unlink()
    check(pandas.details.pop("answers"), ours.details.pop("answers"))
    for figure in (pandas, ours):
        figure.note = "the same answers" if not figure.note else figure.note
    publish(
        TITLE + (" small" if small else ""),
        [pandas, ours, whole],
        ratios={
            "pandas / ours, the same metrics": pandas.seconds / ours.seconds,
            "pandas / our whole catalogue": pandas.seconds / whole.seconds,
        },
        limits={"pandas / ours, the same metrics": TIMES_FASTER},
    )


def make_firm_in(folder: Path, lines: int, clients: int) -> dict[str, float]:
    return make_firm(folder, lines=lines, clients=clients)


def write_flat(folder: Path, lines: int, clients: int, flat: Path) -> None:
    with firm_in(folder, lines=lines, clients=clients).ledger.engine() as engine:
        table = engine.fetch("select source, doc_id, sold_on, client_id, product, revenue, cost, discount from sales")
    with duckdb.connect() as connection:
        connection.register("sales", table)
        connection.execute(f"copy sales to '{flat}' (format parquet, compression zstd)")


def by_pandas(flat: Path) -> dict[str, Any]:
    started = time.perf_counter()
    sales = pd.read_parquet(flat, columns=["client_id", "doc_id", "sold_on", "product", "revenue", "cost"])
    sales["sold_on"] = pd.to_datetime(sales["sold_on"])
    sales[["revenue", "cost"]] = sales[["revenue", "cost"]].astype(float)
    result = metrics_in_pandas(sales[sales["sold_on"] <= pd.Timestamp(AS_OF)], as_of=pd.Timestamp(AS_OF))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "answers": summed(result)}


def metrics_in_pandas(sales: pd.DataFrame, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row per client. Group, aggregate, join: what the tutorials teach."""
    year_ago, two_years_ago = as_of - pd.DateOffset(years=1), as_of - pd.DateOffset(years=2)
    result = pd.DataFrame(index=pd.Index(sorted(sales["client_id"].unique()), name="client_id"))

    sales["margin"] = sales["revenue"] - sales["cost"]
    this_year = sales[sales["sold_on"] > year_ago]
    last_year = sales[(sales["sold_on"] > two_years_ago) & (sales["sold_on"] <= year_ago)]
    for name, part in (("12m", this_year), ("prev_12m", last_year)):
        sums = part.groupby("client_id")[["revenue", "cost", "margin"]].sum(min_count=1)
        result = result.join(sums.add_suffix(f"_{name}"))

    documents = (
        sales.groupby(["client_id", "doc_id"]).agg(sold_on=("sold_on", "min"), revenue=("revenue", "sum")).reset_index()
    )
    orders = documents[documents["revenue"] > 0]
    result["orders_all"] = orders.groupby("client_id").size()
    recent = orders[orders["sold_on"] > year_ago]
    result["orders_12m"] = recent.groupby("client_id").size()

    days = orders[["client_id", "sold_on"]].drop_duplicates().sort_values(["client_id", "sold_on"])
    result["first_purchase_on"] = days.groupby("client_id")["sold_on"].min()
    result["last_purchase_on"] = days.groupby("client_id")["sold_on"].max()
    result["typical_gap_days"] = days.groupby("client_id")["sold_on"].apply(lambda own: own.diff().dt.days.median())

    starts = [as_of - pd.DateOffset(months=12 - month) for month in range(13)]
    month = pd.cut(recent["sold_on"], bins=starts, labels=False)
    result["active_months_12m"] = recent.assign(month=month).groupby("client_id")["month"].nunique()
    result["products_12m"] = this_year[this_year["revenue"] > 0].groupby("client_id")["product"].nunique()
    return with_places(result)


def with_places(result: pd.DataFrame) -> pd.DataFrame:
    ordered = result[result["revenue_12m"].notna()].sort_values("revenue_12m", ascending=False, kind="stable")
    share = ordered["revenue_12m"] / ordered["revenue_12m"].sum()
    ahead = share.cumsum() - share
    result["revenue_12m_share"] = share
    result["revenue_12m_rank"] = pd.Series(range(1, len(ordered) + 1), index=ordered.index)
    result["revenue_12m_share_ahead"] = ahead
    result["abc"] = ahead.apply(abc)
    return result


def abc(share_ahead: float) -> str:
    return "A" if share_ahead < A_UP_TO else "B" if share_ahead < B_UP_TO else "C"


def by_us(flat: Path) -> dict[str, Any]:
    """The catalogue's own SQL for the same metrics, over the same file."""
    engine = FlatEngine(flat)
    catalogue, norms = load_catalogue(), load_norms(DEFINITIONS / "norms.yaml")
    started = time.perf_counter()
    ids = engine.connection.sql("select distinct client_id from sales").to_arrow_table()
    compute(engine, catalogue, as_of=AS_OF, norms=norms, clients=ids, only=METRICS)
    result = engine.connection.sql(
        f"select client_id, {', '.join(METRICS)}, case when revenue_12m_share_ahead < {A_UP_TO} then 'A'"
        f" when revenue_12m_share_ahead < {B_UP_TO} then 'B' else 'C' end as abc from metrics"
    ).to_arrow_table()
    seconds = time.perf_counter() - started
    frame = result.to_pandas()
    frame[[*SUMMED]] = frame[[*SUMMED]].astype(float)
    frame.loc[frame["revenue_12m_rank"].isna(), "abc"] = None
    return {"seconds": seconds, "answers": summed(frame)}


class FlatEngine:
    """DuckDB over the one file, with the settings the ledger's engine has."""

    def __init__(self, flat: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 2; set memory_limit = '4GB'; set preserve_insertion_order = false")
        self.view("sales", f"select * from read_parquet('{flat}')")

    def register(self, name: str, table: pa.Table) -> None:
        self.connection.register("arriving", table)
        self.connection.execute(f"create or replace table {name} as from arriving")

    def materialize(self, name: str, sql: str) -> None:
        self.connection.execute(f"create or replace table {name} as {sql}")

    def view(self, name: str, sql: str) -> None:
        self.connection.execute(f"create or replace view {name} as {sql}")


def by_us_whole(folder: Path, lines: int, clients: int) -> dict[str, Any]:
    """Every metric of the catalogue from the ledger's own tables, touches and payments too."""
    firm = firm_in(folder, lines=lines, clients=clients)
    catalogue, norms, cards = load_catalogue(), load_norms(DEFINITIONS / "norms.yaml"), firm.cards()
    started = time.perf_counter()
    with firm.ledger.engine() as engine:
        compute(engine, catalogue, as_of=AS_OF, norms=norms, clients=cards)
        engine.fetch("select count(*) from metrics")
    return {"seconds": time.perf_counter() - started, "note": f"{len(catalogue.metrics)} metrics"}


def summed(frame: pd.DataFrame) -> dict[str, Any]:
    """What both sides must agree on."""
    return {
        "clients": len(frame),
        **{name: float(frame[name].sum()) for name in SUMMED},
        "abc": {letter: int((frame["abc"] == letter).sum()) for letter in "ABC"},
        "first": day(frame["first_purchase_on"].min()),
        "last": day(frame["last_purchase_on"].max()),
    }


def day(moment: Any) -> str:
    return str(moment if type(moment) is date else moment.date())


def check(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    for name, value in theirs.items():
        same = (
            abs(value - ours[name]) <= CLOSE * max(1.0, abs(value)) if isinstance(value, float) else value == ours[name]
        )
        assert same, f"{name}: pandas {value}, ours {ours[name]}"
