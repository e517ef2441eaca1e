"""What goes wrong with reports: plain words, the place, and nothing half-read."""

from decimal import Decimal

import pytest

from clientarium.core.ground import UserError
from tests.core.intake.tables import rows_of, stage_here, understand_here

from . import samples
from .samples import row
from .writers import Sheet, write_1c_xlsx, write_mxl_report, write_txt_report


@pytest.fixture
def sent(tmp_path):
    return lambda *sheets: write_1c_xlsx(tmp_path / "report.xlsx", *sheets)


def refusal(path):
    with pytest.raises(UserError) as caught:
        stage_here(path)
    return str(caught.value)


def test_report_cut_in_half(sent):
    sheet = samples.gross_profit()
    del sheet.rows[11:]
    assert refusal(sent(sheet)).startswith("The report is cut off: rows are missing after row 11. Row 10 “Инструмент”")


def test_sums_that_do_not_add_up_are_shown_by_place(sent):
    sheet = samples.gross_profit()
    sheet.rows[10].cells[2] = Decimal("1400.50")
    report = understand_here(sent(sheet)).report
    assert [(one.line, one.name, one.measure, one.stated, one.found) for one in report.differences][:2] == [
        (10, "    Инструмент".strip(), "Иванова Мария, Выручка", Decimal("1500.5"), Decimal("1400.5")),
        (9, "Берёза ООО", "Иванова Мария, Выручка", Decimal("1500.5"), Decimal("1400.5")),
    ]
    assert refusal(sent(sheet)).startswith("The sums of the report do not agree. Row 11 “Молоток” states 1\xa0500,50")


def test_column_of_totals_across_that_differs(sent):
    sheet = samples.gross_profit()
    sheet.rows[11].cells[6] = Decimal("299")
    difference = understand_here(sent(sheet)).report.differences[-1]
    assert (difference.line, difference.measure, difference.stated, difference.found) == (
        12, "Выручка, Итого", Decimal("299"), Decimal("300"),
    )  # fmt: skip


def test_two_reports_on_one_sheet(sent):
    sheet = samples.client_months()
    second = [row(), row("Ведомость"), row("Период: 01.12.2025 - 31.12.2025"), *samples.overdue().rows[3:]]
    assert refusal(sent(Sheet([*sheet.rows, *second], sheet.merges))).startswith(
        "There are two reports on one sheet: “Продажи по контрагентам”, and another one from row 12."
    )


def test_two_reports_on_two_sheets_are_both_listed(sent):
    understanding = understand_here(sent(samples.client_months(), samples.overdue()))
    assert ([table.name for table in understanding.tables], understanding.table) == (["TDSheet", "Лист_2"], "TDSheet")
    assert str(understanding.doubts[-1]).startswith("There are 2 sheets in the workbook; only “TDSheet” is read.")


def test_client_who_is_also_a_group_is_counted_once(sent):
    sheet = Sheet(
        [
            row("Продажи по клиентам"),
            row("Период: 01.12.2025 - 31.12.2025"),
            row("Контрагент", "Сумма"),
            row("Холдинг", "30"),
            row("Берёза ООО", "30", level=1),
            row("Берёза ООО", "30", level=2),
            row("Итого", "30"),
        ]
    )
    understanding = understand_here(sent(sheet))
    assert "“Берёза ООО” stands on two levels, as a group and inside it: only the inner rows are counted." in [
        str(doubt) for doubt in understanding.doubts
    ]
    assert [(fact["client_key"], fact["revenue"]) for fact in rows_of(stage_here(sent(sheet)))] == [("Берёза ООО", 30)]


def test_report_without_a_total_says_that_it_cannot_be_checked_whole(sent):
    sheet = samples.client_months()
    del sheet.rows[-1]
    assert "The report has no row “Итого”: whether it is whole cannot be checked to the end." in [
        str(doubt) for doubt in understand_here(sent(sheet)).doubts
    ]


def test_text_of_1c_without_levels_is_read_by_its_sums(tmp_path):
    sheet = samples.client_months()
    for read in (
        write_txt_report(tmp_path / "a.txt", sheet, encoding="cp1251"),
        write_mxl_report(tmp_path / "a.mxl", sheet),
    ):
        assert understand_here(read).report.levels_by == "sums"
        assert sum(fact["revenue"] for fact in rows_of(stage_here(read))) == Decimal("26.1")


def test_mxl_cut_in_half(tmp_path):
    path = write_mxl_report(tmp_path / "a.mxl", samples.overdue())
    path.write_bytes(path.read_bytes()[:300])
    assert refusal(path).startswith("This spreadsheet document of 1C (MXL) cannot be read")


def test_rows_grouped_by_hand_in_a_plain_list_of_sales(sent):
    rows = [row("Дата", "Контрагент", "Сумма")]
    rows += [row(f"{day:02d}.12.2025", "Берёза ООО", str(day), level=day % 2) for day in range(1, 13)]
    staged = stage_here(sent(Sheet(rows)))
    assert (staged.accepted, staged.totals["revenue"].accepted, staged.report) == (12, Decimal(78), None)
