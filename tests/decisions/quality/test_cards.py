"""What the checks read of each client, through merged cards too, and in how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.decisions.quality.conftest import AS_OF, NEEDS

pytestmark = pytest.mark.django_db


def found(*clients):
    from clientarium.decisions.quality import assess_clients

    return {one.client_id: one for one in assess_clients([c.pk for c in clients], needs=NEEDS, as_of=AS_OF)}


def test_each_card_has_the_score_of_its_faults(base):
    scores = {pk: one.score for pk, one in found(base.birch, base.cedar, base.dill).items()}
    # Cedar: 2 of 3 fields = 13.3; Dill has a city only: 6.7.
    assert scores == {base.birch.pk: 100, base.cedar.pk: 13, base.dill.pk: 7}


def test_a_contact_found_wrong_is_bad_until_it_is_confirmed(base):
    from clientarium.decisions.clients import Contact
    from clientarium.decisions.contacts import Check, confirm_contact

    phone = Contact.objects.get(client=base.birch, kind="phone")
    confirm_contact(base.birch, Check("phone", "wrong", phone.pk), on=AS_OF, by=base.anna)
    one = found(base.birch)[base.birch.pk]
    assert (one.valid_phones, one.bad_contacts, one.days_since_verified) == (0, 1, None)
    confirm_contact(base.birch, Check("phone", "confirmed", phone.pk), on=AS_OF - timedelta(days=3), by=base.anna)
    one = found(base.birch)[base.birch.pk]
    assert (one.valid_phones, one.bad_contacts, one.days_since_verified) == (1, 0, 3)


def test_five_calls_in_vain_make_him_unreachable_and_a_talk_undoes_it(base):
    from clientarium.decisions.contacts import Talk, record_touch

    for _ in range(5):
        record_touch(base.birch, Talk(result="no_answer"), on=AS_OF, by=base.anna)
    assert found(base.birch)[base.birch.pk].is_unreachable is True
    record_touch(base.birch, Talk(result="reached", no_next_reason="by_rhythm"), on=AS_OF, by=base.anna)
    assert found(base.birch)[base.birch.pk].is_unreachable is False


def test_marks_are_seen_and_taken_off(base):
    from clientarium.decisions.quality import mark_client, marks_of, unmark_client

    mark_client(base.birch, kind="refused", reason="Ушёл к конкуренту", by=base.anna)
    one = found(base.birch)[base.birch.pk]
    assert (one.score, one.has_refused) == (None, True)
    assert [mark.reason for mark in marks_of([base.birch.pk])[base.birch.pk]] == ["Ушёл к конкуренту"]
    assert unmark_client(base.birch, kind="refused", by=base.anna) is True
    assert unmark_client(base.birch, kind="refused", by=base.anna) is False
    assert found(base.birch)[base.birch.pk].score == 100


def test_nobody_marks_a_client_he_does_not_see(base):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.quality import mark_client

    with pytest.raises(Client.DoesNotExist):
        mark_client(base.cedar, kind="unreachable", reason="x", by=base.anna)


def test_contacts_of_a_merged_card_are_read_through_the_client(base):
    from clientarium.decisions.clients import Client

    Client.objects.filter(pk=base.dill.pk).update(merged_into=base.cedar)
    from clientarium.decisions.clients import Contact

    Contact.objects.create(client=base.dill, kind="email", value="d@dill.ru", normalised="d@dill.ru")
    cards = found(base.birch, base.cedar, base.dill)
    assert list(cards) == [base.birch.pk, base.cedar.pk]
    assert (cards[base.cedar.pk].valid_emails, cards[base.cedar.pk].bad_contacts) == (1, 1)


@pytest.mark.one_database  # PostgreSQL reads in chunks by cursors of its own, each counted
def test_the_pulse_reads_all_cards_in_few_queries(base):
    from clientarium.core.pipeline import load_definitions
    from clientarium.decisions.quality import checked_cards
    from tests.core.quality.test_needs import PACKAGED

    definitions = load_definitions(PACKAGED, ())
    with CaptureQueriesContext(connection) as queries:
        table = checked_cards(definitions, as_of=AS_OF)
    assert table.num_rows == 3
    assert len(queries) == 9


def test_points_of_the_trend_are_kept_by_seller(base):
    from clientarium.decisions.quality import QualityPoint, note_quality, trend_of

    note_quality(AS_OF)
    note_quality(AS_OF)
    rows = [(p.seller_id, p.clients, p.score_sum, int(p.money), int(p.score_money)) for p in QualityPoint.objects.all()]
    assert sorted(rows, key=str) == sorted(
        [
            (None, 3, 120, 6000, 165_000),
            (base.anna_sells.pk, 1, 100, 1000, 100_000),
            (base.boris_sells.pk, 1, 13, 5000, 65_000),
        ],
        key=str,
    )
    assert [point.score for point in trend_of(base.anna)] == [100]
    assert [point.clients for point in trend_of(base.head)] == [3]
    assert trend_of(base.nobody) == []
    assert [round(point.score_by_money, 1) for point in trend_of(base.head)] == [27.5]


def test_points_of_later_days_go_with_the_facts(base):
    from clientarium.decisions.quality import QualityPoint, note_quality

    note_quality(date(2026, 4, 1))
    note_quality(AS_OF, forget_later=True)
    assert set(QualityPoint.objects.values_list("as_of", flat=True)) == {AS_OF}
