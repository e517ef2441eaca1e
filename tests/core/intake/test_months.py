"""A matrix of months: every filled cell is one sale on the last day of its month."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from clientarium.core.intake import write_refused_rows
from clientarium.core.intake.months import month_of_header

from .tables import csv_bytes, refused_of, rows_of, stage_here, understand_here, write_xlsx

MATRIX = [
    ["Клиент", "Январь 2025", "Февраль 2025", "янв.26", "Итого"],
    ["ООО Ель", "100,5", "", "7", "107,5"],
    ["ООО Дуб", "", "много", "-3", "-3"],
    ["Итого", "100,5", "", "4", "104,5"],
]


def test_matrix_of_months_becomes_sales(tmp_path):
    path = tmp_path / "months.csv"
    path.write_bytes(csv_bytes(MATRIX, encoding="cp1251"))
    understanding = understand_here(path)
    assert (understanding.kind, understanding.shape, understanding.questions) == ("sales", "months", ())
    staged = stage_here(path, today=date(2026, 1, 20))
    assert sorted((row["client_key"], row["sold_on"], row["revenue"], row["is_return"]) for row in rows_of(staged)) == [
        ("ООО Дуб", date(2026, 1, 20), Decimal("-3.0000"), True),
        ("ООО Ель", date(2025, 1, 31), Decimal("100.5000"), False),
        ("ООО Ель", date(2026, 1, 20), Decimal("7.0000"), False),
    ]
    assert [(row["line"], row["column"], row["value"]) for row in refused_of(staged)] == [(3, "Февраль 2025", "много")]
    assert (staged.rows_read, staged.accepted, staged.refused) == (9, 3, 1)
    assert dict(staged.skipped) == {"nothing in this month": 3, "a row of totals": 2}
    assert (staged.first_on, staged.last_on) == (date(2025, 1, 1), date(2026, 1, 20))
    assert staged.totals["revenue"].file == Decimal("209.0000")
    assert staged.agree


def test_refused_months_come_back_alone_in_their_rows(tmp_path):
    path = tmp_path / "months.csv"
    path.write_bytes(csv_bytes([["Клиент", "Январь 2025", "Февраль 2025"], ["Ель", "100", "много"]]))
    layout = understand_here(path).layout()
    headers = [column.header for column in layout.columns]
    write_refused_rows(stage_here(path).refused_rows, tmp_path / "r.xlsx", headers=headers, language="en")
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows(values_only=True, max_row=2))
    assert dict(zip(rows[0], rows[1], strict=True))["Февраль 2025"] == "много"
    assert "Январь 2025" not in rows[0]


def test_layout_of_months_takes_the_next_month(tmp_path):
    path = tmp_path / "one.csv"
    path.write_bytes(csv_bytes(MATRIX))
    layout = understand_here(path).layout()
    later = write_xlsx(
        tmp_path / "two.xlsx", [["Клиент", datetime(2025, 2, 1), datetime(2025, 3, 1), "Итого"], ["ООО Ель", 5, 6, 11]]
    )
    understanding = understand_here(later, known_layouts=(layout,))
    assert understanding.matched_layout == layout
    assert [(row["sold_on"], row["revenue"]) for row in rows_of(stage_here(later, layout=layout))] == [
        (date(2025, 2, 28), Decimal("5.0000")), (date(2025, 3, 31), Decimal("6.0000")),
    ]  # fmt: skip


def test_months_by_client_and_product(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([["Клиент", "Номенклатура", "01.2025", "2025-02"], ["Ель", "Гвозди", "1", "2"]]))
    assert [(row["product"], str(row["sold_on"]), str(row["revenue"])) for row in rows_of(stage_here(path))] == [
        ("Гвозди", "2025-01-31", "1.0000"), ("Гвозди", "2025-02-28", "2.0000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Январь 2024",
        "январь 2024 г.",
        "янв.24",
        "Янв 2024",
        "01.2024",
        "1/2024",
        "2024-01",
        "2024 январь",
        "Jan 2024",
        "January, 2024",
        "2024-01-01",
        "01.01.2024",
        "2024-01-01 00:00:00",
        "45292",
    ],
)
def test_header_is_a_month(header):
    assert month_of_header(header) == date(2024, 1, 1)


@pytest.mark.parametrize(
    "header", ["Марка 24", "Сумма", "13.2024", "2024", "Декада 24", "", "мар", "45293", "15.01.2024"]
)
def test_header_is_no_month(header):
    assert month_of_header(header) is None
