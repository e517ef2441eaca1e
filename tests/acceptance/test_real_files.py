"""Files nobody prepared for us: understood without a hint, totals equal to those published beside the data."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.homes import fresh_home

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
# clients, revenue, cost (None: the file has none), as ../shared/data/README.md counts them
FILES = {
    "northwind_lines.csv": (89, Decimal("1265793.04"), None),
    "classicmodels_lines.csv": (98, Decimal("9604190.61"), Decimal("5778310.36")),
    "superstore.csv": (793, Decimal("2297200.86"), Decimal("2297200.86") - Decimal("286397.02")),
    "cdnow_master.csv": (23_570, Decimal("2500315.63"), None),
}
COUNTED = "superstore.csv"
KOPECK = Decimal("0.01")

pytestmark = pytest.mark.slow


def clientarium(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "clientarium.interfaces.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def data(request: pytest.FixtureRequest) -> Path:
    file = DATA / request.param
    if not file.exists():
        pytest.skip(f"the real data set is absent: {file}")
    return file


@pytest.mark.parametrize("data", sorted(FILES.keys() - {COUNTED}), indirect=True)
def test_file_is_understood_and_its_totals_agree(data: Path, tmp_path: Path) -> None:
    agrees_with_published(data, fresh_home(tmp_path))


@pytest.mark.parametrize("data", [COUNTED], indirect=True)
def test_clients_of_such_a_file_are_counted_and_graded(data: Path, tmp_path: Path) -> None:
    agrees_with_published(data, fresh_home(tmp_path), "--pulse")
    clients = json.loads(clientarium(tmp_path, "clients", "--format", "json"), parse_float=Decimal)
    sums = [sum(row[name] for row in clients).quantize(KOPECK) for name in ("revenue_all", "cost_all")]
    assert (len(clients), *sums) == FILES[data.name]
    assert {row["grade"] for row in clients} & {"A", "AA", "AAA"}


def agrees_with_published(data: Path, home: Path, *options: str) -> None:
    told = json.loads(clientarium(home, "import", str(data), "--as", "sales", "--json", *options), parse_float=Decimal)
    (loaded,) = told["imports"]
    sums = {column: Decimal(of["accepted"]) for column, of in loaded["totals"].items()}
    cost = sums.get("cost", sums["revenue"] - sums["margin"] if "margin" in sums else None)
    found = (loaded["clients_created"], sums["revenue"].quantize(KOPECK), cost and cost.quantize(KOPECK))
    assert found == FILES[data.name]
    assert (loaded["refused"], loaded["skipped"]) == (0, 0)
