"""Nobody sees a client he should not, by any door; what is denied changes nothing."""

from datetime import date

import pytest

from clientarium.core.ground import UserError
from tests.cast import make_user

CANARY = "canary"


@pytest.fixture
def base(cast):
    from clientarium.decisions.clients import publish_state

    rows = [(client.pk, f"{CANARY}-{client.pk}") for client in (cast.cedar, cast.dill)]
    publish_state([("grade", "text")], rows, as_of=date(2026, 3, 31))
    return cast


def test_clients_and_states_are_the_same(base):
    from clientarium.decisions.clients import clients_visible_to, states_visible_to

    for user in base.users:
        clients = set(clients_visible_to(user).values_list("pk", flat=True))
        assert clients == set(states_visible_to(user).values_list("client_id", flat=True))
    assert set(clients_visible_to(base.anna)) == {base.birch}
    assert set(clients_visible_to(base.boris)) == {base.cedar}
    assert set(clients_visible_to(base.nobody)) == set()
    assert set(clients_visible_to(base.marketer)) == {base.birch, base.cedar, base.dill}


def test_no_canary_in_anything_a_seller_reads(base):
    from clientarium.decisions.clients import clients_visible_to, states_visible_to

    read = [*clients_visible_to(base.anna).values(), *states_visible_to(base.anna).values()]
    read += states_visible_to(base.anna).values("client__name", "holder__name", "grade")
    assert CANARY not in repr(read)
    assert CANARY in repr(list(states_visible_to(base.boris).values()))


def test_dismissed_and_anonymous_see_nothing(base):
    from django.contrib.auth.models import AnonymousUser

    from clientarium.decisions.clients import clients_visible_to, states_visible_to

    dismissed = [make_user(f"gone-{role}", role=role, is_active=False) for role in ("owner", "administrator")]
    dismissed.append(make_user("gone-seller", role="seller", seller=base.anna_sells, is_active=False))
    for user in [*dismissed, AnonymousUser()]:
        assert list(clients_visible_to(user)) == []
        assert list(states_visible_to(user)) == []


def test_former_holder_loses_sight_at_once(base):
    from clientarium.decisions.clients import clients_visible_to, transfer_client

    transfer_client(base.birch, to=base.boris_sells, on=date(2090, 1, 1), reason="обмен", by=base.head)
    assert list(clients_visible_to(base.anna)) == []
    assert set(clients_visible_to(base.boris)) == {base.birch, base.cedar}


def everything():
    """All rows of the rooms' tables: equal before and after what was denied."""
    from django.apps import apps

    models = [model for room in ("people", "journal", "clients") for model in apps.get_app_config(room).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_what_is_denied_changes_nothing(base):
    from django.core.exceptions import ObjectDoesNotExist

    from clientarium.decisions import clients, journal

    note = clients.add_note(base.cedar, text="тайна", by=base.owner)
    contact = clients.add_contact(base.cedar, kind="phone", value="89120000001", by=base.owner)
    segment = clients.save_segment("Моё", expression="grade = 'A'", by=base.boris)
    field = clients.define_field("Поле", slug="field", type="text", by=base.owner)
    before = everything()
    on = date(2090, 1, 1)
    denied = [
        lambda: clients.edit_client(base.cedar, {"city": "x"}, by=base.anna),
        lambda: clients.add_note(base.cedar, text="x", by=base.anna),
        lambda: clients.edit_note(note, text="x", by=base.anna),
        lambda: clients.edit_note(note, text="x", by=base.head),
        lambda: clients.remove_note(note, by=base.anna),
        lambda: clients.add_contact(base.cedar, kind="phone", value="89120000002", by=base.anna),
        lambda: clients.edit_contact(contact, value="89120000002", by=base.anna),
        lambda: clients.remove_contact(contact, by=base.anna),
        lambda: clients.mark_stopped(base.cedar, stopped=True, reason="x", by=base.anna),
        lambda: clients.mark_bad_review(base.cedar, marked=True, reason="x", by=base.anna),
        lambda: clients.transfer_client(base.birch, to=base.boris_sells, on=on, reason="x", by=base.anna),
        lambda: clients.transfer_client(base.birch, to=base.boris_sells, on=on, reason=" ", by=base.head),
        lambda: clients.save_segment("Чужое", expression="grade = 'A'", by=base.anna, segment=segment),
        lambda: clients.save_segment("Общее", expression="grade = 'A'", by=base.anna, shared=True),
        lambda: clients.remove_segment(segment, by=base.owner),
        lambda: clients.define_field("Другое", type="text", by=base.anna),
        lambda: clients.remove_field(field, by=base.marketer),
        lambda: journal.create_user("eve", role="owner", password="long enough 77", by=base.administrator),
        lambda: journal.create_user("eve", role="seller", password="long enough 77", by=base.head),
        lambda: journal.change_role(base.anna, role="owner", by=base.anna),
        lambda: journal.change_role(base.owner, role="seller", by=base.administrator),
        lambda: journal.deactivate_user(base.owner, by=base.administrator),
        lambda: journal.reset_password(base.owner, password="long enough 77", by=base.administrator),
        lambda: journal.link_seller(base.anna, seller=base.boris_sells, by=base.anna),
    ]
    for attempt in denied:
        with pytest.raises((UserError, ObjectDoesNotExist)):
            attempt()
    assert everything() == before
