"""Files nobody prepared for us: understood without a hint, totals equal to those published beside the data."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
# clients, revenue, cost (None: the file has none), as ../shared/data/README.md counts them
FILES = {
    "northwind_lines.csv": (89, Decimal("1265793.04"), None),
    "classicmodels_lines.csv": (98, Decimal("9604190.61"), Decimal("5778310.36")),
    "superstore.csv": (793, Decimal("2297200.86"), Decimal("2297200.86") - Decimal("286397.02")),
    "cdnow_master.csv": (23_570, Decimal("2500315.63"), None),
}
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


@pytest.mark.parametrize("name", sorted(FILES))
def test_file_is_understood_and_its_totals_agree(name: str, tmp_path: Path) -> None:
    file = DATA / name
    if not file.exists():
        pytest.skip(f"the real data set is absent: {file}")
    clientarium(tmp_path / "home", "import", str(file), "--as", "sales")
    clientarium(tmp_path / "home", "pulse")
    clients = json.loads(clientarium(tmp_path / "home", "clients", "--format", "json"), parse_float=Decimal)
    known = [row["cost_all"] for row in clients if row["cost_all"] is not None]
    found = (
        len(clients),
        Decimal(sum(row["revenue_all"] for row in clients)).quantize(KOPECK),
        Decimal(sum(known)).quantize(KOPECK) if known else None,
    )
    assert found == FILES[name]
    assert {row["grade"] for row in clients} & {"A", "AA", "AAA"}
