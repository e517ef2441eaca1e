"""The generated files say what `planted.json` says, and come out the same each time."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientarium.interfaces.cli.demo_company import REGIONS, DemoFiles, Size, generate

SMALL = Size(clients=150, years=3)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> DemoFiles:
    return generate(tmp_path_factory.mktemp("demo"), size=SMALL)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp1251", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_same_size_gives_same_bytes(files, tmp_path):
    again = generate(tmp_path, size=SMALL)
    names = [path.name for _, path in files.by_kind if path.suffix == ".csv"] + [files.planted.name]
    assert [(again.folder / name).read_bytes() for name in names] == [
        (files.folder / name).read_bytes() for name in names
    ]


def test_another_seed_gives_another_company(files, tmp_path):
    other = generate(tmp_path, size=Size(clients=150, years=3, seed=7))
    assert other.planted.read_bytes() != files.planted.read_bytes()


def test_sales_files_sum_up_to_what_was_planted(files):
    planted = json.loads(files.planted.read_text(encoding="utf-8"))
    for kind, path in files.by_kind:
        if kind != "sales":
            continue
        rows, year = rows_of(path), path.stem.split()[-1]
        assert {
            "lines": len(rows),
            "documents": len({row["Документ"] for row in rows}),
            "revenue": str(sum(amount(row["Сумма"]) for row in rows)),
            "cost": str(sum(amount(row["Себестоимость"]) for row in rows if row["Себестоимость"])),
            "discount": str(sum(amount(row["Сумма скидки"]) for row in rows)),
            "lines_without_cost": sum(not row["Себестоимость"] for row in rows),
            "returned": str(sum(amount(row["Сумма"]) for row in rows if row["Сумма"].startswith("-"))),
        } == planted["years"][year]


def test_sales_lie_within_the_history_and_on_working_days(files):
    days = {row["Дата"] for kind, path in files.by_kind if kind == "sales" for row in rows_of(path)}
    iso = sorted("-".join(reversed(day.split("."))) for day in days)
    assert SMALL.start.isoformat() <= iso[0] <= iso[-1] <= SMALL.end.isoformat()
    assert not [day for day in iso if date.fromisoformat(day).weekday() > 4 and day != SMALL.end.isoformat()]


def test_client_list_has_every_planted_client_and_the_twins(files):
    planted = json.loads(files.planted.read_text(encoding="utf-8"))
    book = load_workbook(dict(files.by_kind)["clients"], read_only=True)
    header, *rows = book.active.iter_rows(values_only=True)
    codes = [row[0] for row in rows]
    wanted = {code for codes_ in planted["patterns"].values() for code in codes_} | set(planted["twins"])
    assert header[:3] == ("Код клиента", "Наименование", "ИНН")
    assert set(codes) == wanted
    assert len(codes) == planted["clients"]


def test_sizes_before_end_are_whole_months():
    assert Size().start.isoformat() == "2021-11-01"
    assert Size().months_before_end(1).isoformat() == "2026-09-30"
    assert Size().months_before_end(12).isoformat() == "2025-10-31"


def test_misplaced_cards_name_a_seller_who_never_sold_to_them(files):
    """In pairs, so that portfolios keep their size; sales stay with those who made them."""
    planted = json.loads(files.planted.read_text(encoding="utf-8"))
    misplaced = planted["misplaced"]
    sold = {
        (row["Код клиента"], row["Менеджер"])
        for kind, path in files.by_kind
        if kind == "sales"
        for row in rows_of(path)
        if row["Код клиента"] in misplaced
    }
    assert sold == {(code, one["belongs_to"]) for code, one in misplaced.items()}
    book = load_workbook(dict(files.by_kind)["clients"], read_only=True)
    rows = {row[0]: (row[7], row[9]) for row in book.active.iter_rows(values_only=True)}
    assert {code: rows[code][1] for code in misplaced} == {code: one["holder"] for code, one in misplaced.items()}
    assert all(rows[code][0] in REGIONS[one["belongs_to"]] for code, one in misplaced.items())
    assert len(misplaced) >= 2
