"""Each kind of report a firm sends: what it is taken for, its facts to the last kopeck, what a person is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clientarium.core.intake.kinds.parties import seller_key
from tests.core.intake.tables import clients_of, rows_of, stage_here, understand_here

from . import samples
from .writers import write_1c_xlsx

IVANOVA, PETROV = seller_key("Иванова Мария"), seller_key("Петров Олег")
FILES = Path(__file__).parent / "files"
DECEMBER = date(2025, 12, 31)


@pytest.fixture
def sent(tmp_path):
    return lambda sheet: write_1c_xlsx(tmp_path / "report.xlsx", sheet)


def facts(staged, table, *names):
    return [tuple(row[name] for name in names) for row in rows_of(staged, table)]


def test_gross_profit_with_managers_across(sent):
    path = sent(samples.gross_profit())
    report = understand_here(path).report
    assert (report.title, report.first_on, report.last_on) == (
        "Валовая прибыль по клиентам",
        date(2025, 12, 1),
        DECEMBER,
    )
    assert [level.name for level in report.levels] == ["Клиент", "Группа номенклатуры", "Номенклатура"]
    assert (report.across, report.across_values) == ("Менеджер", ("Иванова Мария", "Петров Олег"))
    assert (report.filters, report.levels_by, report.sums_checked) == (
        ('Организация Равно "Пример ООО"',),
        "indent",
        16,
    )
    staged = stage_here(path)
    assert facts(staged, "sales", "client_key", "product", "seller", "sold_on", "quantity", "revenue") == [
        ("Берёза ООО", "Молоток", IVANOVA, DECEMBER, 5, Decimal("1500.5")),
        ("Берёза ООО", "Пила", PETROV, DECEMBER, 1, 300),
        ("Кедр ИП", None, IVANOVA, DECEMBER, 2, Decimal("20.1")),
    ]
    assert facts(staged, "products", "product", "product_group") == [("Молоток", "Инструмент"), ("Пила", "Инструмент")]
    assert (staged.first_on, staged.last_on) == (date(2025, 12, 1), DECEMBER)


@pytest.mark.parametrize(("name", "levels_by"), [("gross_profit", "indent"), ("settlements", "outline")])
def test_excel_97_keeps_levels_too(sent, tmp_path, name, levels_by):
    """The workbooks of `files` hold the reports of samples.py, written by xlwt 1.3."""
    old = tmp_path / "report.xls"
    old.write_bytes((FILES / f"{name}.xls").read_bytes())
    new = sent(getattr(samples, name)())
    assert understand_here(old).report == understand_here(new).report
    assert understand_here(old).report.levels_by == levels_by
    for table in ("sales", "payments"):
        assert rows_of(stage_here(old), table) == rows_of(stage_here(new), table)


def test_settlements_give_payments_dated_by_their_documents(sent):
    path = sent(samples.settlements())
    understanding = understand_here(path)
    assert understanding.kind == "payments"
    assert [level.name for level in understanding.report.levels] == [
        "Группа контрагентов", "Контрагент", "Договор контрагента", "Документ",
    ]  # fmt: skip
    assert understanding.report.agrees
    assert facts(stage_here(path), "payments", "client_key", "amount", "paid_on", "due_on") == [
        ("Берёза ООО", 400, date(2025, 12, 20), None),
        ("Кедр ИП", 50, date(2025, 12, 21), None),
    ]


def test_overdue_debts_are_payments_not_made(sent):
    staged = stage_here(sent(samples.overdue()))
    assert facts(staged, "payments", "client_key", "amount", "paid_on", "due_on") == [
        ("Берёза ООО", 700, None, date(2025, 12, 21)),
        ("Сосна АО", 500, None, date(2025, 11, 30)),
    ]


def test_months_across_with_pairs_of_measures(sent):
    path = sent(samples.client_months())
    assert facts(stage_here(path), "sales", "client_key", "sold_on", "quantity", "revenue") == [
        ("Берёза ООО", date(2025, 11, 30), 1, 10),
        ("Берёза ООО", DECEMBER, 2, Decimal("20.5")),
        ("Кедр ИП", DECEMBER, 4, Decimal("-4.4")),
    ]


def test_list_of_clients_in_folders(sent):
    staged = stage_here(sent(samples.client_list()))
    assert staged.kind == "clients"
    names = ("client_name", "code", "inn", "segment")
    assert [tuple(client[name] for name in names) for client in clients_of(staged)] == [
        ("Берёза ООО", "000000012", "5980173569", "Покупатели"),
        ("Кедр ИП", "000000013", "0523456782", "Покупатели"),
        ("Сосна АО", "000000014", "7853465259", "Прочие"),
    ]


def test_journal_of_documents_is_checked_against_its_total(sent):
    path = sent(samples.documents())
    assert [(one.found, one.stated) for one in understand_here(path).report.totals] == [
        (Decimal("1520.6"), Decimal("1520.6"))
    ]
    assert facts(stage_here(path), "sales", "doc_id", "sold_on", "client_key", "seller", "revenue") == [
        ("УТ-000001", date(2025, 12, 1), "Берёза ООО", IVANOVA, Decimal("1500.5")),
        ("УТ-000002", date(2025, 12, 2), "Кедр ИП", PETROV, Decimal("20.1")),
    ]


def test_list_of_calls(sent):
    staged = stage_here(sent(samples.calls()))
    assert facts(staged, "touches", "touched_on", "client_key", "kind", "direction", "minutes") == [
        (date(2025, 12, 1), "Берёза ООО", "call", "out", 5),
        (date(2025, 12, 2), "Кедр ИП", "call", "in", 12),
    ]


def test_layout_is_known_again_next_month_and_not_for_another_report(sent):
    layout = understand_here(sent(samples.gross_profit())).layout()
    next_month = samples.gross_profit()
    next_month.rows[1].cells[2] = "Период: 01.01.2026 - 31.01.2026"
    next_month.rows[5].cells[1:5] = ["Сидоров Пётр", None, "Яшина Ольга", None]
    assert understand_here(sent(next_month), known_layouts=(layout,)).matched_layout == layout
    returns = samples.gross_profit()
    returns.rows[0].cells[0] = "Возвраты по клиентам"
    assert understand_here(sent(returns), known_layouts=(layout,)).matched_layout is None
