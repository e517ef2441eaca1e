"""A decision to attract clients like those of a zone: who came since, seen by whom, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.reviews import Wording
from tests.decisions.zones.conftest import AS_OF, NEW, NEW_ON, definitions_home, stored_search, zoned

__all__ = ["definitions_home", "zoned"]

pytestmark = pytest.mark.django_db

DUE = date(2026, 9, 30)
PERM = "city = 'Пермь'"


@pytest.fixture
def perm(zoned):
    finding = stored_search(1).findings.get()
    finding.expression = PERM
    finding.save()
    return finding


def decided(zoned, zone, *, wanted=5, on=date(2026, 3, 2), by=None, **values):
    from clientarium.decisions.reviews import decide

    wording = Wording("Привлечь", values.pop("owner", zoned.head), DUE, zone=zone, wanted=wanted, **values)
    decision = decide(None, wording, by=by or zoned.head)
    decision.decided_on = on  # a decision is dated by the day of the figures at the earliest
    decision.save()
    return decision


def came(decision, *, by, until=None):
    from clientarium.decisions.reviews import lines_of, results_of

    return results_of(lines_of([decision], by=by), by=by, until=until)[0].came


def test_who_bought_first_since_then_and_fits_is_counted(zoned, perm):
    from clientarium.decisions.clients import states_visible_to

    decision = decided(zoned, perm)
    found = came(decision, by=zoned.owner)
    new = [zoned.clients[number].pk for number in NEW if number % 4 == 0]
    money = sum(states_visible_to(zoned.owner).filter(pk__in=new).values_list("margin_12m", flat=True))
    assert (found.clients, found.measure, found.money) == (3, "margin", money)
    assert came(decided(zoned, perm, on=NEW_ON), by=zoned.owner).clients == 0  # of that very day: it was known already


def test_a_second_card_of_an_old_client_is_nobody_new(zoned, perm):
    from clientarium.decisions.clients import merge_clients

    old, new = zoned.clients[12], zoned.clients[NEW[0]]
    assert old.city == new.city == "Пермь"
    merge_clients(new, into=old, by=zoned.head)
    assert came(decided(zoned, perm), by=zoned.owner).clients == 2
    third, second = zoned.clients[NEW[3]], zoned.clients[16]
    merge_clients(
        second, into=third, by=zoned.head
    )  # the new card stays, and the old one behind it tells how old he is
    assert came(decided(zoned, perm), by=zoned.owner).clients == 1


def test_a_seller_counts_only_his_own(zoned, perm):
    from clientarium.decisions.clients import Client

    hers = zoned.clients[NEW[0]]
    Client.objects.filter(pk=hers.pk).update(holder=zoned.anna.seller)
    decision = decided(zoned, perm, owner=zoned.anna)
    assert came(decision, by=zoned.anna).clients == 1
    assert came(decision, by=zoned.head).clients == 3


@pytest.mark.parametrize("expression", ["tenure_days > 365", "nobody_knows = 1"])
def test_a_zone_of_old_clients_or_of_forgotten_words_counts_nobody(zoned, perm, expression):
    perm.expression = expression
    perm.save()
    assert came(decided(zoned, perm), by=zoned.owner) is None


def test_a_day_without_a_snapshot_has_no_answer(zoned, perm):
    assert came(decided(zoned, perm), by=zoned.owner, until=AS_OF - timedelta(days=1)) is None


@pytest.mark.parametrize("wanted", [0, -1, 100_001])
def test_a_number_nobody_attracts_is_refused(zoned, perm, wanted):
    from clientarium.decisions.reviews import Decision

    with pytest.raises(UserError, match="from 1 to"):
        decided(zoned, perm, wanted=wanted)
    assert not Decision.objects.exists()


def test_the_plan_outlives_its_zone_and_a_change_of_words(zoned, perm):
    from clientarium.decisions.reviews import change_decision

    decision = decided(zoned, perm)
    changed = change_decision(decision, Wording("Иначе", zoned.head, DUE, Decimal(5)), by=zoned.head)
    assert (changed.zone, changed.wanted, changed.text) == (perm, 5, "Иначе")
    perm.search.delete()
    decision.refresh_from_db()
    assert (decision.zone, decision.wanted) == (None, 5)
    assert came(decision, by=zoned.owner) is None


def test_only_whoever_leads_decides(zoned, perm):
    with pytest.raises(PermissionDenied):
        decided(zoned, perm, by=zoned.marketer)
