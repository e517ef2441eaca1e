"""The command line as a user meets it: a process, its exit code, what it prints. One home, filled once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.slow

SALES = """Дата;Документ;Код клиента;Клиент;Товар;Количество;Сумма;Себестоимость;Менеджер
05.01.2026;1;001;ООО «Берёза»;Болт;10;1000,00;600,00;Иванова
05.02.2026;2;001;ООО «Берёза»;Болт;10;1000,50;600,00;Иванова
05.03.2026;3;001;ООО «Берёза»;Гайка;10;-200,50;-100,00;Иванова
31.03.2026;4;002;=КЕДР;Болт;5;500,00;450,00;Петров
31.03.2026;5;002;=КЕДР;Болт;5;пятьсот;450,00;Петров
"""


def clientarium(home: Path, *arguments: str, language: str = "ru") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clientarium.interfaces.cli", "--lang", language, *arguments],
        env=os.environ | {"CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cli")


@pytest.fixture(scope="module")
def imported(folder) -> subprocess.CompletedProcess[str]:
    """The report of importing a file one of whose five lines cannot be read."""
    (folder / "продажи.csv").write_text(SALES, encoding="cp1251")
    return clientarium(folder / "home", "import", str(folder / "продажи.csv"), "--source", "1С", "--pulse", "--json")


@pytest.fixture(scope="module")
def home(folder, imported) -> Path:
    assert imported.returncode == 3, imported.stderr
    return folder / "home"


def test_help_speaks_russian_by_default_and_english_on_demand(folder):
    assert "живая система" in clientarium(folder / "nowhere", "--help").stdout
    assert "living system" in clientarium(folder / "nowhere", "--help", language="en").stdout
    assert not (folder / "nowhere").exists()


def test_no_home_is_the_users_error_and_none_is_made(folder):
    done = clientarium(folder / "nowhere", "clients", language="en")
    assert (done.returncode, "There is no home at" in done.stderr, (folder / "nowhere").exists()) == (2, True, False)


def test_import_with_a_refused_row_ends_with_three_and_tells_why(imported):
    report = json.loads(imported.stdout)["imports"][0]
    assert {name: report[name] for name in ("kind", "state", "rows_read", "accepted", "refused", "skipped")} == {
        "kind": "sales", "state": "loaded", "rows_read": 5, "accepted": 4, "refused": 1, "skipped": 0,
    }  # fmt: skip
    assert report["totals"]["revenue"] == {"file": 2300, "accepted": 2300, "refused": 0, "skipped": 0}
    assert [(row["line"], row["column"], row["value"]) for row in report["refused_rows"]] == [(6, "Сумма", "пятьсот")]


def test_refused_rows_lie_in_a_workbook(imported):
    path = json.loads(imported.stdout)["imports"][0]["refused_workbook"]
    row = next(load_workbook(path).active.iter_rows(min_row=2, max_row=2, values_only=True))
    assert "пятьсот" in row


def test_the_same_file_again_is_the_users_error(home, folder):
    done = clientarium(home, "import", str(folder / "продажи.csv"), language="en")
    assert (done.returncode, "is already loaded" in done.stderr) == (2, True)


def test_dry_run_loads_nothing(home, folder):
    more = folder / "ещё.csv"
    more.write_text(
        SALES.splitlines()[0] + "\n01.04.2026;9;003;ООО «Дуб»;Болт;1;10,00;5,00;Иванова\n", encoding="cp1251"
    )
    done = clientarium(home, "import", str(more), "--dry-run", "--json")
    assert json.loads(done.stdout)["imports"][0]["accepted"] == 1
    assert len(json.loads(clientarium(home, "imports", "list", "--json").stdout)) == 1


def test_clients_as_json_carry_every_metric_as_numbers(home):
    rows = json.loads(clientarium(home, "clients", "--format", "json").stdout)
    metrics = {card["name"] for card in json.loads(clientarium(home, "metrics", "list", "--json").stdout)}
    birch = next(row for row in rows if row["client"] == "001")
    assert metrics | {"client", "name", "grade", "layer", "rfm", "lifecycle", "movement"} <= set(birch)
    assert [birch[name] for name in ("name", "revenue_12m", "margin_12m", "orders_12m", "last_purchase_on", "abc_margin")] == [
        "ООО «Берёза»", 1800, 700, 2, "2026-02-05", "A",
    ]  # fmt: skip


def test_clients_are_filtered_sorted_and_written_without_formulas(home, folder):
    out = folder / "clients.csv"
    done = clientarium(
        home, "clients", "--where", "revenue_12m > 100", "--sort", "-revenue_12m", "--columns", "revenue_12m",
        "--format", "csv", "--out", str(out),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert out.read_text(encoding="utf-8").splitlines()[1:] == ["001,ООО «Берёза»,1800.0000", "002,'=КЕДР,500.0000"]


def test_unknown_word_in_a_condition_names_the_nearest(home):
    done = clientarium(home, "clients", "--where", "revenue_12 > 1")
    assert (done.returncode, "revenue_12m" in done.stderr) == (2, True)


def test_explain_names_the_rule_and_the_numbers(home):
    record = json.loads(clientarium(home, "explain", "001", "--scheme", "abc_margin", "--json").stdout)
    assert (record["client"], record["category"], record["fired"]["category"]) == ("001", "A", "A")


def test_doctor_finds_everything_in_its_place(home):
    findings = json.loads(clientarium(home, "doctor", "--json").stdout)
    assert [finding["what"] for finding in findings if not finding["is_fine"]] == []


def test_schemes_are_in_order(home):
    assert clientarium(home, "schemes", "check").returncode == 0


def test_users_are_added_once(home):
    add = ("users", "add", "olga", "--role", "head", "--name", "Ольга", "--password-stdin")
    environment = os.environ | {"CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    command = [sys.executable, "-m", "clientarium.interfaces.cli", *add]
    codes = [
        subprocess.run(
            command, input="dlinnyj-parol-7\n", env=environment, text=True, capture_output=True, check=False
        ).returncode
        for _ in range(2)
    ]
    users = json.loads(clientarium(home, "users", "list", "--json").stdout)
    assert (codes, [(user["username"], user["role"]) for user in users]) == ([0, 2], [("olga", "head")])


def test_python_door_gives_the_snapshot_and_filters_clients(home):
    script = (
        "import clientarium; home = clientarium.open_home(); frame = home.snapshot();"
        "print(len(frame), sorted(home.clients(where='orders_12m > 1')['client']), home.snapshot_dates()[-1])"
    )
    environment = os.environ | {"CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "2 ['001'] 2026-03-31\n", done.stderr


def test_demo_asks_before_it_touches_an_existing_home(home):
    done = clientarium(home, "demo", language="en")
    assert (done.returncode, "There is already a home" in done.stderr) == (2, True)


def test_undo_takes_the_import_back(home):
    done = clientarium(home, "imports", "undo", "1", "--yes")
    assert done.returncode == 0, done.stderr
    assert json.loads(clientarium(home, "imports", "show", "1", "--json").stdout)["state"] == "undone"


def test_a_key_alone_makes_no_home_used(tmp_path):
    from clientarium.interfaces.cli.commands.demo import _is_used

    assert not _is_used(tmp_path / "nowhere")
    (tmp_path / "secret_key").write_text("made by whoever read the settings")
    assert not _is_used(tmp_path)
    (tmp_path / "db.sqlite3").touch()
    assert _is_used(tmp_path)
