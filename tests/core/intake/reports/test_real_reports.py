"""Real files of 1C as they came: right totals, and an honest stop where somebody has cut rows out of them."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from clientarium.core.ground import UserError
from tests.core.intake.tables import SHARED, rows_of, stage_here, understand_here

FORMATS = SHARED / "formats"
pytestmark = pytest.mark.skipif(not FORMATS.exists(), reason="NO FORMATS: ../shared is not there, nothing is proved")
UNIVERSAL = "1c_universal_report_revenue_by_client_outline.xlsx"
TURNOVER = "1c_turnover_two_row_header_outline.xlsx"
PRICES = "1c_raw_pricelist_TDSheet_2016.xlsx"


@pytest.fixture
def real(tmp_path):
    def copied(folder, name):
        path = tmp_path / name
        path.write_bytes((FORMATS / folder / name).read_bytes())
        return path

    return copied


def test_universal_report_of_eight_levels(real):
    report = understand_here(real("1c", UNIVERSAL)).report
    assert [level.name for level in report.levels] == [
        "Организация", "Счета учёта Кт", "Счета учёта Дт", "Вид субконто1 Дт", "Контрагент, ИНН", "Дата", "Субконто3 Дт",
        "Вид документа",
    ]  # fmt: skip
    assert (report.header_rows, report.levels_by, report.leaves, report.sums_checked) == ((1, 8), "outline", 57, 116)
    assert [(one.measure, one.found, one.stated) for one in report.totals] == [
        ("Сумма", Decimal("2805131.8477"), Decimal("145620417.7736"))
    ]


def test_cut_report_is_stopped_and_says_where(real):
    with pytest.raises(UserError) as caught:
        stage_here(real("1c", UNIVERSAL))
    assert str(caught.value).startswith(
        "The report is cut off: rows are missing after row 180. Row 117 “Контрагент-4 ООО, 4975530083” states"
    )
    assert [one.line for one in understand_here(real("1c", UNIVERSAL)).report.differences] == [117, 12, 11, 10, 9, 181]


def test_same_report_with_its_sums_made_good_loads_to_the_last_kopeck(real):
    path = real("1c", UNIVERSAL)
    _mend(path, {117: "423728.69", **dict.fromkeys((9, 10, 11, 12, 181), "2805131.8477")})
    staged = stage_here(path)
    assert (staged.accepted, staged.refused, staged.totals["revenue"].accepted) == (57, 0, Decimal("2805131.8477"))
    assert {row["client_key"] for row in rows_of(staged)} == {
        "Контрагент-1 ООО", "Образцов Образец 2 ИП", "Контрагент-3 ООО", "Контрагент-4 ООО",
    }  # fmt: skip


def _mend(path: Path, sums: dict[int, str]) -> None:
    book = openpyxl.load_workbook(path)
    for line, text in sums.items():
        book.active.cell(line, 2, float(text))
    book.save(path)


def test_turnover_sheet_of_two_label_columns_and_running_balances(real):
    report = understand_here(real("1c", TURNOVER)).report
    assert [level.name for level in report.levels] == ["Счета учёта", "Организация", "Субконто 1", "Дата"]
    assert (report.header_rows, report.leaves, report.difference_count) == ((1, 5), 104, 15)
    stated = {one.measure: one.stated for one in report.totals}
    assert stated == {
        "Сумма нач. ост. Дт": Decimal(0), "Сумма нач. ост. Кт": Decimal(0),
        "Сумма оборот Дт": Decimal("424403679.81"), "Сумма оборот Кт": Decimal("423500158.02"),
        "Суммакон. ост. Дт": Decimal("903521.79"), "Суммакон. ост. Кт": Decimal(0),
    }  # fmt: skip
    # Every account's and every article's group that was left whole agrees; only the groups rows were cut from differ.
    assert {one.line for one in report.differences} == {6, 7, 101, 102, 103, 121}


def test_raw_price_list_with_codes_kept_as_numbers(real):
    staged = stage_here(real("1c", PRICES))
    assert (staged.kind, staged.rows_read, staged.accepted, staged.refused) == ("products", 3_527, 3_527, 0)
    products = {row["product"]: row for row in rows_of(staged, "products")}
    assert {"00073", "062774", "0112"} <= set(products)
    assert products["S-AX-BL-2678"]["product_group"] == "Блокировки дифференциалов"


@pytest.mark.parametrize("name", ["ЗагрузкаОдногоЭлементаСправочника1.mxl", "Справочник1_Справочник2.mxl"])
def test_mxl_is_read_row_by_row(real, name):
    understanding = understand_here(real("mxl", name))
    assert [column.header for column in understanding.columns][:4] == ["Тип", "Вид", "ИмяПеременной", "ТЧ"]
    assert understanding.tables[0].rows == {"З": 5, "С": 49}[name[0]]


@pytest.mark.parametrize(
    ("name", "rows", "revenue"),
    [("carono_orders.xml", 2, "9683.42"), ("bitrix_sale_query_response.xml", 8, "14612.32")],
)
def test_orders_of_commerceml(real, name, rows, revenue):
    staged = stage_here(real("commerceml", name))
    assert (staged.kind, staged.accepted, staged.refused) == ("sales", rows, 0)
    assert staged.totals["revenue"].accepted == Decimal(revenue)


def test_goods_of_commerceml(real):
    staged = stage_here(real("commerceml", "carono_import.xml"))
    assert [(row["name"], row["product_group"]) for row in rows_of(staged, "products")] == [
        ("Женские ботфорты коричневые", "Обувь"), ("Ботинки женские демисезонные", "Обувь"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["carono_offers.xml", "carono_classifier.xml"])
def test_commerceml_without_orders_clients_and_goods(real, name):
    with pytest.raises(UserError, match="neither orders, nor counterparties, nor goods"):
        understand_here(real("commerceml", name))
