"""Cards from a file, and taking them back."""

from datetime import date

import pyarrow as pa

ON = date(2026, 4, 1)
MAP = pa.map_(pa.string(), pa.string())


def import_cards(rows, *, import_id="imp-1", source="1c", on=ON):
    """rows: dicts with key, name and card columns."""
    from clientarium.decisions.clients import apply_cards, resolve_clients

    names = ["code", "name", "inn", "kpp", "phones", "emails", "city", "segment", "seller"]
    columns = {name: [row.get(name) for row in rows] for name in names}
    columns = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    columns["client_key"] = pa.array([row["key"] for row in rows])
    columns["client_name"] = pa.array([row.get("name") or row["key"] for row in rows])
    columns["fields"] = pa.array([list((row.get("fields") or {}).items()) for row in rows], MAP)
    staged = pa.table(columns)
    keys = resolve_clients(staged, source=source, import_id=import_id, by=None)
    applied = apply_cards(staged, keys, source=source, import_id=import_id, by=None, on=on)
    return applied, dict(zip(keys["client_key"].to_pylist(), keys["client_id"].to_pylist(), strict=True))


def card(client_id):
    """Everything known about a client, as plain values."""
    from clientarium.decisions.clients import Client, state_model

    client = Client.objects.select_related("holder").get(pk=client_id)
    copy = state_model().objects.get(pk=client_id)
    return {
        "name": client.name,
        "code": client.code,
        "inn": client.inn,
        "city": client.city,
        "segment": client.segment,
        "fields": client.fields,
        "holder": client.holder and client.holder.key,
        "contacts": sorted(client.contacts.values_list("kind", "normalised")),
        "keys": sorted(client.source_keys.values_list("source", "key")),
        "holdings": sorted(client.holdings.values_list("seller__key", "first_day", "last_day", "cause")),
        "copy": (copy.name, copy.search_name, copy.holder_id == client.holder_id),
    }


BIRCH = {
    "key": "001",
    "name": "ООО «Берёза»",
    "code": "001",
    "inn": "7707083893",
    "city": "Тверь",
    "segment": "опт",
    "seller": "Вера",
    "phones": "8 (912) 345-67-89, +7 495 123-45-67",
    "emails": "Info@Birch.RU; not an address",
    "fields": {"Число партнёров": "12", "partners_note": "да"},
}


def test_card_of_a_new_client(cast):
    from clientarium.decisions.clients import define_field

    define_field("Число партнёров", type="number", by=cast.owner)
    applied, ids = import_cards([BIRCH])
    assert card(ids["001"]) == {
        "name": "ООО «Берёза»",
        "code": "001",
        "inn": "7707083893",
        "city": "Тверь",
        "segment": "опт",
        "fields": {"chislo_partnerov": 12.0},
        "holder": "Вера",
        "contacts": [("email", "info@birch.ru"), ("phone", "+74951234567"), ("phone", "+79123456789")],
        "keys": [("1c", "001")],
        "holdings": [("Вера", ON, None, "import")],
        "copy": ("ООО «Берёза»", "береза ооо", True),
    }
    assert applied.proposed == {"partners_note": ["да"]}
    assert (applied.changed, applied.contacts, applied.transferred, applied.refused) == (1, 3, 1, [])


def test_values_a_field_does_not_take_are_told_with_the_reason(cast):
    from clientarium.decisions.clients import define_field

    define_field("Партнёры", slug="partners", type="number", by=cast.owner)
    applied, ids = import_cards([{"key": "1", "name": "Ива", "fields": {"partners": "много"}}])
    assert [(key, word, value, str(why)) for key, word, value, why in applied.refused] == [
        ("1", "f_partners", "много", "“Партнёры” does not take “много”.")
    ]
    assert card(ids["1"])["fields"] == {}


def test_empty_cells_change_nothing_and_a_second_time_changes_nothing(cast):
    _, ids = import_cards([BIRCH])
    first = card(ids["001"])
    import_cards([{"key": "001"}], import_id="imp-2")
    again, _ = import_cards([BIRCH], import_id="imp-3", on=date(2026, 5, 1))
    assert card(ids["001"]) == first
    assert (again.changed, again.contacts, again.transferred) == (0, 0, 0)


def prepared(cast):
    """A client known before the import that is to be undone."""
    from clientarium.decisions.clients import define_field

    define_field("Партнёры", slug="partners", type="number", by=cast.owner)
    _, ids = import_cards(
        [{"key": "001", "name": "Берёза", "city": "Тверь", "seller": "Анна", "phones": "89120000001"}]
    )
    return ids["001"]


