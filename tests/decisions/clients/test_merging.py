"""Merged cards: what is shown, what stays where it was, and taking them apart."""

from datetime import date

import pytest

from clientarium.core.ground import UserError

from ...cast import make_client, make_seller
from .test_cards import import_cards


def shown(client):
    from clientarium.decisions.clients import Client

    client = Client.objects.get(pk=client.pk)
    return {
        "inn": client.inn,
        "kpp": client.kpp,
        "city": client.city,
        "fields": client.fields,
        "holder": client.holder_id,
        "stopped": client.is_stopped,
    }


def rows():
    from clientarium.decisions.clients import Client, state_model

    return (
        list(Client.objects.order_by("pk").values()),
        sorted(state_model().objects.values_list("pk", "name", "holder_id")),
    )


@pytest.fixture
def two(cast):
    """Larch with a city of his own, Larch Ltd with an INN, a city and a holder."""
    larch = make_client("Лиственница", city="Тула", fields={"size": 3})
    double = make_client("ООО «Лиственница»", holder=cast.boris_sells, inn="7707083893", kpp="770701001", city="Орёл")
    return larch, double


def test_root_borrows_what_it_does_not_know(cast, two):
    from clientarium.decisions.clients import clients_visible_to, merge_clients, states_visible_to

    larch, double = two
    before = rows()
    merge = merge_clients(double, into=larch, by=cast.administrator)
    assert shown(larch) == {
        "inn": "7707083893",
        "kpp": "770701001",
        "city": "Тула",
        "fields": {"size": 3},
        "holder": cast.boris_sells.pk,
        "stopped": False,
    }
    assert set(clients_visible_to(cast.boris)) == {cast.cedar, larch}
    assert set(states_visible_to(cast.boris).values_list("pk", flat=True)) == {cast.cedar.pk, larch.pk}
    assert not clients_visible_to(cast.head).filter(pk=double.pk).exists()

    from clientarium.decisions.clients import unmerge_clients

    unmerge_clients(merge, by=cast.head, reason="разные фирмы")
    assert rows() == before


def test_kpp_of_another_firm_is_not_borrowed(cast):
    from clientarium.decisions.clients import merge_clients

    one = make_client("Ива", inn="7707083893")
    other = make_client("Ива плюс", inn="500100732259", kpp="770701001")
    merge_clients(other, into=one, by=cast.head)
    assert (shown(one)["inn"], shown(one)["kpp"]) == ("7707083893", None)


def test_trees_come_apart_in_any_order(cast):
    from clientarium.decisions.clients import merge_clients, unmerge_clients

    a, b, c = (make_client(name, city=city) for name, city in (("А", None), ("Б", None), ("В", "Псков")))
    before = rows()
    first = merge_clients(c, into=b, by=cast.head)
    second = merge_clients(b, into=a, by=cast.head)
    assert shown(a)["city"] == "Псков"
    unmerge_clients(first, by=cast.head)
    assert (shown(a)["city"], shown(c)["city"]) == (None, "Псков")
    unmerge_clients(second, by=cast.head)
    assert rows() == before


def test_edit_of_the_merged_client_stays_with_him(cast, two):
    from clientarium.decisions.clients import edit_client, merge_clients, unmerge_clients

    larch, double = two
    merge = merge_clients(double, into=larch, by=cast.head)
    edit_client(larch, {"inn": "", "segment": "опт"}, by=cast.head, was={"inn": "7707083893"})
    assert (shown(larch)["inn"], shown(larch)["kpp"]) == (None, None)
    unmerge_clients(merge, by=cast.head)
    assert shown(double)["inn"] == "7707083893"
    assert shown(larch)["inn"] is None


def test_import_writes_to_the_card_its_key_names(cast):
    from clientarium.decisions.clients import Client, merge_clients, undo_cards, unmerge_clients

    _, keys = import_cards([{"key": "1", "name": "Сосна"}, {"key": "2", "name": "Сосна, ООО", "city": "Уфа"}])
    root, alias = (Client.objects.get(pk=keys[key]) for key in "12")
    merge = merge_clients(alias, into=root, by=cast.head)
    before = rows()
    import_cards([{"key": "2", "name": "Сосна, ООО", "city": "Чита", "phones": "+7 912 345-67-89"}], import_id="imp-2")
    assert shown(root)["city"] == "Чита"
    undo_cards("imp-2", in_ledger=[], by=None)
    assert rows() == before
    import_cards([{"key": "2", "name": "Сосна, ООО", "city": "Чита"}], import_id="imp-3")
    unmerge_clients(merge, by=cast.head)
    assert (shown(root)["city"], shown(alias)["city"]) == (None, "Чита")


