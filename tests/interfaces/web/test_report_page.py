"""A report of 1C dropped into the page: its head, levels and totals are shown; one that does not add up cannot pass."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clientarium.decisions.runs import Import
from tests.core.intake.reports import samples
from tests.core.intake.reports.writers import write_1c_xlsx
from tests.decisions.runs.conftest import home  # noqa: F401 -- the fixture


@pytest.fixture
def browser(home: Any, cast: Any, signed_in: Any) -> Any:  # noqa: F811 -- the fixture by its own name
    return signed_in(cast.administrator)


def dropped(browser: Any, tmp_path: Any, sheet: Any) -> str:
    path = write_1c_xlsx(tmp_path / "report.xlsx", sheet)
    url: str = browser.post(
        reverse("receive_file"), {"file": SimpleUploadedFile("Валовая прибыль.xlsx", path.read_bytes())}
    ).url
    return url


def test_report_is_shown_as_understood(browser: Any, tmp_path: Any) -> None:
    page = browser.get(
        dropped(browser, tmp_path, samples.gross_profit()), headers={"accept-language": "ru"}
    ).content.decode()
    shown = (
        "Как понят отчёт", "Валовая прибыль по клиентам", "01.12.2025 – 31.12.2025", "по отступам", "16 сумм проверено",
        "Менеджер: Иванова Мария, Петров Олег", "Иванова Мария, Выручка", "Отчёт выгружен с отбором",
    )  # fmt: skip
    assert [words for words in shown if words not in page] == []


def test_report_that_does_not_add_up_shows_where_and_cannot_be_loaded(browser: Any, tmp_path: Any) -> None:
    sheet = samples.gross_profit()
    sheet.rows[10].cells[2] = samples.number("1400.50")
    url = dropped(browser, tmp_path, sheet)
    page = browser.get(url, headers={"accept-language": "ru"}).content.decode()
    assert "Суммы отчёта не сходятся с его строками." in page
    assert "Где не сходится" in page
    answer = browser.post(reverse("load_file", args=[url.rstrip("/").rsplit("/", 1)[-1]]), {"kind": "sales"})
    assert answer.status_code == 422
    assert "1\xa0500,50" in answer.content.decode()
    assert Import.objects.count() == 0
