"""What leaves the program: no text turns into a formula, no phone loses its plus."""

import csv
import io
import json
import tracemalloc
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from clientarium.core.ground import UserError
from clientarium.interfaces import sheets
from clientarium.interfaces.cli.exports import Format, write_rows
from clientarium.interfaces.sheets import neutral

COLUMNS = ("name", "phone", "margin", "since")
ROWS = [
    ("=cmd|' /C calc'!A0", "+7 912 000-12-34", Decimal("-1234.50"), date(2026, 10, 31)),
    ("ООО «Кедр»", None, None, None),
]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        (" \u00a0=1+1", "' \u00a0=1+1"),
        ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("\tx", "'\tx"),
        ("\x00=1", "'\x00=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("+79120001234", "'+79120001234"),
        ("-12,50", "-12,50"),
        ("ООО «Кедр»", "ООО «Кедр»"),
        (Decimal("-5"), Decimal("-5")),
        (None, None),
    ],
)
def test_neutral(text, safe):
    assert neutral(text) == safe


def test_csv_is_neutral_and_iso(tmp_path):
    target = tmp_path / "clients.csv"
    write_rows(COLUMNS, ROWS, form=Format.CSV, target=target, titles=COLUMNS)
    assert list(csv.reader(io.StringIO(target.read_text(encoding="utf-8")))) == [
        ["name", "phone", "margin", "since"],
        ["'=cmd|' /C calc'!A0", "'+7 912 000-12-34", "-1234.50", "2026-10-31"],
        ["ООО «Кедр»", "", "", ""],
    ]


def test_json_keeps_numbers_and_nulls(capsys):
    write_rows(COLUMNS, ROWS, form=Format.JSON, target=None, titles=COLUMNS)
    assert json.loads(capsys.readouterr().out) == [
        {"name": "=cmd|' /C calc'!A0", "phone": "+7 912 000-12-34", "margin": -1234.5, "since": "2026-10-31"},
        {"name": "ООО «Кедр»", "phone": None, "margin": None, "since": None},
    ]


def test_workbook_holds_no_formula_and_no_link(tmp_path):
    target = tmp_path / "clients.xlsx"
    write_rows(
        COLUMNS, [*ROWS, ("http://x.example", "8 912", 1, None)], form=Format.XLSX, target=target, titles=COLUMNS
    )
    with ZipFile(target) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    cells = next(load_workbook(target).active.iter_rows(min_row=2, max_row=2, values_only=True))
    assert (cells[0], cells[1], cells[2], cells[3].date()) == (
        "'=cmd|' /C calc'!A0",
        "'+7 912 000-12-34",
        -1234.5,
        date(2026, 10, 31),
    )


SCHEMA = pa.schema(
    [("name", pa.string()), ("phone", pa.string()), ("margin", pa.decimal128(24, 4)), ("since", pa.date32())]
)


def test_parquet_keeps_types(tmp_path):
    target = tmp_path / "clients.parquet"
    write_rows(COLUMNS, ROWS, form=Format.PARQUET, target=target, titles=COLUMNS, schema=SCHEMA)
    assert pq.read_table(target).schema == SCHEMA
    assert [tuple(row.values()) for row in pq.read_table(target).to_pylist()] == ROWS


def test_workbook_goes_on_in_another_sheet_where_one_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS", 3)
    write_rows(("n",), [(n,) for n in range(5)], form=Format.XLSX, target=tmp_path / "n.xlsx", titles=("n",))
    book = load_workbook(tmp_path / "n.xlsx")
    found = {sheet.title: [cell for (cell,) in sheet.iter_rows(values_only=True)] for sheet in book}
    assert found == {"clients": ["n", 0, 1], "clients 2": ["n", 2, 3], "clients 3": ["n", 4]}


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON, Format.PARQUET, Format.XLSX])
def test_a_longer_file_needs_no_more_memory(form, tmp_path):
    """CHECKS.md 13 and 49: rows are made, written and forgotten."""
    peaks = [peak_of(form, rows, tmp_path / f"{rows}.{form}") for rows in (10_000, 30_000)]
    assert peaks[1] < peaks[0] + 1_000_000, peaks


def peak_of(form, count, target):
    rows = ((f"Клиент {n}", f"8 912 {n}", Decimal(n), date(2026, 1, 1)) for n in range(count))
    tracemalloc.start()
    try:
        write_rows(COLUMNS, rows, form=form, target=target, titles=COLUMNS, schema=SCHEMA)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_workbook_without_a_file_is_refused():
    with pytest.raises(UserError, match="cannot be printed"):
        write_rows(COLUMNS, ROWS, form=Format.XLSX, target=None, titles=COLUMNS)
