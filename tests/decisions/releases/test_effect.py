"""What came of a decision: a planted effect found beside clients like them, and too early said where it is."""

from datetime import date
from typing import Any

import pytest

from tests.decisions.releases.conftest import AS_OF, decided

pytestmark = pytest.mark.django_db


def test_a_planted_effect_is_found(many: Any) -> None:
    """From January the group buys half: a hundred of margin a month less, three months."""
    from clientarium.decisions.releases import effect_of

    release = decided(many)
    assert (release.sampled, release.measured_of) == (30, 30)
    found = effect_of(release)
    assert (found.days, found.pairs, found.missing, found.measure) == (90, 30, "", "margin")
    assert found.money.is_certain and found.money.low < -300 < found.money.high
    assert found.money.difference == pytest.approx(-300, abs=15)
    assert found.whole(found.money).value == pytest.approx(30 * found.money.difference)
    assert found.orders.difference == 0 and not found.orders.is_certain
    assert found.hours.difference == 0


def test_a_decision_of_yesterday_is_too_early_to_tell(many: Any) -> None:
    from clientarium.decisions.releases import effect_of

    found = effect_of(decided(many, starts_on=AS_OF))
    assert (found.days, found.missing, found.is_told) == (1, "too_early", False)
    assert found.whole(found.money) is None
    future = effect_of(decided(many, starts_on=date(2026, 6, 1)))
    assert (future.days, future.missing, future.money) == (0, "too_early", None)


def test_too_few_pairs_are_said_so(few: Any) -> None:
    from clientarium.decisions.releases import effect_of

    found = effect_of(decided(few))
    assert (found.pairs, found.missing, found.money) == (0, "few_pairs", None)


def test_a_pair_merged_into_one_client_tells_nothing_more(many: Any) -> None:
    from clientarium.decisions.clients import Client
    from clientarium.decisions.releases import Side, effect_of

    release = decided(many)
    mine = release.members.get(side=Side.GROUP, pair=1)
    alike = release.members.get(side=Side.ALIKE, pair=1)
    Client.objects.filter(pk=alike.client_id).update(merged_into=mine.client)
    assert effect_of(release).pairs == 29


def test_a_half_by_lot_is_compared_with_the_other(many: Any) -> None:
    """Both halves are of D: every client has somebody like him, and the other half is in no decision."""
    from clientarium.decisions.releases import Side, kept_figures

    whole, half = kept_figures(decided(many, step="reprice")), decided(many, by_lot=True, step="reprice")
    group = set(half.members.filter(side=Side.GROUP).values_list("client", flat=True))
    alike = set(half.members.filter(side=Side.ALIKE).values_list("client", flat=True))
    ids = {client.pk for client in many.group}
    assert group < ids and alike < ids and not group & alike
    assert 3 <= half.clients == len(group) <= 27
    assert half.measured_of == min(len(group), 30 - len(group))
    assert kept_figures(half).hours_freed == pytest.approx(whole.hours_freed * half.clients / 30)


def test_clients_of_another_decision_are_nobody_to_compare_with(many: Any) -> None:
    from clientarium.decisions.releases import Side, decide_release

    asked = {"step": "reprice", "owner": many.head, "starts_on": AS_OF, "reason": "да", "by": many.owner}
    decide_release("grade = 'C'", **asked)
    assert decided(many).members.filter(side=Side.ALIKE).count() == 0
