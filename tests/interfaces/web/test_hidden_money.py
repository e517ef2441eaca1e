"""CHECKS.md 24 and 21: whoever may not see money, or a client, reads none of it anywhere he can get."""

from datetime import date
from typing import Any

import pytest

from clientarium.decisions.clients import Client, vocabulary_for
from tests.decisions.runs.company import HEAD
from tests.interfaces.web.crawl import addresses, crawl, everything_stored, hits

pytestmark = pytest.mark.reliability

COUNTED_ON = (date(2025, 7, 31), date(2026, 1, 30))
SALES = HEAD + (
    "09.06.2025;Д-0;Кедр-canary-cedar;1234567,89;765432,10;Борис\n"
    "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n"
    "15.01.2026;Д-2;Кедр-canary-cedar;7391117,13;2846229,57;Борис\n"
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
MONEY = {
    "revenue": ["7391117", "7,39 млн", "7.39"],
    "revenue of the year": ["8625685", "8,63 млн", "8.63"],
    "cost": ["2846229", "3611661", "2,85 млн", "3,61 млн"],
    "margin": ["4544887", "5014023", "4,54 млн", "5,01 млн"],
}
CANARIES = [text for texts in MONEY.values() for text in texts]


def values(counted: Any) -> dict[str, Any]:
    """Arguments of addresses that mean Boris's client."""
    cedar = Client.objects.get(created_import__isnull=False, name__startswith="Кедр")
    return {"client_id": cedar.pk, "seller_id": counted.boris_sells.pk, "user_id": counted.boris.pk}


def hidden_words(user: Any, owner: Any) -> list[str]:
    return sorted(set(vocabulary_for(owner)) - set(vocabulary_for(user)))


def test_support_reads_no_money_on_any_page(counted: Any, signed_in: Any) -> None:
    starts = [*addresses(values(counted)), "/clients/?where=orders_12m+%3E+0", "/search/?q=Кедр"]
    answers = crawl(signed_in(counted.support), starts)
    assert hits(answers, CANARIES) == []
    assert any("canary-cedar" in text for text in answers.values()), "support does see the client"
    assert len(answers) > len(starts)


@pytest.mark.both_databases
def test_the_owner_meets_every_kind_of_money(counted: Any, signed_in: Any) -> None:
    """Otherwise the walk above would prove nothing."""
    answers = crawl(signed_in(counted.owner), addresses(values(counted)), follows_links=False)
    found = {canary for _address, canary in hits(answers, CANARIES)}
    assert [kind for kind, texts in MONEY.items() if not found & set(texts)] == []


def test_a_seller_reads_nothing_of_anothers_client(counted: Any, signed_in: Any) -> None:
    answers = crawl(signed_in(counted.anna), [*addresses(values(counted)), "/search/?q=Кедр", "/clients/?sort=-name"])
    assert hits(answers, ["canary", *CANARIES]) == []
    assert any("Берёза" in text for text in answers.values())


@pytest.mark.parametrize("address", ["/clients/", "/clients/totals/", "/clients/check/"])
def test_support_filters_by_no_hidden_word(counted: Any, signed_in: Any, address: str) -> None:
    browser = signed_in(counted.support)
    words = hidden_words(counted.support, counted.owner)
    assert {"revenue_12m", "margin_12m", "margin_pct_12m", "cost_12m"} <= set(words)
    answers = {word: browser.get(address, {"where": f"{word} is not null"}) for word in words}
    assert {word for word, answer in answers.items() if answer.status_code != 422} == set()
    assert hits({word: answer.content.decode() for word, answer in answers.items()}, ["canary"]) == []


def test_support_sorts_by_no_hidden_word(counted: Any, signed_in: Any) -> None:
    browser = signed_in(counted.support)
    words = hidden_words(counted.support, counted.owner)
    codes = {
        (word, sign): browser.get("/clients/", {"sort": sign + word}).status_code for word in words for sign in "- "
    }
    assert set(codes.values()) == {422}


def test_support_shows_no_hidden_column_and_saves_no_hidden_condition(counted: Any, signed_in: Any) -> None:
    browser, before = signed_in(counted.support), everything_stored()
    for word in hidden_words(counted.support, counted.owner):
        assert browser.post("/clients/columns/", {"column": ["grade", word]}).status_code == 422
        browser.post("/segments/save/", {"name": word, "where": f"{word} > 0"})
    assert everything_stored() == before
    assert hits({"list": browser.get("/clients/").content.decode()}, CANARIES) == []


def test_words_support_may_use_tell_no_money(counted: Any) -> None:
    words = vocabulary_for(counted.support).values()
    about = ("revenue", "margin", "cost", "money", "discount", "amount")
    told = [word.name for word in words if not word.choices and any(part in word.name for part in about)]
    assert (told, [word.name for word in words if word.tells_money]) == ([], [])
