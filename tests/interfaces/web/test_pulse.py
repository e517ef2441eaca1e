"""The first screen over real files: each person reads the figures of exactly the clients he sees (CHECKS.md 23)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.clients import states_visible_to
from clientarium.interfaces.web import pulse
from tests.decisions.runs.company import HEAD

BLOCKS = ["movement", "losses", "attention", "abc", "concentration"]
SALES = HEAD + (
    "09.06.2025;Д-0;Кедр-canary-cedar;900,00;100,00;Борис\n"
    "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n"
    "15.01.2026;Д-2;Кедр-canary-cedar;500,00;450,00;Борис\n"
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
COUNTED_ON = HALF_A_YEAR_AGO, TODAY = date(2025, 7, 31), date(2026, 1, 30)


def test_the_headline_counts_the_clients_one_sees(counted: Any) -> None:
    seen = [pulse.tallies(states_visible_to(user)) for user in (counted.owner, counted.anna)]
    heads = [pulse.headline(tallies, flag_at=0.1) for tallies in seen]
    assert [(head.clients, head.active, head.is_low) for head in heads] == [(5, 2, False), (2, 1, False)]


def test_composition_shares_are_of_what_one_sees(counted: Any) -> None:
    tallies = pulse.tallies(states_visible_to(counted.anna))
    found = {scheme: pulse.composition(tallies, scheme, measure="margin") for scheme in ("layer", "grade")}
    told = {scheme: [(part.code, part.clients, part.money_share) for part in found[scheme].parts] for scheme in found}
    assert told == {"layer": [("unknown_effort", 1, 1.0), (None, 1, 0.0)], "grade": [("C", 1, 1.0), (None, 1, 0.0)]}


@pytest.mark.parametrize("block", BLOCKS)
def test_no_block_shows_a_seller_clients_of_another(counted: Any, signed_in: Any, block: str) -> None:
    """Boris's client is in the owner's answer where names are shown, and in no answer of Anna's."""
    address = reverse(f"pulse_{block}")
    answer = signed_in(counted.anna).get(address)
    assert answer.status_code == 200
    assert "canary" not in answer.content.decode()


def test_the_owner_reads_everybody(counted: Any, signed_in: Any) -> None:
    assert "canary-cedar" in signed_in(counted.owner).get(reverse("pulse_movement")).content.decode()


@pytest.mark.parametrize("of", ["grown", "weakened", "left"])
def test_lists_behind_numbers_keep_to_the_portfolio(counted: Any, signed_in: Any, of: str) -> None:
    asked = {"of": of, "since": HALF_A_YEAR_AGO.isoformat(), "until": TODAY.isoformat()}
    page = signed_in(counted.anna).get(reverse("pulse_behind"), asked)
    assert (page.status_code, "canary" in page.content.decode()) == (200, False)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"of": "everything"},
        {"of": "grown", "since": "yesterday", "until": "today"},
        {"of": "grown", "since": "1999-01-01", "until": TODAY.isoformat()},
        {"of": "lost", "year": "x", "month": "1"},
        {"of": "flow", "scheme": "grade", "since": HALF_A_YEAR_AGO.isoformat(), "until": TODAY.isoformat()},
    ],
)
def test_a_tampered_address_is_404(counted: Any, signed_in: Any, asked: dict[str, str]) -> None:
    assert signed_in(counted.owner).get(reverse("pulse_behind"), asked).status_code == 404


def test_support_sees_no_money(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.support)
    page = browser.get("/").content.decode()
    assert ("pulse-movement" in page, "pulse-part-share" in page) == (False, False)
    assert {browser.get(reverse(f"pulse_{block}")).status_code for block in BLOCKS} == {403}


def test_the_page_needs_few_queries(counted: Any, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    browser = signed_in(counted.owner)
    browser.get("/")
    with django_assert_max_num_queries(12):  # CHECKS.md 45
        browser.get("/")


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        ("", "", (date(2026, 1, 31), date(2026, 4, 30))),
        ("2025-10-31", "2026-01-31", (date(2025, 10, 31), date(2026, 1, 31))),
        ("2026-04-30", "2026-01-31", (date(2025, 10, 31), date(2026, 1, 31))),
        ("nonsense", "2025-10-31", (date(2026, 1, 31), date(2026, 4, 30))),
    ],
)
def test_the_period_is_the_wanted_one_or_a_quarter(since: str, until: str, period: tuple[date, date]) -> None:
    dates = [date(2025, 10, 31), date(2026, 1, 31), date(2026, 4, 30)]
    chosen = pulse.chosen_period(dates, since=since, until=until)
    assert (chosen.since, chosen.until) == period


def test_one_date_makes_no_period() -> None:
    assert pulse.chosen_period([TODAY]) is None


def test_categories_stand_from_best_to_worst() -> None:
    codes = ["E", None, "AA", "EE", "A", "AAA", "D"]
    assert sorted(codes, key=pulse.rank) == ["AAA", "AA", "A", "D", "E", "EE", None]
