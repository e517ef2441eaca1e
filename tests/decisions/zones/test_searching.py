"""A search finds the zone that is there, keeps it with its figures, and says so where there is nothing."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.zones.conftest import AS_OF, stored_search

pytestmark = pytest.mark.django_db


def test_the_zone_is_found_and_kept(zoned: SimpleNamespace) -> None:
    from clientarium.core.ground.expressions import parse_condition
    from clientarium.decisions.clients import compile_condition, states_visible_to
    from clientarium.decisions.zones import condition_of, search_now, zone_words

    search = search_now("margin_per_hour", by=zoned.head)
    finding = search.findings.get()
    assert (search.state, search.as_of, search.figures["method"]) == ("ready", AS_OF, "shuffle")
    assert (finding.expression, finding.clients, finding.is_above) == ("city = 'Пермь'", 60, True)
    assert finding.p_value <= 0.05
    assert finding.low < finding.value < finding.high
    listed = states_visible_to(zoned.head).filter(
        compile_condition(parse_condition(condition_of(finding), zone_words()))
    )
    assert listed.count() == finding.clients
    his = [float(state.margin_12m) for state in listed]  # type: ignore[attr-defined]
    assert finding.value == pytest.approx(sum(his) / (10 * 60))
    assert float(finding.money) == pytest.approx(sum(his), abs=0.01)
    assert finding.portrait["clients"] == 60
    assert finding.portrait["words"]["segment"][0] == {"value": "Агро", "share": 1.0, "others": pytest.approx(1 / 3)}


@pytest.mark.django_db(transaction=True)
def test_a_run_of_the_queue_does_the_same(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.journal.models import Entry
    from clientarium.decisions.runs import RunState, run_now
    from clientarium.decisions.zones import Search, start_search

    search = start_search("margin_per_hour", by=zoned.head)
    assert start_search("margin_per_hour", by=zoned.owner) == search  # one at a time
    run = run_now(search.run)
    search.refresh_from_db()
    assert (run.state, search.state, run.result) == (RunState.DONE, "ready", {"search": search.pk, "zones": 1})
    assert Search.objects.count() == 1
    assert Entry.objects.filter(verb="zones_searched", by=zoned.head).count() == 1


def test_a_cancelled_search_says_so_and_another_may_begin(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.runs import cancel_run
    from clientarium.decisions.zones import live_search, start_search

    search = start_search("margin_per_hour", by=zoned.head)
    cancel_run(search.run, by=zoned.head)
    assert live_search(zoned.head, target="margin_per_hour") is None
    again = start_search("margin_per_hour", by=zoned.head)
    search.refresh_from_db()
    assert (again != search, search.state, again.state) == (True, "dropped", "making")


def test_one_click_makes_a_segment_of_the_same_clients(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.clients import states_in_segment
    from clientarium.decisions.zones import save_zone, search_now

    finding = search_now("margin_per_hour").findings.get()
    segment = save_zone(finding, name="Пермь кормит", by=zoned.head)
    assert states_in_segment(segment, user=zoned.head).count() == finding.clients
    with pytest.raises(UserError, match="already"):
        save_zone(finding, name="ещё раз", by=zoned.head)
    segment.delete()
    finding.refresh_from_db()
    assert finding.segment is None  # may be made again


@pytest.mark.parametrize("who", ["anna", "boris", "support", "nobody"])
def test_zones_are_for_those_who_see_the_base_and_its_money(zoned: SimpleNamespace, who: str) -> None:
    from clientarium.decisions.zones import findings, save_zone, searches, start_search

    user, finding = getattr(zoned, who), stored_search(1).findings.get()
    for forbidden in (
        lambda: searches(user),
        lambda: findings(user),
        lambda: start_search("growth", by=user),
        lambda: save_zone(finding, name="моя", by=user),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_marketer_reads_but_does_not_search(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.zones import searches, start_search

    assert list(searches(zoned.marketer)) == []
    with pytest.raises(PermissionDenied):
        start_search("growth", by=zoned.marketer)


@pytest.mark.parametrize("target", ["growth", "retention", "price"])
def test_a_base_without_the_figures_is_told_what_to_do(zoned: SimpleNamespace, target: str) -> None:
    """No previous year and no discounts were published: the search says which word is missing."""
    from clientarium.decisions.zones import search_now

    with pytest.raises(
        UserError, match=r"has no “(orders_prev_12m|revenue_prev_12m|discount_pct_12m|margin_prev_12m|tenure_days)”"
    ):
        search_now(target)


def test_before_the_first_pulse_there_is_nothing_to_search(definitions_home: Any, cast: Any) -> None:
    from clientarium.decisions.zones import Search, search_now

    with pytest.raises(UserError, match="Nothing is computed yet"):
        search_now("margin_per_hour")
    with pytest.raises(UserError, match="not looked for"):
        search_now("happiness")
    assert not Search.objects.exists()


def test_sentences_read_as_russian_and_survive_a_lost_word(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.zones import sentence_of, zone_words

    words = zone_words()
    assert sentence_of("city = 'Пермь' and orders_12m >= 5", words=words, language="ru") == (
        "city — «Пермь» и orders_12m не меньше 5"
    )
    assert sentence_of("f_gone = 'да'", words=words, language="ru") == "f_gone = 'да'"
