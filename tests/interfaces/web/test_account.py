"""Signing in, and one's own settings."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

PASSWORD = "correct horse battery"
SIGN_IN = "/login/"
FAILURES_ALLOWED = 5  # CHECKS.md 34: five per account in five minutes


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def olga(cast: Any) -> Any:
    cast.owner.set_password(PASSWORD)
    cast.owner.save()
    return cast.owner


def test_name_and_password_open_the_first_page(olga: Any, signed_in: Any) -> None:
    browser = signed_in(None)
    answer = browser.post(SIGN_IN, {"login": "olga", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/").status_code == 200


def test_a_seller_begins_with_his_day(cast: Any, signed_in: Any) -> None:
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    answer = signed_in(None).post(SIGN_IN, {"login": cast.anna.username, "password": PASSWORD})
    assert answer["Location"] == "/day/"
    asked = signed_in(None).post(f"{SIGN_IN}?next=/clients/", {"login": cast.anna.username, "password": PASSWORD})
    assert asked["Location"] == "/clients/"


def test_mail_and_password_open_it_too(olga: Any, signed_in: Any) -> None:
    answer = signed_in(None).post(SIGN_IN, {"login": "olga@x.test", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_wrong_password_and_an_unknown_name_read_the_same(olga: Any, signed_in: Any) -> None:
    browser = signed_in(None)
    pages = [
        browser.post(SIGN_IN, {"login": name, "password": "wrong"}).content.decode().replace(name, "NAME")
        for name in ("olga", "olgerd")
    ]
    without_tokens = [page.split("<main", 1)[1].split("csrfmiddlewaretoken", 1)[0] for page in pages]
    assert without_tokens[0] == without_tokens[1]


def test_failures_are_limited_even_for_the_right_password(olga: Any, signed_in: Any) -> None:
    browser = signed_in(None)
    for _attempt in range(FAILURES_ALLOWED):
        browser.post(SIGN_IN, {"login": "olga", "password": "wrong"})
    answer = browser.post(SIGN_IN, {"login": "olga", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert browser.get("/").status_code == 302


def test_a_dismissed_person_does_not_get_in(olga: Any, signed_in: Any) -> None:
    olga.is_active = False
    olga.save()
    browser = signed_in(None)
    browser.post(SIGN_IN, {"login": "olga", "password": PASSWORD})
    assert browser.get("/").status_code == 302


def test_there_is_no_sign_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_next_leads_only_to_our_own_pages(olga: Any, signed_in: Any) -> None:
    answer = signed_in(None).post(SIGN_IN + "?next=https://evil.test/", {"login": "olga", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_the_menu_saves_one_choice_and_keeps_the_others(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.anna).post(reverse("appearance"), {"theme": "dark", "next": "/journal/"})
    cast.anna.refresh_from_db()
    assert (answer["Location"], cast.anna.theme, cast.anna.density, cast.anna.language) == (
        "/journal/",
        "dark",
        "normal",
        "ru",
    )


def test_appearance_refuses_foreign_values_and_addresses(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.anna)
    assert browser.post(reverse("appearance"), {"theme": "acid"}).status_code == 400
    answer = browser.post(reverse("appearance"), {"theme": "light", "next": "//evil.test/"})
    assert answer["Location"] == reverse("settings")


def test_the_page_speaks_the_language_of_the_person(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.anna)
    browser.post(reverse("appearance"), {"language": "en"})
    assert '<html lang="en"' in browser.get("/").content.decode()
