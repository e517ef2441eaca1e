"""A file's way through the pages: dropped, understood, corrected, loaded, taken back."""

from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clientarium.decisions.clients import Client, edit_client
from clientarium.decisions.runs import Import, ImportState, Run, open_ledger, run_now
from tests.decisions.runs.conftest import home  # noqa: F401 -- the fixture

SALES = (
    "Дата;Документ;Контрагент;Сумма;Себестоимость\n"
    "09.01.2026;Д-1;Верба;1 000,50;600,00\n"
    "30.01.2026;Д-2;Ива;2000,00;1000,00\n"
    "31.31.2026;Д-3;Ива;5,00;1,00\n"
)


@pytest.fixture
def browser(home: Any, cast: Any, signed_in: Any) -> Any:  # noqa: F811 -- the fixture by its own name
    return signed_in(cast.administrator)


def drop(browser: Any, content: str | bytes, *, name: str = "продажи.csv") -> Any:
    data = content if isinstance(content, bytes) else content.encode("cp1251")
    return browser.post(reverse("receive_file"), {"file": SimpleUploadedFile(name, data)})


def run_queue() -> None:
    for run in Run.objects.filter(state="queued").order_by("pk"):
        run_now(run)


def load(browser: Any) -> Import:
    answer = drop(browser, SALES)
    file_id = answer.url.rstrip("/").rsplit("/", 1)[-1]
    browser.post(reverse("load_file", args=[file_id]), {"kind": "sales", "source": "1c"})
    run_queue()
    return Import.objects.get()


def test_the_columns_are_shown_as_understood(browser: Any) -> None:
    page = browser.get(drop(browser, SALES).url).content.decode()
    assert all(word in page for word in ("Контрагент", "2026-01-09", "1000.5"))
    assert Client.objects.filter(name="Ива").count() == 0


def test_totals_are_told_before_anything_is_loaded(browser: Any) -> None:
    file_id = drop(browser, SALES).url.rstrip("/").rsplit("/", 1)[-1]
    preview = browser.post(reverse("try_file", args=[file_id]), {"kind": "sales", "source": "1c"}).content.decode()
    assert "3\u202f005,50" in preview, "the sum of the file, refused row included"
    assert (Import.objects.count(), Client.objects.filter(name="Ива").count()) == (0, 0)


def test_a_file_is_loaded_and_taken_back_whole(browser: Any) -> None:
    loaded = load(browser)
    assert (loaded.state, loaded.accepted, loaded.refused) == (ImportState.LOADED, 2, 1)
    page = browser.get(reverse("import", args=[loaded.pk])).content.decode()
    assert "31.31.2026" in page
    browser.post(reverse("undo_import", args=[loaded.pk]), {"reason": "не тот файл"})
    run_queue()
    loaded.refresh_from_db()
    assert (loaded.state, Client.objects.filter(name__in=["Верба", "Ива"]).count()) == (ImportState.UNDONE, 0)


def test_refused_rows_come_back_as_a_workbook(browser: Any, tmp_path: Any) -> None:
    loaded = load(browser)
    answer = browser.get(reverse("refused_rows", args=[loaded.pk]))
    path = tmp_path / "refused.xlsx"
    path.write_bytes(b"".join(answer))
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:5] == ("Дата", "Документ", "Контрагент", "Сумма", "Себестоимость")
    assert rows[1][:3] == ("31.31.2026", "Д-3", "Ива")


def test_mended_rows_complete_the_document_they_came_from(browser: Any, tmp_path: Any) -> None:
    """Found while writing the manual: loaded as a re-sent document, the mended line took away the other lines of it."""
    head, day = "Дата;Документ;Контрагент;Сумма\n", "09.01.2026;Д-1;Верба;"
    file_id = drop(browser, f"{head}{day}100,00\n{day}сто\n").url.rstrip("/").rsplit("/", 1)[-1]
    browser.post(reverse("load_file", args=[file_id]), {"kind": "sales", "source": "1c"})
    run_queue()
    path = tmp_path / "refused.xlsx"
    path.write_bytes(b"".join(browser.get(reverse("refused_rows", args=[Import.objects.get().pk]))))
    book = openpyxl.load_workbook(path)
    book.active["D2"] = "50,00"
    book.save(path)
    file_id = drop(browser, path.read_bytes(), name="refused.xlsx").url.rstrip("/").rsplit("/", 1)[-1]
    browser.post(reverse("load_file", args=[file_id]), {"kind": "sales", "source": "1c"})
    run_queue()
    with open_ledger().engine() as engine:
        assert engine.fetch("select sum(revenue) as revenue from sales").to_pylist() == [{"revenue": 150}]


@pytest.mark.parametrize(
    ("name", "content"),
    [("пусто.csv", b""), ("мусор.xlsx", b"\x00\x01\x02" * 400)],
)
def test_a_bad_file_is_refused_in_words(browser: Any, name: str, content: bytes) -> None:
    answer = drop(browser, content, name=name)
    page = browser.get(answer.url) if answer.status_code == 302 else answer
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert Import.objects.count() == 0


def test_what_has_no_meaning_is_asked_about_and_not_loaded(browser: Any) -> None:
    answer = drop(browser, "просто текст\nбез столбцов\n")
    assert "notice-warn" in browser.get(answer.url).content.decode()
    file_id = answer.url.rstrip("/").rsplit("/", 1)[-1]
    assert browser.post(reverse("load_file", args=[file_id]), {"kind": "sales"}).status_code == 422
    assert Import.objects.count() == 0


def test_the_same_file_again_names_the_first(browser: Any) -> None:
    first = load(browser)
    file_id = drop(browser, SALES).url.rstrip("/").rsplit("/", 1)[-1]
    answer = browser.post(reverse("load_file", args=[file_id]), {"kind": "sales", "source": "1c"})
    assert answer.status_code == 422
    assert f"№ {first.pk}" in answer.content.decode()


def test_a_seller_imports_nothing(home: Any, cast: Any, signed_in: Any) -> None:  # noqa: F811
    assert drop(signed_in(cast.anna), SALES).status_code == 403


def test_new_clients_like_known_ones_are_told_before_anything_is_loaded(browser: Any, cast: Any) -> None:
    edit_client(cast.birch, {"inn": "7707083893"}, by=cast.head)
    cards = "Код;Клиент;ИНН\n001;ООО «Берёза»;7707083893\n002;Пихта;\n"
    file_id = drop(browser, cards, name="клиенты.csv").url.rstrip("/").rsplit("/", 1)[-1]
    answer = browser.post(reverse("try_file", args=[file_id]), {"kind": "clients", "source": "1c"})
    doubtful = [(one.name, one.client_id) for one in answer.context["preview"].doubtful]
    assert doubtful == [("ООО «Берёза»", cast.birch.pk)]
    assert "из них сомнительных: 1" in answer.content.decode()
