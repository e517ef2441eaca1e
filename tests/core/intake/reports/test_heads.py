"""Lines above the table: the period in every spelling, filters, groupings."""

from datetime import date

import pytest

from clientarium.core.intake.readers.outline import ReportRow
from clientarium.core.intake.reports.head import read_head
from clientarium.core.intake.reports.periods import Period, period_in

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
PERIODS = {
    "16.03.2026 - 22.03.2026": Period(date(2026, 3, 16), date(2026, 3, 22)),
    "01.01.2026 0:00:00 - 22.04.2026 23:59:59": Period(date(2026, 1, 1), date(2026, 4, 22)),
    "01.03.26–31.03.26": MARCH,
    "с 01.03.2026 по 31.03.2026": MARCH,
    "Март 2026 г.": MARCH,
    "за март 2026 года": MARCH,
    "Январь 2025 г. - Февраль 2026 г.": Period(date(2025, 1, 1), date(2026, 2, 28)),
    "1 января 2025 г.": Period(date(2025, 1, 1), date(2025, 1, 1)),
    "1 января 2025 г. - 2 февраля 2025 г.": Period(date(2025, 1, 1), date(2025, 2, 2)),
    "1 квартал 2026 г.": Period(date(2026, 1, 1), date(2026, 3, 31)),
    "IV квартал 2025 г.": Period(date(2025, 10, 1), date(2025, 12, 31)),
    "1 полугодие 2026 г.": Period(date(2026, 1, 1), date(2026, 6, 30)),
    "9 месяцев 2025 г.": Period(date(2025, 1, 1), date(2025, 9, 30)),
    "2024 г. - 2025 г.": Period(date(2024, 1, 1), date(2025, 12, 31)),
    "2025 год": Period(date(2025, 1, 1), date(2025, 12, 31)),
    "01.03.2026 0:00:00": Period(date(2026, 3, 1), date(2026, 3, 1)),
    "Период не установлен": None,
    "22.03.2026 - 16.03.2026": None,
    "31.02.2026 - 31.03.2026": None,
    "без даты": None,
}


@pytest.mark.parametrize("text", PERIODS)
def test_period_in_every_spelling(text):
    assert period_in(text) == PERIODS[text]


def head(*lines):
    return read_head([ReportRow(number, tuple(line.split("|"))) for number, line in enumerate(lines, start=1)])


def test_head_of_the_new_generation():
    found = head(
        'ООО "Пример"', "Продажи за Март 2026 г.", "Параметры:|Начало периода: 01.03.2026 0:00:00", "|Конец периода: 31.03.2026",
        "Отбор:|Менеджер Равно \"Иванова\" И", "|Склад Не равно \"Брак\"",
    )  # fmt: skip
    assert (found.title, found.period) == ("Продажи", MARCH)
    assert found.filters == ('Менеджер Равно "Иванова" И Склад Не равно "Брак"',)


def test_head_of_the_old_generation():
    found = head(
        "|Ведомость по взаиморасчетам с контрагентами", "|Период: 01.03.2026 - 31.03.2026",
        "|Группировки строк: Организация; Контрагент (Иерархия); Договор контрагента;", "|Отборы:\nКонтрагент В группе (Опт)",
        "|Дополнительные поля:", "|Сортировка: Контрагент По возрастанию",
    )  # fmt: skip
    assert (found.title, found.period) == ("Ведомость по взаиморасчетам с контрагентами", MARCH)
    assert found.groupings == ("Организация", "Контрагент (Иерархия)", "Договор контрагента")
    assert found.filters == ("Контрагент В группе (Опт)",)


def test_empty_filter_is_no_filter():
    assert head("Продажи", "Период: Март 2026 г.", "Отборы:").filters == ()
