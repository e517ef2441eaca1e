"""The owner's first screen on the demo company: every block answers, every number leads somewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

Browse = Callable[..., object]
BLOCKS = ["composition", "movement", "movers", "attention", "abc", "concentration", "losses", "decisions"]


@pytest.mark.parametrize("role", ["owner", "seller"])
def test_every_block_arrives(browse: Browse, role: str) -> None:
    page = browse(role).open("/")
    for block in BLOCKS if role == "owner" else BLOCKS[:-1]:
        expect(page.locator(f"#{block} .skeleton")).to_have_count(0)
        expect(
            page.locator(f"#{block} .panel").first if block != "composition" else page.locator("#composition")
        ).to_be_visible()
    expect(page.locator("#movement canvas")).to_have_count(1)


def test_the_same_numbers_stand_in_a_table(browse: Browse) -> None:
    page = browse("owner").open("/")
    page.click("#attention [data-toggles]")
    expect(page.locator("#attention-chart-table")).to_be_visible()
    expect(page.locator("#attention-chart-picture")).to_be_hidden()
    assert page.locator("#attention-chart-table tbody tr").count() >= 4


def test_another_scheme_redraws_the_movement(browse: Browse) -> None:
    screen = browse("owner")
    page = screen.open("/")
    page.select_option("#movement select[name=scheme]", "layer")
    screen.settle()
    expect(page.locator("#movement select[name=scheme]")).to_have_value("layer")
    page.click("#movement [data-toggles]")
    expect(page.locator("#movement-chart-table tbody tr").first).to_contain_text("порный")


def test_behind_a_flow_stand_its_clients(browse: Browse) -> None:
    screen = browse("owner")
    page = screen.open("/")
    page.click("#movement [data-toggles]")
    link = page.locator("#movement-chart-table tbody a").first
    shown = int(link.inner_text().replace("\u202f", ""))
    link.click()
    page.wait_for_url("**/pulse/behind/**")
    assert page.locator("tbody tr").count() == min(shown, 300), "the page shows so many at most"
    assert screen.axe() == []
