"""The pages of duplicates: what they show, to whom, and what a decision there does."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clientarium.decisions.clients import (
    Client,
    DuplicatePair,
    Merge,
    NotDuplicate,
    add_contact,
    clients_visible_to,
    merge_clients,
    merge_rule,
)
from clientarium.decisions.runs import Run
from tests.cast import make_client

QUERIES_OF_THE_QUEUE = 8


@pytest.fixture
def pairs(cast: Any, db: Any) -> Any:
    """Three pairs, the likeliest about a card of Boris and its double held by Anna."""

    def pair(name: str, probability: float, **fields: Any) -> DuplicatePair:
        one, other = make_client(name, holder=cast.boris_sells), make_client(f"ООО {name}", holder=cast.anna_sells)
        Client.objects.filter(pk=other.pk).update(**fields)
        reasons = [{"field": "name", "left": name, "right": f"ООО {name}", "agreement": "same", "weight": 7.5}]
        return DuplicatePair.objects.create(a=one, b=other, probability=probability, weight=7.5, reasons=reasons)

    return [
        pair("Ромашка-canary-pair", 0.99, inn="7707083893"),
        pair("Василёк", 0.7, city="Псков"),
        pair("Одуванчик", 0.6),
    ]


def both(pair: DuplicatePair, **more: str) -> dict[str, Any]:
    return {"a": pair.a_id, "b": pair.b_id, **more}


def test_queue_stands_by_probability(cast: Any, pairs: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).get(reverse("duplicates"))
    assert [pair for pair, _reasons in answer.context["rows"]] == pairs
    assert answer.context["count"] == 3


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_the_same_for_one_pair_and_three(cast: Any, pairs: Any, signed_in: Any, count: int) -> None:
    DuplicatePair.objects.filter(pk__in=[pair.pk for pair in pairs[count:]]).delete()
    browser = signed_in(cast.administrator)
    browser.get(reverse("duplicates"))
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("duplicates"))
    assert len(asked) == QUERIES_OF_THE_QUEUE


def test_two_cards_side_by_side(cast: Any, pairs: Any, signed_in: Any) -> None:
    add_contact(pairs[0].b, kind="phone", value="+7 912 345-67-89", by=cast.anna)
    answer = signed_in(cast.head).get(reverse("compare_cards"), both(pairs[0]))
    rows = [(row.kept, row.alias, row.after) for row in answer.context["pair"].rows]
    assert rows == [
        ("Ромашка-canary-pair", "ООО Ромашка-canary-pair", "Ромашка-canary-pair"),
        ("", "7707083893", "7707083893"),
        ("Борис", "Анна", "Борис"),
        ("", "+7 912 345-67-89", "+7 912 345-67-89"),
    ]
    assert answer.context["pair"].holder_changes


def test_merging_goes_on_to_the_next_pair(cast: Any, pairs: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).post(reverse("merge_cards"), both(pairs[0]))
    assert answer["Location"] == f"{reverse('compare_cards')}?a={pairs[1].a_id}&b={pairs[1].b_id}"
    merge = Merge.objects.get()
    assert (merge.alias_id, merge.into_id, merge.by, merge.probability) == (
        pairs[0].b_id,
        pairs[0].a_id,
        cast.head,
        0.99,
    )
    assert not clients_visible_to(cast.anna).filter(name__contains="canary").exists()


def test_not_a_duplicate_with_its_reason(cast: Any, pairs: Any, signed_in: Any) -> None:
    browser = signed_in(cast.administrator)
    browser.post(reverse("not_duplicates"), both(pairs[0], reason="отец и сын"))
    assert list(NotDuplicate.objects.values_list("a", "b", "reason")) == [(pairs[0].a_id, pairs[0].b_id, "отец и сын")]
    assert "отец и сын" in browser.get(reverse("duplicate_answers")).content.decode()
    assert "отец и сын" in browser.get(reverse("compare_cards"), both(pairs[0])).content.decode()


def test_unmerge_on_the_card(cast: Any, pairs: Any, signed_in: Any) -> None:
    merge = merge_clients(pairs[0].b, into=pairs[0].a, by=cast.head)
    browser = signed_in(cast.head)
    assert "ООО Ромашка" in browser.get(reverse("client", args=[pairs[0].a_id])).content.decode()
    assert browser.get(reverse("client", args=[pairs[0].b_id])).status_code == 404
    browser.post(reverse("undo_merge", args=[merge.pk]), {"from": "card", "reason": "ошибка"})
    merge.refresh_from_db()
    assert (merge.undone_by, merge.undone_reason) == (cast.head, "ошибка")
    assert browser.get(reverse("client", args=[pairs[0].b_id])).status_code == 200
    assert "ошибка" in browser.get(reverse("merges")).content.decode()


def test_seller_sees_nothing_of_it(cast: Any, pairs: Any, signed_in: Any) -> None:
    """The two cards are two sellers': neither learns of the other's, nor from the card that the merge left him."""
    merge_clients(pairs[0].b, into=pairs[0].a, by=cast.head)
    boris, anna = signed_in(cast.boris), signed_in(cast.anna)
    assert boris.get(reverse("duplicates")).status_code == 403
    assert boris.get(reverse("compare_cards"), both(pairs[1])).status_code == 403
    assert anna.get(reverse("client", args=[pairs[0].a_id])).status_code == 404
    assert anna.get(reverse("client", args=[pairs[0].b_id])).status_code == 404
    assert "canary-pair" not in anna.get(reverse("clients")).content.decode()
    card = boris.get(reverse("client", args=[pairs[0].a_id])).content.decode()
    assert "canary-pair" in card and reverse("undo_merge", args=[Merge.objects.get().pk]) not in card


def test_rule_is_the_administrators(cast: Any, pairs: Any, signed_in: Any) -> None:
    sent = {"merges_sure": "1", "sure_from": "99,95", "asks_from": "60", "looks_after_imports": "1"}
    assert signed_in(cast.head).post(reverse("merge_rule"), sent).status_code == 403
    browser = signed_in(cast.administrator)
    assert browser.post(reverse("merge_rule"), sent | {"asks_from": "100"}).status_code == 422
    assert browser.post(reverse("merge_rule"), sent).status_code == 302
    rule = merge_rule()
    assert (rule.merges_sure, rule.sure_from, rule.asks_from, rule.looks_after_imports) == (True, 0.9995, 0.6, True)
    assert 'value="99.95"' in browser.get(reverse("merge_rule")).content.decode()


def test_search_is_queued_once(cast: Any, pairs: Any, signed_in: Any) -> None:
    browser = signed_in(cast.head)
    for _ in range(2):
        browser.post(reverse("search_duplicates"))
    assert list(Run.objects.values_list("kind", "arguments")) == [("identity", {})]


def test_any_two_cards_can_be_compared(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.head)
    answer = browser.get(reverse("compare_cards"), {"a": cast.birch.pk, "q": "кедр"})
    assert answer.context["found"] == [cast.cedar]
    for wrong in ({}, {"a": "0"}, {"a": "x", "b": "1"}, {"a": cast.birch.pk, "b": "9" * 30}):
        assert browser.get(reverse("compare_cards"), wrong).status_code == 404