def test_undo_keeps_what_a_person_merged_and_takes_back_what_the_rule_merged(cast):
    from clientarium.decisions.clients import Client, Merge, merge_clients, undo_cards

    _, old = import_cards([{"key": "1", "name": "Дуб"}, {"key": "2", "name": "Клён"}])
    _, new = import_cards([{"key": "3", "name": "Дуб, ООО"}, {"key": "4", "name": "Клён, ООО"}], import_id="imp-2")
    client = {key: Client.objects.get(pk=pk) for key, pk in (old | new).items()}
    merge_clients(client["3"], into=client["1"], by=cast.head)
    merge_clients(client["4"], into=client["2"], by=None, probability=0.9999)
    undo_cards("imp-2", in_ledger=[], by=None)
    left = set(Client.objects.filter(pk__in=[one.pk for one in client.values()]).values_list("name", "merged_into"))
    assert left == {("Дуб", None), ("Клён", None), ("Дуб, ООО", client["1"].pk)}
    assert Merge.objects.filter(undone_at__isnull=True).count() == 1


def test_transfer_to_nobody_holds_while_merged(cast, two):
    from clientarium.decisions.clients import merge_clients, transfer_client

    larch, double = two
    merge_clients(double, into=larch, by=cast.head)
    transfer_client(larch, to=None, on=date(2026, 11, 22), reason="ушёл", by=cast.head)
    assert shown(larch)["holder"] is None
    transfer_client(larch, to=make_seller("Вера"), on=date(2026, 11, 22), reason="нашёлся", by=cast.head)
    assert shown(larch)["holder"] is not None


def test_contacts_and_notes_are_read_through_the_family(cast, two):
    from clientarium.decisions.clients import (
        add_contact,
        add_note,
        contacts_of,
        edit_contact,
        merge_clients,
        notes_of,
        search,
    )

    larch, double = two
    contact = add_contact(double, kind="phone", value="+7 912 345-67-89", by=cast.boris)
    add_note(double, text="просил звонить утром", by=cast.boris)
    merge_clients(double, into=larch, by=cast.head)
    assert [one.value for one in contacts_of(larch)] == ["+7 912 345-67-89"]
    assert [note.text for note in notes_of(larch)] == ["просил звонить утром"]
    assert search(cast.boris, "+7 912 345-67-89") == [larch]
    assert search(cast.anna, "+7 912 345-67-89") == []
    edit_contact(contact, value="+7 912 345-67-80", by=cast.boris)
    with pytest.raises(UserError, match="already"):
        add_contact(larch, kind="phone", value="8 912 345 67 80", by=cast.boris)


def test_not_a_duplicate_is_remembered_for_everyone(cast, two):
    from clientarium.decisions.clients import merge_clients, say_not_duplicate, told_apart

    larch, double = two
    say_not_duplicate(double, larch, by=cast.administrator, reason="отец и сын")
    assert list(told_apart()) == [(larch.pk, double.pk)]
    with pytest.raises(UserError, match="отец и сын"):
        merge_clients(double, into=larch, by=cast.head)
    merge_clients(double, into=larch, by=cast.head, despite_answer=True)
    assert list(told_apart()) == []


def test_sellers_merge_nothing(cast, two):
    from django.core.exceptions import PermissionDenied

    from clientarium.decisions.clients import duplicate_pairs, merge_clients, merges_seen_by, say_not_duplicate

    larch, double = two
    merge_clients(double, into=larch, by=cast.head)
    assert (list(duplicate_pairs(cast.boris)), list(merges_seen_by(cast.boris))) == ([], [])
    for user in (cast.anna, cast.boris, cast.marketer, cast.nobody):
        with pytest.raises(PermissionDenied):
            merge_clients(cast.birch, into=cast.cedar, by=user)
        with pytest.raises(PermissionDenied):
            say_not_duplicate(cast.birch, cast.cedar, by=user)


def test_legal_entities_follow_the_cards(cast):
    from clientarium.decisions.clients import Client, LegalEntity, edit_client, undo_cards

    _, keys = import_cards([{"key": "1", "name": "Сосна", "inn": "7707083893", "kpp": "770701001"}])
    entity = LegalEntity.objects.get()
    assert (entity.client_id, entity.name, entity.inn, entity.kpp) == (keys["1"], "Сосна", "7707083893", "770701001")
    edit_client(Client.objects.get(pk=keys["1"]), {"inn": "500100732259", "kpp": ""}, by=cast.head)
    entity.refresh_from_db()
    assert (entity.inn, entity.kpp, entity.import_id) == ("500100732259", None, None)
    import_cards([{"key": "1", "name": "Сосна", "inn": "7707083893", "kpp": "770701001"}], import_id="imp-2")
    assert LegalEntity.objects.count() == 2
    undo_cards("imp-2", in_ledger=[], by=None)
    assert LegalEntity.objects.count() == 1


def test_sales_give_a_merged_card_its_own_holder(cast):
    """As they would without the merge; whom the client shows is said by the card that stayed."""
    from clientarium.decisions.clients import holders_from_sales, merge_clients, unmerge_clients

    root = make_client("Вяз", holder=cast.anna_sells)
    alias = make_client("Вяз, ООО")
    merge = merge_clients(alias, into=root, by=cast.head)
    holders_from_sales({alias.pk: "Борис"}, source="1c", on=date(2026, 4, 1), import_id="imp-1")
    assert shown(root)["holder"] == cast.anna_sells.pk
    unmerge_clients(merge, by=cast.head)
    assert (shown(root)["holder"], shown(alias)["holder"]) == (cast.anna_sells.pk, cast.boris_sells.pk)
