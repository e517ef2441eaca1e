"""Many clients at once: what was shown is done, what was done is taken back exactly, what changed since stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.quality.conftest import AS_OF, NEEDS

pytestmark = pytest.mark.django_db


def order(action, **said):
    from clientarium.decisions.quality import BulkOrder

    return BulkOrder(action, **said)


def do(clients, what, *, by):
    from clientarium.decisions.quality import change_many, preview_bulk

    ids = [client.pk for client in clients]
    token = preview_bulk(ids, what, by=by, on=AS_OF).token
    return change_many(ids, what, token=token, needs=NEEDS, by=by, on=AS_OF)


def undo(change, *, by):
    from clientarium.decisions.quality import undo_bulk

    return undo_bulk(change, needs=NEEDS, by=by)


def cards():
    """Everything a bulk change may touch, row by row."""
    from clientarium.decisions.clients import Client, Contact, Holding, state_model
    from clientarium.decisions.contacts import Verification
    from clientarium.decisions.quality import ClientMark

    columns = ("pk", "city", "segment", "fields", "is_stopped", "holder_id", "borrowed", "merged_into_id")
    holdings = ("pk", "client_id", "seller_id", "first_day", "last_day", "cause", "reason")
    return {
        "clients": list(Client.objects.order_by("pk").values_list(*columns)),
        "holdings": list(Holding.objects.order_by("pk").values_list(*holdings)),
        "contacts": list(Contact.objects.order_by("pk").values_list("pk", "value")),
        "checks": list(Verification.objects.order_by("pk").values_list("pk", "finding")),
        "marks": list(ClientMark.objects.order_by("pk").values_list("client_id", "kind", "reason", "cleared_at")),
        "state": list(state_model()._default_manager.order_by("pk").values()),
    }


@pytest.fixture
def held(base):
    """Holdings as they came about: Birch Anna's since 2025, Cedar Boris's since the very day of the orders."""
    from clientarium.decisions.clients import Holding, define_field

    define_field(title_ru="Партнёров", title_en="", type="number", slug="partners", by=base.owner)
    Holding.objects.filter(client__in=[base.birch, base.cedar]).delete()
    since = {"cause": "sales", "reason": "по продажам"}
    Holding.objects.create(client=base.birch, seller=base.anna_sells, first_day=date(2025, 1, 1), **since)
    Holding.objects.create(client=base.cedar, seller=base.boris_sells, first_day=AS_OF, **since)
    return base


def orders(cast):
    return [
        order("set_field", word="segment", value="опт"),
        order("set_field", word="f_partners", value="3"),
        order("clear_field", word="city"),
        order("mark", mark="unreachable", reason="Номера молчат"),
        order("stop", reason="Не платят"),
        order("hand_over", seller_id=cast.anna_sells.pk, reason="Делим базу"),
        order("mark_wrong"),
    ]


@pytest.mark.parametrize("number", range(7))
def test_undo_puts_everything_back_as_it_was(held, number):
    before = cards()
    change = do([held.birch, held.cedar, held.dill], orders(held)[number], by=held.head)
    assert change.count > 0
    assert cards() != before
    assert undo(change, by=held.head) == []
    assert cards() == before
    with pytest.raises(UserError, match="already"):
        undo(change, by=held.head)


def test_a_mark_taken_off_at_once_comes_back_as_it_was(held):
    do([held.birch, held.cedar], order("mark", mark="refused", reason="Нет"), by=held.head)
    before = cards()
    change = do([held.birch, held.cedar, held.dill], order("unmark", mark="refused", reason="Ошибка"), by=held.head)
    assert change.count == 2
    undo(change, by=held.head)
    assert cards() == before


def test_preview_shows_values_and_writes_nothing(held):
    from clientarium.decisions.quality import preview_bulk

    before = cards()
    clients = [held.birch.pk, held.cedar.pk, held.dill.pk]
    found = preview_bulk(clients, order("set_field", word="city", value="Псков"), by=held.head, on=AS_OF)
    assert [(one.client.pk, one.before, one.after) for one in found.rows] == [(held.dill.pk, held.dill.city, "Псков")]
    assert (found.changed, found.unchanged) == (1, 2)
    assert cards() == before


def test_an_order_is_refused_if_a_client_has_changed_since_the_preview(held):
    from clientarium.decisions.clients import edit_client
    from clientarium.decisions.quality import change_many, preview_bulk

    what = order("set_field", word="city", value="Псков")
    token = preview_bulk([held.dill.pk], what, by=held.head, on=AS_OF).token
    edit_client(held.dill, {"city": "Тверь"}, by=held.head)
    with pytest.raises(UserError, match="changed since"):
        change_many([held.dill.pk], what, token=token, needs=NEEDS, by=held.head, on=AS_OF)


def test_what_a_person_changed_since_stays_and_is_named(held):
    from clientarium.decisions.clients import Client, edit_client

    change = do([held.birch, held.cedar], order("set_field", word="city", value="Тверь"), by=held.head)
    edit_client(held.birch, {"city": "Казань"}, by=held.anna)
    assert undo(change, by=held.head) == [held.birch.name]
    assert dict(Client.objects.filter(pk__in=[held.birch.pk, held.cedar.pk]).values_list("pk", "city")) == {
        held.birch.pk: "Казань",
        held.cedar.pk: "Псков",
    }


def test_a_seller_changes_only_what_he_sees_and_neither_stops_nor_hands_over(held):
    from clientarium.decisions.clients import Client

    change = do([held.birch, held.cedar], order("set_field", word="city", value="Тверь"), by=held.anna)
    assert change.count == 1
    assert Client.objects.get(pk=held.cedar.pk).city == "Псков"
    for what in (order("stop", reason="x"), order("hand_over", seller_id=held.anna_sells.pk, reason="x")):
        with pytest.raises(PermissionDenied):
            do([held.birch], what, by=held.anna)
    with pytest.raises(PermissionDenied):
        undo(change, by=held.boris)


def test_bulk_changes_are_seen_by_whoever_sees_their_clients(held):
    from clientarium.decisions.quality import bulk_changes_visible_to

    of_birch = do([held.birch], order("set_field", word="city", value="Тверь"), by=held.head)
    of_cedar = do([held.cedar], order("set_field", word="city", value="Тверь"), by=held.head)
    seen = {user.username: [change.pk for change in bulk_changes_visible_to(user)] for user in held.users}
    both = [of_cedar.pk, of_birch.pk]
    assert seen == {
        "olga": both, "hugo": both, "anna": [of_birch.pk], "boris": [of_cedar.pk], "mila": both,
        seen_name(held.support): both, seen_name(held.administrator): both, seen_name(held.nobody): [],
    }  # fmt: skip


def seen_name(user):
    return user.username


def test_every_client_has_it_in_his_history_and_the_undoing_too(held):
    from clientarium.decisions.journal import history_of

    change = do([held.birch], order("set_field", word="city", value="Тверь"), by=held.head)
    undo(change, by=held.head)
    entries = [(entry.verb, entry.data.get("to"), entry.is_undone) for entry in history_of(held.birch)[:2]]
    assert entries == [("bulk_undone", None, False), ("client_edited", {"city": "Тверь"}, True)]


def test_the_lists_show_the_new_quality_at_once(held):
    from clientarium.decisions.clients import state_model

    do([held.cedar], order("set_field", word="segment", value="опт"), by=held.head)
    state = state_model()._default_manager.get(pk=held.cedar.pk)
    assert (state.missing_fields, state.data_quality) == (0, 20)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({"action": "set_field", "word": "inn", "value": "7707083893"}, "cannot be set for many"),
        ({"action": "set_field", "word": "city", "value": " "}, "What is to stand"),
        ({"action": "mark", "mark": "rich", "reason": "x"}, "no such mark"),
        ({"action": "hand_over", "reason": "x"}, "To whom"),
        ({"action": "mark", "mark": "refused"}, "needs a reason"),
    ],
)
def test_orders_that_make_no_sense_are_refused(held, what, message):
    with pytest.raises(UserError) as error:
        do([held.birch], order(**what), by=held.head)
    assert message in str(error.value.message.msgid)


def test_a_merged_client_gets_back_what_he_borrowed(held):
    from clientarium.decisions.clients import Client, merge_clients

    Client.objects.filter(pk=held.birch.pk).update(segment=None)
    Client.objects.filter(pk=held.dill.pk).update(segment="розница")
    merge_clients(held.dill, into=held.birch, by=held.head)
    before = cards()
    change = do([held.birch], order("set_field", word="segment", value="опт"), by=held.head)
    assert Client.objects.get(pk=held.birch.pk).segment == "опт"
    undo(change, by=held.head)
    assert cards() == before
    assert Client.objects.get(pk=held.birch.pk).segment == "розница"
