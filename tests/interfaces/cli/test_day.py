"""`clientarium day`: a seller's list from sales alone, as a program and a person read it."""

import json
from datetime import date, timedelta

import pytest

from tests.homes import fresh_home
from tests.interfaces.cli.test_commands import clientarium

pytestmark = pytest.mark.slow

HEAD = "Дата;Документ;Код клиента;Клиент;Товар;Количество;Сумма;Себестоимость;Менеджер\n"
LAST = date(2026, 3, 30)


def sales() -> str:
    """Birch buys every 28 days and is due; Cedar bought yesterday; Fir bought once three weeks ago."""
    birch = [LAST - timedelta(days=27 + 28 * number) for number in range(12)]
    cedar = [LAST - timedelta(days=28 * number) for number in range(12)]
    lines = [(day, "001", "ООО «Берёза»", "Иванова") for day in birch]
    lines += [(day, "002", "Кедр", "Иванова") for day in cedar]
    lines += [(LAST - timedelta(days=21), "003", "Ель", "Иванова"), (LAST, "004", "Дуб", "Петров")]
    rows = (
        f"{day:%d.%m.%Y};{number};{code};{name};Болт;10;1000,00;600,00;{seller}\n"
        for number, (day, code, name, seller) in enumerate(sorted(lines))
    )
    return HEAD + "".join(rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("day")
    (folder / "продажи.csv").write_text(sales(), encoding="cp1251")
    done = clientarium(
        fresh_home(folder / "home"), "import", str(folder / "продажи.csv"), "--source", "1С", "--pulse", "--json"
    )
    assert done.returncode == 0, done.stderr
    return folder / "home"


def test_day_names_who_is_due_and_why(home):
    day = json.loads(clientarium(home, "day", "--seller", "Иванова", "--on", "2026-03-31", "--json").stdout)
    assert (day["seller"], day["on"], day["as_of"], day["progress"]["planned"]) == (
        "Иванова",
        "2026-03-31",
        "2026-03-30",
        2,
    )
    lines = {line["name"]: line for line in day["lines"]}
    assert {name: line["kind"] for name, line in lines.items()} == {"ООО «Берёза»": "due", "Ель": "second_purchase"}
    assert "прошло 28 дней" in lines["ООО «Берёза»"]["sentence"]
    assert "в прошлый раз 1\u00a0тыс." in lines["ООО «Берёза»"]["sentence"]
    assert lines["Ель"]["sentence"].startswith("Купил один раз, 22 дня назад: ведём ко второй покупке")


def test_day_reads_well_on_the_screen_in_both_languages(home):
    english = clientarium(home, "day", "--seller", "Иванова", "--on", "2026-03-31", language="en").stdout
    assert "planned 2, done 0, reached 0, ordered 0, overdue 0" in english
    assert "28 days have passed" in english


def test_unknown_seller_and_a_day_before_the_data_are_the_users_errors(home):
    unknown = clientarium(home, "day", "--seller", "Никто", language="en")
    assert (unknown.returncode, "There is no seller “Никто”" in unknown.stderr) == (2, True)
    early = clientarium(home, "day", "--seller", "Петров", "--on", "2026-03-01", language="en")
    assert (early.returncode, "No day was planned for 01.03.2026" in early.stderr) == (2, True)
