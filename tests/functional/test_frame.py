"""The frame as a person meets it: signing in, the keyboard, themes, and no screen that axe or the policy refuses."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

Browse = Callable[..., object]
PAGES = ["/", "/settings/", "/settings/users/", "/settings/users/new/", "/settings/password/", "/journal/"]


@pytest.mark.one_database
@pytest.mark.parametrize("width", [1600, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_keep_the_policy(browse: Browse, path: str, theme: str, width: int) -> None:
    screen = browse("owner", theme=theme, width=width)
    page = screen.open(path)
    assert page.evaluate("document.documentElement.dataset.bsTheme") == theme
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert screen.axe() == []


@pytest.mark.one_database
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sign_in_page_is_accessible(browse: Browse, theme: str) -> None:
    screen = browse(None, theme=theme, width=390)
    screen.open("/login/")
    assert screen.axe() == []


def test_search_is_a_keystroke_away(browse: Browse) -> None:
    page = browse("owner").open("/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("журнал")
    expect(page.locator(".palette-item[aria-selected=true]")).to_have_attribute("href", "/journal/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/")


def test_g_and_a_letter_go_to_a_page_in_the_russian_layout_too(browse: Browse) -> None:
    page = browse("owner").open("/")
    page.keyboard.press("KeyG")
    page.keyboard.press("KeyJ")
    page.wait_for_url("**/journal/")


def test_first_tab_is_the_skip_link(browse: Browse) -> None:
    page = browse("owner").open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"


def test_the_rail_folds_and_stays_folded(browse: Browse) -> None:
    screen = browse("owner")
    page = screen.open("/")
    page.click("[data-rail-toggle]")
    assert page.locator(".rail").bounding_box()["width"] < 80
    screen.open("/journal/")
    assert page.locator(".rail").bounding_box()["width"] < 80


def test_the_menu_changes_the_theme_and_comes_back(browse: Browse) -> None:
    page = browse("marketer").open("/settings/")
    page.click(".topbar .menu > summary")
    page.click(".menu-panel button[name=theme][value=dark]")
    page.wait_for_load_state()
    assert (page.evaluate("document.documentElement.dataset.bsTheme"), page.url.split("/", 3)[3]) == (
        "dark",
        "settings/",
    )
    page.click(".topbar .menu > summary")
    page.click(".menu-panel button[name=theme][value=system]")


def test_a_phone_has_three_pages_and_more(browse: Browse) -> None:
    page = browse("owner", width=390).open("/")
    expect(page.locator(".phone-bar a")).to_have_count(3)
    page.click(".phone-bar button")
    page.click("#more-pages a[href='/journal/']")
    page.wait_for_url("**/journal/")


def test_a_role_sees_only_pages_it_has_a_use_for(browse: Browse) -> None:
    page = browse("seller").open("/")
    shown = page.locator(".rail nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert shown == [
        "/", "/day/", "/clients/", "/portfolios/", "/plans/", "/winback/",
        "/categories/", "/quality/", "/statuses/", "/settings/",
    ]  # fmt: skip


def test_signing_out_ends_at_the_sign_in_page(browse: Browse) -> None:
    screen = browse(None)
    page = screen.open("/login/")
    expect(page.locator("h1")).to_have_text("Войти")
    page.goto(screen.url + "/journal/")
    assert page.url.endswith("/login/?next=/journal/")
