"""Refused rows come back as a workbook that can be mended and sent again, and that carries no formula."""

import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from clientarium.core.intake import write_refused_workbook

from .tables import SALES, SHARED, csv_bytes, refused_of, rows_of, stage_here, understand_here

DANGEROUS = [
    "=cmd|' /C calc'!A0",
    "+7 912 000-00-00",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "＝1+1",
    "http://evil.example",
    '=HYPERLINK("http://x")',
    "12345678901234567890",
]


def staged_with(tmp_path, rows, **changes):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([SALES[0], *rows], encoding="utf-8"))
    layout = understand_here(path, kind="sales").layout({"Дата": "date"})
    return layout, stage_here(path, layout=layout, **changes)


def cells_of(path):
    return [[cell or "" for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def test_mended_workbook_loads_with_the_same_layout(tmp_path):
    bad = [
        ["31.02.2025", "Р-1", "Ель", "Гвозди", "два", "1 500,50", "1,234"],
        ["06.03.2025", "Р-2", "Дуб", "Клей", "1", "много", ""],
    ]
    layout, staged = staged_with(tmp_path, [SALES[1], *bad])
    workbook = tmp_path / "refused.xlsx"
    write_refused_workbook(staged, workbook, language="en")
    assert cells_of(workbook) == [
        [*SALES[0], "Clientarium: line of the file", "Clientarium: why it was refused", "Clientarium: what to do"],
        [*bad[0], "3", "Дата: There is no such day in the calendar; Количество: Not a number",
         "Put a date like 31.01.2026 into this cell. Put a number into this cell or leave it empty."],
        [*bad[1], "4", "Сумма: Not a number", "Put a number into this cell or leave it empty."],
    ]  # fmt: skip
    book = openpyxl.load_workbook(workbook)
    book.active["A2"], book.active["E2"], book.active["F3"] = "28.02.2025", 2, "99,10"
    book.save(workbook)
    understanding = understand_here(workbook, known_layouts=(layout,))
    assert understanding.matched_layout == layout
    again = stage_here(workbook, layout=understanding.layout())
    assert [(row["doc_id"], row["revenue"], row["cost"]) for row in rows_of(again)] == [
        ("Р-1", Decimal("1500.5000"), Decimal("1.2340")), ("Р-2", Decimal("99.1000"), None),
    ]  # fmt: skip
    assert again.refused == 0


def test_workbook_holds_no_formula_and_no_link(tmp_path):
    _, staged = staged_with(tmp_path, [["нет даты", text, text, text, "1", "1", "1"] for text in DANGEROUS])
    workbook = tmp_path / "refused.xlsx"
    write_refused_workbook(staged, workbook, language="ru")
    with zipfile.ZipFile(workbook) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert (xml.count(b"<f>"), xml.count(b"<hyperlink")) == (0, 0)
    book = openpyxl.load_workbook(workbook)
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [row[1] for row in cells_of(workbook)[1:]] == [text.strip() for text in DANGEROUS]


def test_rows_of_wrong_width_are_written_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Дата;Клиент;Сумма\n05.03.2025;Ель;1\n06.03.2025;Дуб;1;2;3\n".encode())
    write_refused_workbook(stage_here(path), tmp_path / "r.xlsx", language="en")
    assert cells_of(tmp_path / "r.xlsx")[1][:5] == [
        "06.03.2025;Дуб;1;2;3", "", "", "3", "The row has 5 fields, the table has 3",
    ]  # fmt: skip


@pytest.mark.skipif(not SHARED.exists(), reason="NO CORPORA: ../shared is not there, nothing is proved")
def test_naughty_strings_come_back_as_they_went(tmp_path):
    strings = [text for text in json.loads((SHARED / "corpora/blns.json").read_text()) if text.strip()]
    _, staged = staged_with(tmp_path, [["нет", "Р", text, "", "1", "1", "1"] for text in strings])
    write_refused_workbook(staged, tmp_path / "r.xlsx", language="en")
    shown = cells_of(tmp_path / "r.xlsx")[1:]
    assert len(shown) == len(refused_of(staged)) == len(strings) > 500
