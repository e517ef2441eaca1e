"""A table of who asks for capacity, as people paste it."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from clientarium.core.ground import UserError
from clientarium.core.pipeline import read_contenders, read_contenders_text
from clientarium.core.strategy import Contender

PASTED = (
    "Клиент\tМаржа, тыс. ₽\tЧасы монтажа\tКран, ч\tНеустойка\tВероятность\tСлой\tКатегория\tНачало\tКонец\tЗаметка\n"
    "Мост\t1 200,5\t40\t2,5\t500 000\t30\tОпорный\ta\t01.05.2026\t30.06.2026\tзвонил\n"
    "Склад\t300\t10\t\t\t\tрост\tB\t\t\tждёт\n"
)


def test_a_pasted_table_is_read_by_its_heads() -> None:
    found = read_contenders_text(PASTED)
    assert found.faults == ()
    assert found.hours == ("монтажа", "Кран")
    assert found.unused == ("Заметка",)
    assert found.contenders == (
        Contender(
            1, "Мост", 1_200_500, {"монтажа": 40, "Кран": 2.5}, 500_000, 0.3, "anchor", "A",
            date(2026, 5, 1), date(2026, 6, 30),
        ),
        Contender(2, "Склад", 300_000, {"монтажа": 10, "Кран": 0}, layer="growth", grade="B"),
    )  # fmt: skip


def test_margin_is_revenue_less_cost_where_it_is_not_told() -> None:
    found = read_contenders_text("Проект;Выручка;Себестоимость\nА;1 000 000;900 000\nБ;200 000;100 000\n")
    assert [(one.name, one.margin, round(one.return_on_cost or 0, 3)) for one in found.contenders] == [
        ("А", 100_000, 0.111),
        ("Б", 100_000, 1),
    ]


def test_a_workbook_is_read_with_its_own_numbers(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([["Client", "Margin", "Assembly"], ["Bridge", 1200.125, 1.5]]):
            sheet.write_row(line, 0, row)
    assert read_contenders(path, name="list.xlsx").contenders == (Contender(1, "Bridge", 1200.125, {"Assembly": 1.5}),)


def test_bad_rows_are_set_aside_all_at_once_with_the_cure() -> None:
    found = read_contenders_text(
        "Клиент;Маржа;Часы;Штраф;Вероятность;Начало;Конец\n"
        "А;сто;5;;;;\n"
        ";100;5;;;;\n"
        "Б;;5;;;;\n"
        "В;100;5;50;;;\n"
        "Г;100;5;;;31.31.2026;\n"
        "Д;100;-5;;;;\n"
        "Е;100;5;;;01.06.2026;01.05.2026\n"
        "Ж;100;5;;;;\n"
    )
    assert [one.name for one in found.contenders] == ["Ж"]
    assert [(fault.line, fault.column, str(fault.message)) for fault in found.faults] == [
        (2, "Маржа", "“сто” is no number."),
        (3, "Клиент", "Nobody is named in the row."),
        (4, "Маржа", "There is no margin."),
        (5, "Вероятность", "There is a penalty and no probability."),
        (6, "Начало", "“31.31.2026” is no date."),
        (7, "", "“Д”: hours and penalty cannot be below zero."),
        (8, "", "“Е” ends before it begins."),
    ]


def test_penalties_without_probabilities_are_said_not_to_count() -> None:
    found = read_contenders_text("Клиент;Маржа;Неустойка\nА;10;500\n")
    assert [str(note) for note in found.notes] == ["There is no column “Probability”: penalties are not counted."]


@pytest.mark.parametrize("text", ["", "А;Б\n1;2\n", "Клиент;Часы\nА;5\n", "Клиент;Маржа\n" + "А;1\n" * 2_001])
def test_what_is_no_list_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        read_contenders_text(text)
