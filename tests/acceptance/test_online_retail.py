"""Online Retail II, about a million lines of a real wholesaler, from a CSV with its original headers to graded clients.

The second computation is pandas over the raw file: it shares no code with the program.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.homes import fresh_home

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "online_retail_ii.parquet"
AS_OF = date(2011, 12, 9)
YEAR_BEFORE = date(2010, 12, 9)
ORIGINAL_HEADERS = {
    "doc_id": "Invoice",
    "product": "StockCode",
    "description": "Description",
    "qty": "Quantity",
    "ts": "InvoiceDate",
    "price": "Price",
    "client_id": "Customer ID",
    "country": "Country",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    if not DATA.exists():
        pytest.skip(f"the real data set is absent: {DATA}")
    return pd.read_parquet(DATA)


@pytest.fixture(scope="module")
def home(raw, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("online_retail")
    file = folder / "online_retail_II.csv"
    raw[list(ORIGINAL_HEADERS)].rename(columns=ORIGINAL_HEADERS).to_csv(file, index=False)
    run(fresh_home(folder / "home"), "import", str(file), "--no-client", "skip")
    run(folder / "home", "pulse", "--as-of", AS_OF.isoformat())
    return folder / "home"


def run(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": "", "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-m", "clientarium.interfaces.cli", *arguments],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def clients(home) -> pd.DataFrame:
    return pd.DataFrame(json.loads(run(home, "clients", "--format", "json"))).set_index("client")


@pytest.fixture(scope="module")
def expected(raw) -> pd.DataFrame:
    lines = raw.dropna(subset=["client_id"]).copy()
    lines["client"] = lines["client_id"].astype("int64").astype(str)
    lines["day"] = lines["ts"].dt.date
    lines["money"] = (lines["qty"] * lines["price"].round(4)).round(4)
    last_year = lines[(lines.day > YEAR_BEFORE) & (lines.day <= AS_OF)]
    order_money = lines.groupby(["client", "doc_id"]).agg(money=("money", "sum"), day=("day", "min"))
    orders = order_money[order_money.money > 0]
    result = pd.DataFrame(index=sorted(lines.client.unique()))
    result["revenue_all"] = lines.groupby("client").money.sum()
    result["revenue_12m"] = last_year.groupby("client").money.sum()
    result["revenue_12m"] = result["revenue_12m"].fillna(0)
    recent = orders[(orders.day > YEAR_BEFORE) & (orders.day <= AS_OF)]
    result["orders_12m"] = recent.groupby("client").size()
    result["orders_all"] = orders.groupby("client").size()
    days = orders.reset_index().drop_duplicates(["client", "day"]).sort_values(["client", "day"])
    result["first_purchase_on"] = days.groupby("client").day.min().astype(str)
    result["last_purchase_on"] = days.groupby("client").day.max().astype(str)
    gaps = pd.to_datetime(days.day).groupby(days.client).diff().dt.days
    result["typical_gap_days"] = gaps.groupby(days.client).median()
    return result


def test_every_client_of_the_file_is_in_the_base(clients, expected):
    assert sorted(clients.index) == sorted(expected.index)


def test_revenue_agrees_to_the_cent(clients, expected):
    for name in ("revenue_all", "revenue_12m"):
        difference = (clients[name].astype(float).fillna(0) - expected[name]).abs()
        assert difference.max() < 0.005, difference.nlargest(3)


def test_orders_agree(clients, expected):
    for name in ("orders_12m", "orders_all"):
        assert (clients[name].fillna(0) - expected[name].fillna(0)).abs().max() == 0


def test_purchase_days_and_rhythm_agree(clients, expected):
    buyers = expected.dropna(subset=["typical_gap_days"]).index
    assert (clients.loc[buyers, "typical_gap_days"] - expected.loc[buyers, "typical_gap_days"]).abs().max() == 0
    ordered = expected[expected.orders_all > 0].index
    for name in ("first_purchase_on", "last_purchase_on"):
        assert (clients.loc[ordered, name] == expected.loc[ordered, name]).all()


def test_every_active_client_has_a_lifecycle_and_abc(clients):
    buyers = clients[clients.orders_12m > 0]
    assert buyers.lifecycle.notna().all()
    assert set(buyers.abc_revenue.dropna()) == {"A", "B", "C"}


def test_margin_is_unknown_not_zero(clients):
    buyers = clients[clients.orders_12m > 0]
    assert buyers.margin_12m.isna().all()
    assert clients.abc_margin.isna().all()
