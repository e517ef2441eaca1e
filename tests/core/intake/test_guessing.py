"""Headers people write, and what is asked when they leave a choice."""

import pytest

from clientarium.core.ground import UserError

from .tables import csv_bytes, rows_of, stage_here, understand_here


def guessed(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(rows))
    return understand_here(path)


def meanings(understanding):
    return {column.header: column.meaning for column in understanding.columns}


VALUES = {
    "date": "05.03.2025", "doc": "Р-1", "client": "ООО Ель", "client_code": "К-1", "inn": "7707083893", "product": "A-1",
    "product_name": "Гвозди", "product_group": "Метизы", "quantity": "2", "price": "10,5", "revenue": "21", "cost": "11", "margin": "10",
    "discount": "5", "seller": "Иванов", "currency": "RUB", "channel": "Опт", "unit_cost": "5,5", "kpp": "770701001",
}  # fmt: skip

HEADERS = {
    "date": ["Дата", "Дата продажи", "Дата документа", "Date", "InvoiceDate", "order_date"],
    "doc": ["Документ", "№ накладной", "Номер накладной", "Реализация", "№ документа", "Invoice", "Заказ клиента"],
    "client": ["Контрагент", "Клиент", "Покупатель", "Партнёр", "Партнер", "Наименование контрагента", "Customer", "Заказчик"],
    "client_code": ["Код клиента", "Код контрагента", "Customer ID", "client_id", "CustomerNumber"],
    "inn": ["ИНН", "ИНН контрагента"],
    "kpp": ["КПП"],
    "product": ["Артикул", "Код товара", "Код номенклатуры", "SKU", "StockCode"],
    "product_name": ["Номенклатура", "Товар", "Наименование товара", "Description"],
    "product_group": ["Группа номенклатуры", "Номенклатурная группа", "Товарная группа", "Category"],
    "quantity": ["Количество", "Кол-во", "Кол-во, шт", "Quantity", "Qty"],
    "price": ["Цена", "Цена, руб.", "Price", "Unit Price"],
    "revenue": ["Сумма", "Выручка", "Стоимость продажи", "Сумма без НДС", "Сумма, руб", "Сумма продажи", "Revenue", "Amount"],
    "cost": ["Себестоимость", "Себестоимость продаж", "COGS", "Cost"],
    "margin": ["Валовая прибыль", "Маржа", "Прибыль", "Profit", "Gross profit"],
    "unit_cost": ["Закупочная цена", "Unit cost", "Цена закупки"],
    "discount": ["Скидка", "Сумма скидки", "Discount"],
    "seller": ["Менеджер", "Ответственный", "Продавец", "Manager"],
    "currency": ["Валюта", "Currency"],
    "channel": ["Подразделение", "Канал", "Канал продаж"],
}  # fmt: skip
BASE = {"date": "Дата", "client": "Клиент", "revenue": "Выручка"}
CASES = [(meaning, header) for meaning, headers in HEADERS.items() for header in headers]


@pytest.mark.parametrize(("meaning", "header"), CASES)
def test_header_is_understood(tmp_path, meaning, header):
    columns = BASE | {meaning: header}
    rows = [list(columns.values())] + [[VALUES[name] for name in columns]] * 3
    understanding = guessed(tmp_path, rows)
    assert (understanding.kind, understanding.questions) == ("sales", ())
    assert meanings(understanding) == {text: name for name, text in columns.items()}


def test_two_amounts_are_asked_about(tmp_path):
    understanding = guessed(
        tmp_path, [["Дата", "Клиент", "Сумма", "Сумма без НДС"], ["05.03.2025", "Ель", "120", "100"]]
    )
    with pytest.raises(UserError) as caught:
        understanding.layout()
    assert str(caught.value) == (
        '“Сумма” and “Сумма без НДС” could both be “revenue”. Say what each column means, for example --column "Сумма=revenue".'
    )
    layout = understanding.layout({"Сумма без НДС": "revenue"})
    assert {column.header: column.meaning for column in layout.columns} == {
        "Дата": "date", "Клиент": "client", "Сумма": "ignore", "Сумма без НДС": "revenue",
    }  # fmt: skip


def test_missing_client_is_asked_for(tmp_path):
    understanding = guessed(tmp_path, [["Дата", "Бубен", "Сумма"], ["05.03.2025", "Ель", "120"]])
    with pytest.raises(UserError, match=r'No column with clients was found.*"Бубен=client"'):
        understanding.layout()
    assert understanding.layout({"Бубен": "client"}).meaning_of("Бубен") == "client"


def test_correction_of_an_unknown_column_names_the_columns(tmp_path):
    understanding = guessed(tmp_path, [["Дата", "Клиент", "Сумма"], ["05.03.2025", "Ель", "120"]])
    with pytest.raises(UserError, match=r"There is no column “Нет” in the file. Its columns are: Дата, Клиент, Сумма"):
        understanding.layout({"Нет": "client"})


def test_code_between_client_and_product_is_asked_about(tmp_path):
    rows = [["Дата", "Клиент", "Код", "Номенклатура", "Сумма"], ["05.03.2025", "Ель", "1", "Гвозди", "120"]]
    with pytest.raises(UserError, match="“Код” could be"):
        guessed(tmp_path, rows).layout()


def test_code_beside_the_client_alone_is_his(tmp_path):
    rows = [["Дата", "Код", "Клиент", "Сумма", "Номенклатура"], ["05.03.2025", "1", "Ель", "120", "Гвозди"]]
    assert meanings(guessed(tmp_path, rows))["Код"] == "client_code"