CHANGES = {
    "key": "001",
    "name": "ООО Берёза",
    "city": "Омск",
    "inn": "7707083893",
    "seller": "Вера",
    "phones": "89120000002",
    "fields": {"partners": "3"},
}


def test_undo_restores_every_field(cast):
    from clientarium.decisions.clients import undo_cards

    client = prepared(cast)
    before = card(client)
    import_cards([CHANGES, {"key": "002", "name": "Новая"}], import_id="imp-2", on=date(2026, 5, 1))
    assert card(client) != before
    undone = undo_cards("imp-2", in_ledger=[], by=cast.owner)
    assert card(client) == before
    assert (undone.deleted, undone.kept, undone.restored) == (1, [], 5)


def test_undo_on_the_very_day_of_the_first_holding(cast):
    from clientarium.decisions.clients import undo_cards

    client = prepared(cast)
    before = card(client)
    import_cards([CHANGES], import_id="imp-2", on=ON)
    undo_cards("imp-2", in_ledger=[], by=cast.owner)
    assert card(client) == before


def test_undo_leaves_what_a_person_changed_since(cast):
    from clientarium.decisions.clients import Client, edit_client, transfer_client, undo_cards

    client = prepared(cast)
    import_cards([CHANGES], import_id="imp-2", on=date(2026, 5, 1))
    edit_client(Client.objects.get(pk=client), {"city": "Томск"}, by=cast.owner)
    transfer_client(
        Client.objects.get(pk=client), to=cast.boris_sells, on=date(2026, 6, 1), reason="ближе", by=cast.head
    )
    undone = undo_cards("imp-2", in_ledger=[], by=cast.owner)
    assert sorted(undone.kept) == [(client, "city"), (client, "holder")]
    after = card(client)
    assert (after["name"], after["city"], after["inn"], after["holder"]) == ("Берёза", "Томск", None, "Борис")


def test_undo_of_the_earlier_of_two_imports(cast):
    from clientarium.decisions.clients import undo_cards

    client = prepared(cast)
    before = card(client)
    import_cards([{"key": "001", "city": "Омск"}], import_id="imp-2")
    import_cards([{"key": "001", "city": "Томск"}], import_id="imp-3")
    undo_cards("imp-2", in_ledger=[], by=cast.owner)
    assert card(client)["city"] == "Томск"
    undo_cards("imp-3", in_ledger=[], by=cast.owner)
    assert card(client) == before


def test_undo_keeps_clients_somebody_needs(cast):
    from clientarium.decisions.clients import Client, add_note, states_visible_to, undo_cards

    rows = [{"key": key, "name": f"Клиент {key}"} for key in ("noted", "sold", "carded", "alone")]
    _, ids = import_cards(rows)
    add_note(Client.objects.get(pk=ids["noted"]), text="Просил перезвонить", by=cast.owner)
    import_cards([{"key": "carded", "city": "Омск"}], import_id="imp-2")
    undone = undo_cards("imp-1", in_ledger=[ids["sold"]], by=cast.owner)
    left = set(Client.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
    assert left == {ids["noted"], ids["sold"], ids["carded"]}
    assert undone.deleted == 1
    assert not states_visible_to(cast.owner).filter(pk=ids["alone"]).exists()
    _, again = import_cards([{"key": "sold", "name": "Клиент sold"}], import_id="imp-3")
    assert again["sold"] == ids["sold"]


def test_undo_takes_back_a_second_key(cast):
    from clientarium.decisions.clients import undo_cards

    _, ids = import_cards([{"key": "Берёза", "name": "Берёза"}])
    before = card(ids["Берёза"])
    _, by_code = import_cards([{"key": "001", "name": "Берёза"}], import_id="imp-2")
    assert by_code["001"] == ids["Берёза"]
    undo_cards("imp-2", in_ledger=[ids["Берёза"]], by=cast.owner)
    assert card(ids["Берёза"]) == before


def test_holders_from_sales_only_where_there_is_none(cast):
    from clientarium.decisions.clients import holders_from_sales, undo_cards

    pairs = [(cast.birch.pk, "Борис"), (cast.dill.pk, "Вера")]
    assert holders_from_sales(pairs, source="1c", on=ON, import_id="imp-9", by=None) == 1
    assert (card(cast.birch.pk)["holder"], card(cast.dill.pk)["holder"]) == ("Анна", "Вера")
    assert card(cast.dill.pk)["holdings"] == [("Вера", ON, None, "sales")]
    undo_cards("imp-9", in_ledger=[cast.dill.pk], by=cast.owner)
    assert (card(cast.dill.pk)["holder"], card(cast.dill.pk)["holdings"]) == (None, [])
