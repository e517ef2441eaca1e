"""One table of sales in every format gives the same facts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from clientarium.core.intake import inspect_file, stage_file

from .tables import (
    SALES,
    TODAY,
    clients_of,
    csv_bytes,
    parquet_of,
    rows_of,
    stage_here,
    understand_here,
    write_gz,
    write_ods,
    write_xlsx,
    write_zip,
)

EXPECTED = [
    (
        date(2025, 3, 5),
        "Р-1",
        "ООО «Берёза»",
        "Гвозди",
        Decimal("2.0000"),
        Decimal("1500.5000"),
        Decimal("1000.0000"),
        False,
    ),
    (
        date(2025, 3, 6),
        "Р-2",
        "ИП Кедров",
        "Шурупы",
        Decimal("1.0000"),
        Decimal("300.0000"),
        Decimal("250.2500"),
        False,
    ),
    (
        date(2025, 3, 7),
        "Р-3",
        "ООО «Берёза»",
        "Гвозди",
        Decimal("-1.0000"),
        Decimal("-750.2500"),
        Decimal("-500.0000"),
        True,
    ),
]
TYPED = [
    SALES[0],
    [date(2025, 3, 5), "Р-1", "ООО «Берёза»", "Гвозди", 2, 1500.5, 1000],
    [date(2025, 3, 6), "Р-2", "ИП Кедров", "Шурупы", 1, 300, 250.25],
    [date(2025, 3, 7), "Р-3", "ООО «Берёза»", "Гвозди", -1, -750.25, -500],
]


def facts(staged):
    names = ("sold_on", "doc_id", "client_key", "product", "quantity", "revenue", "cost", "is_return")
    return [tuple(row[name] for name in names) for row in rows_of(staged)]


def write(path: Path) -> Path:
    kind = path.name.partition(".")[2]
    if kind in ("xlsx", "typed.xlsx"):
        return write_xlsx(path, TYPED if kind.startswith("typed") else SALES)
    if kind == "ods":
        return write_ods(path, SALES)
    if kind == "csv.gz":
        return write_gz(path, csv_bytes(SALES))
    if kind == "zip":
        return write_zip(path, {"выгрузка/sales.csv": csv_bytes(SALES), "__MACOSX/._sales.csv": b"\0"})
    if kind == "parquet":
        return parquet_of(path, {name: pa.array([row[at] for row in TYPED[1:]]) for at, name in enumerate(SALES[0])})
    content = {
        "csv": csv_bytes(SALES),
        "bom.csv": csv_bytes(SALES, encoding="utf-8-sig"),
        "cp1251.csv": csv_bytes(SALES, encoding="cp1251"),
        "utf16.txt": csv_bytes(SALES, delimiter="\t", encoding="utf-16"),
        "tsv": csv_bytes(SALES, delimiter="\t"),
        "txt": csv_bytes(SALES, delimiter="\t", encoding="cp1251"),
        "comma.csv": csv_bytes(SALES, delimiter=","),
        "cr.csv": csv_bytes(SALES, newline="\r"),
    }
    path.write_bytes(content[kind])
    return path


KINDS = [
    "csv", "bom.csv", "cp1251.csv", "utf16.txt", "tsv", "txt", "comma.csv", "cr.csv", "csv.gz", "zip", "xlsx", "typed.xlsx", "ods",
    "parquet",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_same_facts_from_every_format(tmp_path, kind):
    path = write(tmp_path / f"sales.{kind}")
    understanding = understand_here(path)
    assert (understanding.kind, understanding.questions, understanding.doubts) == ("sales", (), ())
    staged = stage_here(path)
    assert facts(staged) == EXPECTED
    assert (staged.rows_read, staged.accepted, staged.refused, staged.skipped) == (3, 3, 0, {})
    assert (staged.first_on, staged.last_on) == (date(2025, 3, 5), date(2025, 3, 7))
    assert staged.totals["revenue"].file == Decimal("1050.2500")
    assert staged.agree


@pytest.mark.parametrize("kind", ["cp1251.csv", "typed.xlsx"])
def test_child_gives_what_this_process_gives(tmp_path, kind):
    path = write(tmp_path / f"sales.{kind}")
    understanding = inspect_file(path, name=path.name, today=TODAY)
    assert understanding == understand_here(path)
    seen = []
    staged = stage_file(
        path,
        name=path.name,
        layout=understanding.layout(),
        out_dir=tmp_path / "out",
        today=TODAY,
        currency="RUB",
        progress=seen.append,
    )
    assert facts(staged) == EXPECTED
    assert seen[-1] == 3


def test_layout_loads_the_next_file_of_its_shape(tmp_path):
    first = tmp_path / "январь.csv"
    first.write_bytes(csv_bytes(SALES))
    layout = understand_here(first).layout({"Документ": "ignore"})
    second = write_xlsx(tmp_path / "февраль.xlsx", [SALES[0], ["01.02.2025", "Р-9", "АО Липа", "Клей", "1", "10", "5"]])
    understanding = understand_here(second, known_layouts=(layout,))
    assert understanding.matched_layout == layout
    assert type(layout).from_yaml(layout.to_yaml()) == layout
    assert [row["doc_id"] for row in rows_of(stage_here(second, layout=understanding.layout()))] == [None]


def test_head_lines_and_filter_of_a_report_are_told(tmp_path):
    head = [["Продажи за март"], ["Период: 01.03.2025 - 31.03.2025"], ["Отбор: Менеджер Равно Иванов"], []]
    path = write_xlsx(tmp_path / "report.xlsx", [*head, *SALES, ["Итого", "", "", "", "2", "1050,25", "750,25"]])
    understanding = understand_here(path)
    assert understanding.header_row == 5
    assert [doubt.params for doubt in understanding.doubts] == [{"line": "Менеджер Равно Иванов"}]
    staged = stage_here(path)
    assert facts(staged) == EXPECTED
    # The row «Итого» is no record of the file: it checks the others.
    assert (staged.rows_read, staged.skipped) == (3, {})
    assert [(one.found, one.stated) for one in staged.report.totals if one.measure == "Сумма"] == [
        (Decimal("1050.25"), Decimal("1050.25"))
    ]
    assert staged.agree


def test_client_names_and_codes_make_one_client_each(tmp_path):
    path = tmp_path / "a.csv"
    rows = [
        ["Дата", "Код клиента", "Клиент", "Сумма"],
        ["2025-03-05", "7.0", " ООО  Ель ", "1"],
        ["2025-03-06", "7", "", "2"],
    ]
    path.write_bytes(csv_bytes(rows, delimiter=","))
    assert [(one["client_key"], one["client_name"], one["code"]) for one in clients_of(stage_here(path))] == [
        ("7", "ООО Ель", "7")
    ]