def test_vat_is_not_revenue(tmp_path):
    rows = [["Дата", "Клиент", "Сумма НДС", "Сумма", "Ед. изм."], ["05.03.2025", "Ель", "20", "120", "шт"]]
    assert meanings(guessed(tmp_path, rows)) == {
        "Дата": "date", "Клиент": "client", "Сумма НДС": "ignore", "Сумма": "revenue", "Ед. изм.": "ignore",
    }  # fmt: skip


def test_values_alone_tell_dates_and_tax_numbers(tmp_path):
    rows = [
        ["Альфа", "Бета", "Клиент", "Сумма"],
        ["05.03.2025", "7707083893", "Ель", "1"],
        ["15.03.2025", "7736050003", "Дуб", "2"],
    ]
    understanding = guessed(tmp_path, rows)
    assert meanings(understanding) == {"Альфа": "date", "Бета": "inn", "Клиент": "client", "Сумма": "revenue"}


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["Наименование", "ИНН", "КПП", "Телефон", "E-mail", "Город"], ["Ель", "7707083893", "770701001", "8 912 000-00-00", "a@b.ru", "Пермь"]], "clients"),
        ([["Артикул", "Номенклатура", "Группа номенклатуры", "Ед. изм."], ["A1", "Гвозди", "Метизы", "кг"]], "products"),
        ([["Менеджер", "Отдел", "Дата приема"], ["Иванов", "Опт", "01.02.2020"]], "sellers"),
        ([["Дата звонка", "Клиент", "Вид", "Длительность, мин", "Сотрудник"], ["05.03.2025", "Ель", "Звонок", "7", "Иванов"]], "touches"),
        ([["Клиент", "Документ", "Срок оплаты", "Дата оплаты", "Сумма"], ["Ель", "Р-1", "05.03.2025", "", "100"]], "payments"),
        ([["Дата", "Клиент", "Сумма"], ["05.03.2025", "Ель", "100"]], "sales"),
    ],
)  # fmt: skip
def test_kind_of_file_is_guessed(tmp_path, rows, kind):
    understanding = guessed(tmp_path, rows)
    assert (understanding.kind, understanding.questions) == (kind, ())


def test_file_without_headers_gets_numbered_columns(tmp_path):
    rows = [["05.03.2025", "ООО Ель", "100,5"], ["06.03.2025", "ООО Дуб", "20"]]
    understanding = guessed(tmp_path, rows)
    assert (understanding.header_row, meanings(understanding)) == (
        0,
        {"Column 1": "date", "Column 2": None, "Column 3": None},
    )
    staged = stage_here(tmp_path / "a.csv", layout=understanding.layout({"Column 2": "client", "Column 3": "revenue"}))
    assert [(row["client_key"], str(row["revenue"])) for row in rows_of(staged)] == [
        ("ООО Ель", "100.5000"),
        ("ООО Дуб", "20.0000"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["13/01/2025", "05/02/2025"], ["2025-01-13", "2025-02-05"]),
        (["01/13/2025", "05/02/2025"], ["2025-01-13", "2025-05-02"]),
        (["2025-01-13 10:15:00", "2025-02-05"], ["2025-01-13", "2025-02-05"]),
        (["45670", "45671,5"], ["2025-01-13", "2025-01-14"]),
        (["13 января 2025 г.", "5 фев 2025"], ["2025-01-13", "2025-02-05"]),
        (["13-Jan-25", "5-Feb-25"], ["2025-01-13", "2025-02-05"]),
        (["20250113", "20250205"], ["2025-01-13", "2025-02-05"]),
        (["13.01.2025 0:00:00", "05.02.25"], ["2025-01-13", "2025-02-05"]),
    ],
)
def test_dates_of_every_kind(tmp_path, cells, expected):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([["Дата", "Клиент", "Сумма"], *([cell, "Ель", "1"] for cell in cells)]))
    assert [str(row["sold_on"]) for row in rows_of(stage_here(path))] == expected


def test_doubtful_order_of_day_and_month_is_told(tmp_path):
    understanding = guessed(tmp_path, [["Дата", "Клиент", "Сумма"], ["05/03/2025", "Ель", "1"]])
    assert [doubt.msgid for doubt in understanding.doubts] == [
        "It cannot be told from the dates whether the day or the month comes first; the day is taken."
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"Выручка": "100", "Прибыль": "30"}, ("100.0000", "70.0000", None)),
        ({"Количество": "4", "Цена": "25", "Закупочная цена": "10"}, ("100.0000", "40.0000", None)),
        ({"Количество": "4", "Цена": "25", "Сумма скидки": "8"}, ("92.0000", None, "8.0000")),
        ({"Количество": "4", "Цена": "25", "Скидка": "0,1"}, ("90.0000", None, "10.0000")),
        ({"Количество": "4", "Цена": "25", "% скидки": "10"}, ("90.0000", None, "10.0000")),
        ({"Выручка": "90", "% скидки": "10"}, ("90.0000", None, "10.0000")),
        ({"Выручка": "80", "Скидка": "0,2"}, ("80.0000", None, "20.0000")),
        ({"Выручка": "0", "% скидки": "100"}, ("0.0000", None, None)),
        ({"Выручка": "100"}, ("100.0000", None, None)),
    ],
)
def test_amounts_are_derived(tmp_path, columns, expected):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes([["Дата", "Клиент", *columns], ["05.03.2025", "Ель", *columns.values()]]))
    staged = stage_here(path)
    found = [
        tuple(None if row[name] is None else str(row[name]) for name in ("revenue", "cost", "discount"))
        for row in rows_of(staged)
    ]
    assert found == [expected]
    assert staged.agree
