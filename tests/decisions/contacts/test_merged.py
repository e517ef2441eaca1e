"""Merged cards and the day: what was said under either card is known of the client, and nobody else learns of it."""

from datetime import date

import pytest

from tests.decisions.contacts.published import MONDAY, TUESDAY
from tests.decisions.contacts.test_day import lines, talk


@pytest.fixture
def merged(base):
    """Cedar (Boris) became a part of Birch (Anna) after both days were planned."""
    from clientarium.decisions.clients import add_contact, merge_clients
    from clientarium.decisions.contacts import day_of, record_touch

    add_contact(base.cedar, kind="phone", value="+7 912 345-67-89", by=base.boris)
    record_touch(base.cedar, talk("call_later", next_on=TUESDAY), on=date(2026, 3, 20), by=base.boris)
    for seller, user in ((base.anna_sells, base.anna), (base.boris_sells, base.boris)):
        day_of(seller, MONDAY, by=user, today=MONDAY)
    base.merge = merge_clients(base.cedar, into=base.birch, by=base.head)
    return base


def test_agreement_and_phone_of_the_merged_card_are_the_clients(merged):
    from clientarium.decisions.contacts import contact_lines, day_of, touches_of_client

    day = day_of(merged.anna_sells, TUESDAY, by=merged.anna, today=TUESDAY)
    assert lines(day) == [("Берёза", "agreed", False)]
    assert [line.contact.value for line in contact_lines([merged.birch.pk])[merged.birch.pk]] == ["+7 912 345-67-89"]
    assert [touch.by for touch in touches_of_client(merged.birch, by=merged.anna)] == [merged.boris]


def test_day_of_who_lost_the_client_shows_nothing_of_him(merged):
    from clientarium.decisions.contacts import day_of, touches_visible_to

    assert lines(day_of(merged.boris_sells, MONDAY, by=merged.boris, today=MONDAY)) == []
    assert list(touches_visible_to(merged.boris)) == []


def test_talk_about_the_merged_client_closes_the_line_of_either_card(merged):
    from clientarium.decisions.contacts import day_of, record_touch, undo_touch

    touch = record_touch(merged.birch, talk("call_later", next_on=TUESDAY), on=MONDAY, by=merged.anna)
    assert [done for _name, _kind, done in lines(day_of(merged.anna_sells, MONDAY, by=merged.anna, today=MONDAY))] == [
        True
    ]
    undo_touch(touch, by=merged.anna)
    assert [done for _name, _kind, done in lines(day_of(merged.anna_sells, MONDAY, by=merged.anna, today=MONDAY))] == [
        False
    ]


def test_taken_apart_each_has_his_own_words(merged):
    from clientarium.decisions.clients import unmerge_clients
    from clientarium.decisions.contacts import record_touch, touches_of_client

    record_touch(merged.birch, talk("call_later", next_on=TUESDAY), on=MONDAY, by=merged.anna)
    unmerge_clients(merged.merge, by=merged.head)
    assert [touch.on for touch in touches_of_client(merged.birch, by=merged.head)] == [MONDAY]
    assert [touch.on for touch in touches_of_client(merged.cedar, by=merged.boris)] == [date(2026, 3, 20)]
    assert list(touches_of_client(merged.birch, by=merged.boris)) == []
