"""The company's own fields, segments, and the table the pulse takes."""

from datetime import date

import pytest

from clientarium.core.ground import ExpressionError, UserError


def publish(cast):
    from clientarium.decisions.clients import publish_state

    rows = [(cast.birch.pk, 500, "A"), (cast.cedar.pk, 900, "A"), (cast.dill.pk, 100, "B")]
    publish_state([("margin_12m", "money"), ("grade", "text")], rows, as_of=date(2026, 3, 31))


def names_in(segment, user):
    from clientarium.decisions.clients import states_in_segment

    return set(states_in_segment(segment, user=user).values_list("name", flat=True))


def test_segment_is_current_and_seen_by_each_in_his_own_clients(cast):
    from clientarium.decisions.clients import edit_client, save_segment, segments_visible_to

    publish(cast)
    segment = save_segment("Крупные", expression="margin_12m > 200 and city is not null", by=cast.head, shared=True)
    private = save_segment("Мои", expression="grade = 'A'", by=cast.boris)
    assert names_in(segment, cast.head) == {"Берёза", "Кедр-canary-cedar"}
    assert names_in(segment, cast.anna) == {"Берёза"}
    edit_client(cast.birch, {"city": ""}, by=cast.anna)
    assert names_in(segment, cast.anna) == set()
    assert list(segments_visible_to(cast.anna)) == [segment]
    assert set(segments_visible_to(cast.boris)) == {segment, private}
    with pytest.raises(ExpressionError):
        names_in(segment, cast.support)


@pytest.mark.parametrize("expression", ["", "no_such_word > 1", "margin_12m", "margin_12m > 'a'", "1; drop table x"])
def test_segment_that_cannot_be_read_is_refused(cast, expression):
    from clientarium.decisions.clients import Segment, save_segment

    publish(cast)
    with pytest.raises(ExpressionError):
        save_segment("Крупные", expression=expression, by=cast.head)
    assert Segment.objects.count() == 0


def test_segment_name_is_taken_once_per_owner(cast):
    from clientarium.decisions.clients import save_segment

    publish(cast)
    mine = save_segment("Крупные", expression="grade = 'A'", by=cast.anna)
    save_segment("Крупные", expression="grade = 'B'", by=cast.boris)
    save_segment("Крупные", expression="grade = 'B'", by=cast.anna, segment=mine)
    with pytest.raises(UserError, match="exists already"):
        save_segment("Крупные", expression="grade = 'A'", by=cast.anna)


def test_custom_field_of_every_type_is_edited_filtered_and_given_to_the_pulse(cast):
    from clientarium.core.ground.expressions import parse_condition
    from clientarium.decisions.clients import (
        clients_table,
        compile_condition,
        define_field,
        edit_client,
        mark_stopped,
        states_visible_to,
        vocabulary_for,
    )

    publish(cast)
    define_field("Число партнёров", type="number", by=cast.owner)
    define_field("Договор до", slug="until", type="date", by=cast.head)
    define_field("Форма", slug="form", type="choice", choices=["ООО", "ИП"], by=cast.administrator)
    define_field("Сеть", slug="chain", type="yes_no", by=cast.owner)
    changes = {"f_chislo_partnerov": "1 250,5", "f_until": "31.01.2026", "f_form": "ип", "f_chain": "да"}
    edit_client(cast.birch, changes, by=cast.anna)
    mark_stopped(cast.dill, stopped=True, reason="не платит", by=cast.head)
    condition = "f_chislo_partnerov = 1250.5 and f_until < '2026-02-01' and f_form = 'ИП' and f_chain"
    node = parse_condition(condition, vocabulary_for(cast.anna))
    assert states_visible_to(cast.owner).filter(compile_condition(node)).get().client_id == cast.birch.pk
    cast.birch.refresh_from_db()
    assert cast.birch.fields == {"chislo_partnerov": 1250.5, "until": "2026-01-31", "form": "ИП", "chain": True}
    today = cast.birch.created_on
    fields = {"f_chain": None, "f_until": None, "f_form": None, "f_chislo_partnerov": None}
    common = {"segment": None, "created_on": today, "has_bad_review": False}
    filled = {"f_chain": True, "f_until": date(2026, 1, 31), "f_form": "ИП", "f_chislo_partnerov": 1250.5}
    assert clients_table().to_pylist() == [
        {"client_id": cast.birch.pk, "seller": "Анна", "city": "Тверь", "is_stopped": False} | common | filled,
        {"client_id": cast.cedar.pk, "seller": "Борис", "city": "Омск-canary-cedar", "is_stopped": False}
        | common
        | fields,
        {"client_id": cast.dill.pk, "seller": None, "city": "Пермь-canary-dill", "is_stopped": True} | common | fields,
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", "много"), ("number", "1e400"), ("date", "31.02.2026"), ("choice", "ЗАО"), ("yes_no", "может быть")],
)
def test_value_of_another_kind_is_refused(cast, kind, value):
    from clientarium.decisions.clients import define_field, edit_client

    define_field("Поле", slug="field", type=kind, choices=["ООО"], by=cast.owner)
    with pytest.raises(UserError):
        edit_client(cast.birch, {"f_field": value}, by=cast.owner)
    cast.birch.refresh_from_db()
    assert cast.birch.fields == {}


