"""Connections on the screen: set up, tried, listed; a secret goes in and never comes out."""

import re
from typing import Any

import pytest

from clientarium.decisions.connections import Arrival, Connection, save_connection, values_of
from clientarium.decisions.journal import Entry

TOKEN = "canary-token-7f3a"
CONNECTIONS_QUERIES = 6
"""Session, person, the connections, the arrivals, and the snapshot and the last pulse for the frame."""


@pytest.fixture
def folder(tmp_path: Any, settings: Any) -> Any:
    settings.CLIENTARIUM_WATCHED_FOLDERS = [tmp_path]
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def set_up(browser: Any, folder: Any, **values: Any) -> Any:
    about = {
        "title": "Папка",
        "is_on": "on",
        "folder": str(folder),
        "names": "*.csv",
        "settle_seconds": 5,
        "minutes": 1,
    }
    return browser.post("/connections/new/watched_folder/", about | {"period": "rule", "layout": ""} | values)


def test_folder_is_set_up_tried_and_listed(cast: Any, signed_in: Any, folder: Any) -> None:
    (folder / "a.csv").write_text("x", encoding="utf-8")
    browser = signed_in(cast.administrator)
    assert set_up(browser, folder).status_code == 302
    connection = Connection.objects.get()
    assert (connection.title, connection.is_well, connection.settings["minutes"]) == ("Папка", True, 1)
    page = browser.get("/connections/").content.decode()
    assert "подходящих файлов: 1" in page
    assert re.search(r"проверено|Испытано", page)
    assert Entry.objects.filter(verb="connection_made", by=cast.administrator).count() == 1


def test_secret_is_kept_encrypted_and_never_shown(cast: Any, signed_in: Any, settings: Any) -> None:
    connection = save_connection(
        None, kind="dadata", title="DaData", values={"token": TOKEN, "address": "http://127.0.0.1:9"}, by=cast.owner
    )
    browser = signed_in(cast.owner)
    for address in ("/connections/", f"/connections/{connection.pk}/", "/journal/"):
        assert TOKEN not in browser.get(address).content.decode()
    assert TOKEN not in connection.secrets
    assert TOKEN not in str(Entry.objects.values_list("data", flat=True))
    about = {"title": "DaData", "is_on": "on", "address": "http://127.0.0.1:9", "token": ""}
    numbers = {"daily_limit": 5, "per_second": 1000, "recheck_days": 30, "anchor_recheck_days": 7}
    connection.refresh_from_db()
    save_connection(connection, kind="dadata", title="DaData", values=about | numbers, by=cast.owner)
    connection.refresh_from_db()
    assert (values_of(connection)["token"], connection.settings["daily_limit"]) == (TOKEN, 5)
    settings.SECRET_KEY = "another key entirely, as after a home was put together from two"
    assert browser.get(f"/connections/{connection.pk}/").status_code in (200, 302)


def test_wrong_value_comes_back_with_the_form(cast: Any, signed_in: Any, folder: Any) -> None:
    browser = signed_in(cast.administrator)
    assert set_up(browser, "").status_code == 422
    assert set_up(browser, folder, minutes="soon").status_code == 422
    assert Connection.objects.count() == 0


def test_title_is_taken_once(cast: Any, signed_in: Any, folder: Any) -> None:
    browser = signed_in(cast.administrator)
    set_up(browser, folder)
    answer = set_up(browser, folder)
    assert (answer.status_code, "уже есть" in answer.content.decode()) == (422, True)


def test_fault_of_the_other_side_is_told(cast: Any, signed_in: Any, folder: Any) -> None:
    browser = signed_in(cast.administrator)
    set_up(browser, folder / "nowhere")
    assert "не прочитать" in browser.get("/connections/").content.decode()
    folder.joinpath("nowhere").mkdir()
    browser.post(f"/connections/{Connection.objects.get().pk}/try/")
    assert Connection.objects.get().is_well


@pytest.mark.parametrize("place", ["/etc", "../../etc", "/"])
def test_folder_of_the_machine_that_nobody_opened_is_not_read(
    cast: Any, signed_in: Any, folder: Any, place: str
) -> None:
    (folder.parent / "link").symlink_to("/etc")
    for name in (place, str(folder.parent / "link")):
        set_up(signed_in(cast.administrator), name, title=name)
    assert [one.is_well for one in Connection.objects.all()] == [False, False]


def test_removed_connection_leaves_the_journal(cast: Any, signed_in: Any, folder: Any) -> None:
    browser = signed_in(cast.owner)
    set_up(browser, folder)
    browser.post(f"/connections/{Connection.objects.get().pk}/remove/")
    assert Connection.objects.count() == 0
    assert Entry.objects.filter(verb="connection_removed").count() == 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_costs_the_same_with_one_and_with_three(
    cast: Any, signed_in: Any, folder: Any, item_count: int, django_assert_num_queries: Any
) -> None:
    browser = signed_in(cast.owner)
    for number in range(item_count):
        connection = save_connection(
            None,
            kind="watched_folder",
            title=f"Папка {number}",
            values={"folder": str(folder), "period": "rule"},
            by=cast.owner,
        )
        Arrival.objects.create(connection=connection, key="k", file_name=f"файл-{number}", state="doubtful")
    browser.get("/connections/")
    with django_assert_num_queries(CONNECTIONS_QUERIES):
        page = browser.get("/connections/").content.decode()
    assert page.count("файл-") == item_count
