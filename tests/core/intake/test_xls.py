"""A workbook of Excel 97-2003 (BIFF8, made by xlwt 1.3): days and money are cells of their own types."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.core.intake.tables import clients_of, rows_of, stage_here, understand_here

SALES_XLS = Path(__file__).parent / "files" / "sales.xls"


def copied(folder):
    path = folder / "sales.xls"
    path.write_bytes(SALES_XLS.read_bytes())
    return path


def test_old_workbook_is_understood(tmp_path):
    understanding = understand_here(copied(tmp_path))
    found = {column.header: column.meaning for column in understanding.columns}
    assert (understanding.format, understanding.table, understanding.header_row) == ("xls", "Продажи", 3)
    assert (understanding.kind, understanding.questions) == ("sales", ())
    assert [str(doubt) for doubt in understanding.doubts] == [
        "Numbers are written in two ways; “.” is taken for the decimal mark."
    ]
    assert found == {
        "Дата": "date",
        "Номер": "doc",
        "Контрагент": "client",
        "Номенклатура": "product_name",
        "Количество": "quantity",
        "Сумма": "revenue",
    }


def test_old_workbook_is_staged_to_the_last_kopeck(tmp_path):
    staged = stage_here(copied(tmp_path))
    names = ("sold_on", "doc_id", "client_key", "product", "quantity", "revenue", "is_return")
    assert [tuple(row[name] for name in names) for row in rows_of(staged)] == [
        (date(2025, 1, 31), "Д-1", "ООО «Берёза»", "Доска", Decimal("2"), Decimal("1234.5"), False),
        (date(2025, 2, 28), "Д-2", "ИП Кедров", "Брус", Decimal("1.5"), Decimal("-99.99"), True),
        (date(2025, 3, 31), "Д-3", "00123", "Доска", Decimal("1"), Decimal("1000.1"), False),
    ]
    assert [client["client_key"] for client in clients_of(staged)] == ["ООО «Берёза»", "ИП Кедров", "00123"]
    assert (staged.refused, sum(staged.skipped.values())) == (0, 1)
    assert staged.agree