@pytest.mark.parametrize("slug", ["Поле", "1a", "a-b", "x" * 41, "drop table", "a.b", 'a"'])
def test_unfit_names_of_fields_are_refused(cast, slug):
    from clientarium.decisions.clients import define_field

    with pytest.raises(UserError):
        define_field("Поле", slug=slug, type="text", by=cast.owner)


def test_removed_field_keeps_its_values_and_its_name(cast):
    from clientarium.decisions.clients import custom_field_names, define_field, edit_client, remove_field, restore_field

    field = define_field("Поле", slug="field", type="text", by=cast.owner)
    edit_client(cast.birch, {"f_field": "да"}, by=cast.owner)
    remove_field(field, by=cast.owner)
    assert custom_field_names() == []
    with pytest.raises(UserError):
        define_field("Поле", slug="field", type="number", by=cast.owner)
    restore_field(field, by=cast.owner)
    cast.birch.refresh_from_db()
    assert ([name.name for name in custom_field_names()], cast.birch.fields) == (["f_field"], {"field": "да"})


def test_somebody_elses_change_is_not_overwritten(cast):
    from clientarium.decisions.clients import edit_client

    edit_client(cast.birch, {"city": "Омск"}, by=cast.anna, was={"city": "Тверь"})
    with pytest.raises(UserError, match="meanwhile"):
        edit_client(cast.birch, {"city": "Томск"}, by=cast.owner, was={"city": "Тверь"})
    cast.birch.refresh_from_db()
    assert cast.birch.city == "Омск"


def test_transfer_keeps_the_history(cast):
    from clientarium.decisions.clients import transfer_client
    from clientarium.decisions.journal import history_of

    transfer_client(cast.birch, to=cast.boris_sells, on=date(2090, 5, 1), reason="декрет", by=cast.head)
    transfer_client(cast.birch, to=None, on=date(2090, 6, 1), reason="уволен", by=cast.owner)
    spans = list(cast.birch.holdings.order_by("first_day").values_list("seller__key", "last_day", "cause", "reason"))
    assert spans == [
        ("Анна", date(2090, 4, 30), "person", ""),
        ("Борис", date(2090, 5, 31), "person", "декрет"),
    ]
    entries = [(entry.verb, entry.by, entry.reason) for entry in history_of(cast.birch)]
    assert entries == [
        ("client_transferred", cast.owner, "уволен"),
        ("client_transferred", cast.head, "декрет"),
        ("client_created", None, ""),
    ]
