"""What goes wrong with reports: plain words, the place, and nothing half-read."""

from decimal import Decimal

import pytest

from clientarium.core.ground import UserError
from clientarium.core.intake.kinds.parties import seller_key
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


def of_one_measure(*rows):
    return Sheet([row("Продажи"), row("Период: 01.11.2025 - 30.11.2025"), row(), row("Контрагент", "Сумма"), *rows])


@pytest.mark.parametrize("amount", ["2024.05", "2101.4", "45292", "1999.1"])
@pytest.mark.parametrize("others", [(), (("Кедр ИП", "10"),)])
def test_amounts_that_look_like_a_month_are_no_header(sent, amount, others):
    staged = stage_here(sent(of_one_measure(row("Берёза ООО", amount), *(row(*one) for one in others))))
    found = {fact["client_key"]: fact["revenue"] for fact in rows_of(staged)}
    assert found == {"Берёза ООО": Decimal(amount)} | {name: Decimal(sum_) for name, sum_ in others}


def test_a_folder_called_like_a_level_is_no_header_either(sent):
    rows = (row("Покупатели", "2101.4"), row("Берёза ООО", "2101.4", level=1))
    (fact,) = rows_of(stage_here(sent(of_one_measure(*rows))))
    assert (fact["client_key"], fact["revenue"]) == ("Берёза ООО", Decimal("2101.4"))


@pytest.mark.parametrize("month", ["2025.11", "Ноябрь 2025 г.", "11.2025"])
def test_a_month_over_a_column_stays_a_header(sent, month):
    sheet = of_one_measure(row("Берёза ООО", "2024.05"))
    sheet.rows[3].cells[1] = month
    (fact,) = rows_of(stage_here(sent(sheet)))
    assert (fact["revenue"], fact["sold_on"].year, fact["sold_on"].month) == (Decimal("2024.05"), 2025, 11)


def test_clients_without_names_are_still_clients(sent):
    staged = stage_here(sent(of_one_measure(row("", "10"), row("", "20"))), no_client="anonymous")
    assert [(fact["client_key"], fact["revenue"]) for fact in rows_of(staged)] == [("—", 10), ("—", 20)]


def test_a_lone_manager_over_the_sums_is_their_seller(sent):
    sheet = Sheet(
        [
            row("Продажи"),
            row("Период: 01.11.2025 - 30.11.2025"),
            row(),
            row("Контрагент", "Иванова Мария", "Петров Олег"),
            row(None, "Сумма", "Сумма"),
            row("Берёза ООО", None, "10"),
        ]
    )
    (fact,) = rows_of(stage_here(sent(sheet)))
    assert (fact["client_key"], fact["seller"], fact["revenue"]) == ("Берёза ООО", seller_key("Петров Олег"), 10)


def test_a_sum_under_an_unknown_word_is_asked_about_and_never_nothing(sent):
    sheet = of_one_measure(row("Берёза ООО", "10"))
    sheet.rows[3].cells[1] = "Абракадабра"
    (question,) = understand_here(sent(sheet)).questions
    assert "Абракадабра=revenue" in question.cure.params["header"] + "=" + question.cure.params["meaning"]
    assert "--column" in refusal(sent(sheet))
