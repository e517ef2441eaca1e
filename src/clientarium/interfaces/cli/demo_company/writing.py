"""The company's files as its people would save them: cp1251 with semicolons from 1C, workbooks from Excel."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from .assortment import Product
from .attention import Payment, Touch
from .clients import DemoClient
from .origins import FIELD_TITLE
from .sales import Line
from .words import SELLERS

SALES_HEADER = (
    "Дата", "Документ", "Строка", "Код клиента", "Клиент", "Артикул", "Номенклатура", "Группа товара",
    "Количество", "Цена", "Сумма скидки", "Сумма", "Себестоимость", "Менеджер", "Канал",
)  # fmt: skip
CLIENTS_HEADER = (
    "Код клиента", "Наименование", "ИНН", "КПП", "Телефон", "E-mail", "Контактное лицо", "Город", "Сегмент", "Менеджер",
    FIELD_TITLE,
)  # fmt: skip
TOUCHES_HEADER = ("Дата", "Код клиента", "Вид контакта", "Отдел", "Сотрудник", "Минут", "Направление", "Результат")
PAYMENTS_HEADER = ("Документ", "Код клиента", "Срок оплаты", "Дата оплаты", "Сумма")


def write_sales(lines: Sequence[Line], *, folder: Path) -> list[Path]:
    """One file a calendar year."""
    by_year: dict[int, list[Line]] = {}
    for line in lines:
        by_year.setdefault(line.sold_on.year, []).append(line)
    return [
        _write_csv(folder / f"Продажи {year}.csv", header=SALES_HEADER, rows=map(_sale_row, his))
        for year, his in sorted(by_year.items())
    ]


def _sale_row(line: Line) -> tuple[str, ...]:
    product = line.product
    return (
        f"{line.sold_on:%d.%m.%Y}", line.document, str(line.number), line.client.code, line.client.name,
        product.code, product.name, product.group.name, _thousandths(line.quantity_milli), _money(line.price_minor),
        _money(line.discount_minor), _money(line.revenue_minor), _money(line.cost_minor), line.seller, line.channel,
    )  # fmt: skip


def write_touches(touches: Sequence[Touch], *, folder: Path) -> Path:
    """What the telephone system and the mail server hand out."""
    rows = (
        (f"{t.day:%d.%m.%Y}", t.client.code, t.kind, t.department, t.seller, _whole(t.minutes),
         "Входящий" if t.incoming else "Исходящий", t.result)
        for t in touches
    )  # fmt: skip
    return _write_csv(folder / "Касания.csv", header=TOUCHES_HEADER, rows=rows)


def write_payments(payments: Sequence[Payment], *, folder: Path) -> Path:
    """Due and paid dates by document."""
    rows = (
        (
            p.document,
            p.client.code,
            f"{p.due_on:%d.%m.%Y}",
            f"{p.paid_on:%d.%m.%Y}" if p.paid_on else "",
            _money(p.amount_minor),
        )
        for p in payments
    )
    return _write_csv(folder / "Оплаты.csv", header=PAYMENTS_HEADER, rows=rows)


def write_sellers(*, folder: Path) -> Path:
    """Who sells, in which department, since when."""
    rows = ((name, department, ".".join(reversed(hired.split("-")))) for name, department, hired in SELLERS)
    return _write_csv(folder / "Менеджеры.csv", header=("Менеджер", "Отдел", "Дата приёма"), rows=rows)


def write_clients(clients: Sequence[DemoClient], *, folder: Path) -> Path:
    """The client list as a workbook, dirt and all."""
    rows = (
        (c.code, c.card_name, c.inn, c.kpp, c.phones, c.email, c.person, c.city, c.segment, c.holder, c.origin)
        for c in clients
    )
    return _write_workbook(folder / "Клиенты.xlsx", header=CLIENTS_HEADER, rows=rows)


def write_products(products: Sequence[Product], *, folder: Path) -> Path:
    """The price list without prices: code, name, group, unit."""
    rows = ((p.code, p.name, p.group.name, p.group.unit) for p in products)
    return _write_workbook(
        folder / "Номенклатура.xlsx", header=("Артикул", "Номенклатура", "Группа товара", "Единица"), rows=rows
    )


def _write_csv(path: Path, *, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="cp1251", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _write_workbook(path: Path, *, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with xlsxwriter.Workbook(
        path, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Лист1")
        sheet.freeze_panes(1, 0)
        for number, row in enumerate((header, *rows)):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(number, column, value)
    return path


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _money(minor: int | None) -> str:
    if minor is None:
        return ""
    sign, value = ("-", -minor) if minor < 0 else ("", minor)
    return f"{sign}{value // 100},{value % 100:02d}"


def _thousandths(milli: int) -> str:
    sign, value = ("-", -milli) if milli < 0 else ("", milli)
    return f"{sign}{value // 1000},{value % 1000:03d}" if value % 1000 else f"{sign}{value // 1000}"
