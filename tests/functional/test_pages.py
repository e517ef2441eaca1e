"""Clients, the card, categories and the import as people use them: in Chromium, checked by axe in both themes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

Browse = Callable[..., object]
PHONE = 390
PAGES = [
    "/",
    "/clients/",
    "/categories/",
    "/categories/grade/",
    "/categories/proposals/",
    "/imports/",
    "/runs/",
    "/journal/",
    "/duplicates/",
    "/duplicates/merges/",
    "/duplicates/answers/",
    "/quality/",
    "/statuses/",
    "/connections/",
    "/portfolios/",
    "/clock/",
    "/waves/",
    "/moves/",
    "/plans/",
    "/strategy/attention/",
    "/strategy/norms/",
    "/winback/results/",
    "/winback/lost/",
    "/strategy/capacity/",
    "/strategy/releases/",
    "/strategy/releases/new/?where=grade%20%3D%20%27D%27",
    "/regulation/",
    "/reviews/",
    "/reviews/mine/",
    "/strategy/mirror/",
    "/strategy/outcomes/",
    "/strategy/stress/",
    "/strategy/zones/",
    "/strategy/zones/size/",
]
SALES = "Дата;Документ;Контрагент;Сумма;Себестоимость\n01.10.2026;Ж-1;Журнальный клиент;120 000,50;80 000,00\n31.31.2026;Ж-2;Журнальный клиент;5,00;1,00\n"


@pytest.mark.one_database
@pytest.mark.parametrize(("theme", "width", "first"), [("light", 1600, 0), ("dark", 390, 1)])
def test_pages_are_accessible_keep_the_content_policy_and_fit(
    browse: Browse, theme: str, width: int, first: int
) -> None:
    """Every page must fit on a phone; axe looks at each in one of the two, with AXE_EVERYWHERE=1 in both."""
    screen = browse("owner", theme=theme, width=width)
    found, too_wide = {}, []
    looked_at = PAGES if os.environ.get("AXE_EVERYWHERE") else PAGES[first::2]
    for path in PAGES if width == PHONE else looked_at:
        page = screen.open(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)
        if path in looked_at:
            found[path] = screen.axe()
    screen.open("/clients/")
    screen.page.locator("tbody a.cell-main").first.click()
    screen.settle()
    found["card"] = screen.axe()
    assert {path: problems for path, problems in found.items() if problems} == {}
    assert too_wide == []


def test_a_condition_is_written_with_completion_and_by_the_builder(browse: Browse) -> None:
    screen = browse("head")
    page = screen.open("/clients/")
    page.click("#where")
    page.keyboard.type("margin_12m_sh")
    expect(page.locator("#where-words [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#where")).to_have_value("margin_12m_share ")
    page.fill("#where", "")
    page.click("[data-opens=builder]")
    page.select_option("#builder [data-part=word]", "orders_12m")
    page.fill("#builder [data-part=value]", "3")
    expect(page.locator("#builder .builder-text")).to_have_text("orders_12m >= 3")
    page.click("#builder .btn-primary")
    page.wait_for_url("**/clients/?**")
    expect(page.locator("#where")).to_have_value("orders_12m >= 3")
    expect(page.locator("#totals strong").first).to_be_visible()


def test_a_number_of_the_card_opens_down_to_its_lines(browse: Browse) -> None:
    screen = browse("seller")
    page = screen.open("/clients/?where=orders_12m+%3E+3")
    page.locator("tbody a.cell-main").first.click()
    screen.settle()
    page.locator(".fact", has_text="Выручка за 12 мес").locator("button").first.click()
    expect(page.locator("#behind[open] tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".standing-button").first.click()
    expect(page.locator("#why[open] .rule-parts li").first).to_be_visible()
    assert screen.axe() == []


def test_a_file_is_dropped_understood_and_queued(browse: Browse, tmp_path: Path) -> None:
    file = tmp_path / "мои продажи.csv"
    file.write_bytes(SALES.encode("cp1251"))
    screen = browse("head")
    page = screen.open("/imports/")
    page.set_input_files("#file", file)
    page.wait_for_url("**/imports/files/**")
    expect(page.locator("select[name=meaning-2]")).to_have_value("client")
    assert screen.axe() == []
    page.get_by_role("button", name="Сначала сверить итоги").click()
    expect(page.locator("#preview table")).to_contain_text("120\u202f005,50", timeout=20_000)
    page.get_by_role("button", name="Загрузить", exact=True).click()
    page.wait_for_url("**/imports/*/")
    expect(page.locator("h1")).to_have_text("мои продажи.csv")
