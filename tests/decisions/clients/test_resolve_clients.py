"""Names and codes of files become clients, once."""

import pyarrow as pa


def staged(*rows):
    return pa.table({"client_key": [key for key, _ in rows], "client_name": [name for _, name in rows]})


def resolve(*rows, source="1c", import_id="imp-1"):
    from clientarium.decisions.clients import resolve_clients

    found = resolve_clients(staged(*rows), source=source, import_id=import_id, by=None)
    return dict(zip(found["client_key"].to_pylist(), found["client_id"].to_pylist(), strict=True))


def test_new_keys_make_clients_that_lists_show(db, cast):
    from clientarium.decisions.clients import Client, publish_state, states_visible_to

    publish_state([("grade", "text")], [], as_of="2026-03-31")
    ids = resolve(("001", "ООО «Ива»"), ("002", "Ольха"), ("001", ""))
    rows = list(
        Client.objects.filter(pk__in=ids.values()).order_by("pk").values_list("name", "search_name", "created_import")
    )
    assert rows == [("ООО «Ива»", "ива ооо", "imp-1"), ("Ольха", "ольха", "imp-1")]
    assert set(states_visible_to(cast.owner).filter(pk__in=ids.values()).values_list("name", "grade")) == {
        ("ООО «Ива»", None),
        ("Ольха", None),
    }


def test_same_file_again_gives_the_same_clients(db):
    rows = [("001", "Ива"), ("002", "Ольха")]
    first = resolve(*rows)
    assert resolve(*rows) == first
    assert resolve(*rows, import_id="imp-2") == first


def test_another_source_means_other_clients(db):
    assert resolve(("001", "Ива"))["001"] != resolve(("001", "Ива"), source="crm")["001"]


def test_code_joins_the_client_known_by_name(db):
    by_name = resolve(("ООО Ива", "ООО Ива"))
    by_code = resolve(("001", "ооо  «ИВА»"), import_id="imp-2")
    assert by_code["001"] == by_name["ООО Ива"]
    assert resolve(("001", "Ива переименована"), import_id="imp-3") == by_code


def test_name_joins_the_only_client_of_that_name(db):
    by_code = resolve(("001", "Ива"))
    assert resolve(("ива", "ива"), import_id="imp-2")["ива"] == by_code["001"]


def test_two_codes_of_one_name_are_two_clients(db):
    ids = resolve(("001", "Иванов"), ("002", "Иванов"))
    assert ids["001"] != ids["002"]
    third = resolve(("003", "Иванов"), import_id="imp-2")
    assert third["003"] not in ids.values()


def test_two_new_codes_never_share_the_client_known_by_name(db):
    known = resolve(("Иванов", "Иванов"))["Иванов"]
    ids = resolve(("001", "Иванов"), ("002", "Иванов"), import_id="imp-2")
    assert len({known, *ids.values()}) == 3


def test_spellings_of_a_name_in_one_file_are_one_client(db):
    ids = resolve(("Ёлка", "Ёлка"), ("ЕЛКА", "ЕЛКА"), ("7", "елка"))
    assert len(set(ids.values())) == 1


def test_many_keys_cost_few_queries(db, django_assert_max_num_queries):
    rows = [(f"k{number}", f"Клиент {number}") for number in range(5000)]
    with django_assert_max_num_queries(40):
        ids = resolve(*rows)
    assert len(set(ids.values())) == 5000
