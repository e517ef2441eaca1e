"""A published state: rows, copies, the swap, and what a failure leaves behind."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ground.expressions import Name, ValueType
from tests.cast import make_client

COLUMNS = [
    Name("margin_12m", ValueType.MONEY, "Маржа за 12 мес.", "Margin, 12 months"),
    Name("orders_1m", ValueType.INTEGER, "Заказы за месяц", "Orders, month"),
    Name("margin_pct_12m", ValueType.NUMBER, "Маржинальность", "Margin share"),
    Name("last_purchase_on", ValueType.DATE, "Последняя покупка", "Last purchase"),
    Name("grade", ValueType.TEXT, "Категория", "Grade", ("A", "B")),
    Name("is_alive", ValueType.BOOLEAN, "Жив", "Alive"),
]
AS_OF = date(2026, 3, 31)


def batch_of(*rows):
    types = [pa.int64(), pa.decimal128(18, 4), pa.int64(), pa.float64(), pa.date32(), pa.string(), pa.bool_()]
    names = ["client_id", *(column.name for column in COLUMNS)]
    return pa.RecordBatch.from_arrays(
        [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)], names=names
    )


def published_rows(user):
    from clientarium.decisions.clients import states_visible_to

    return {
        state.name: (
            state.holder_id,
            state.margin_12m,
            state.orders_1m,
            state.margin_pct_12m,
            state.last_purchase_on,
            state.grade,
            state.is_alive,
        )
        for state in states_visible_to(user).select_related("client")
    }


def test_publish_arrow_batches(cast):
    from clientarium.decisions.clients import publish_state, state_as_of

    batch = batch_of(
        (cast.birch.pk, Decimal("100.5000"), 2, 0.25, date(2026, 3, 1), "A", True),
        (cast.cedar.pk, None, None, float("nan"), None, "", None),
        (999_999, Decimal(1), 1, 1.0, AS_OF, "B", False),
    )
    publish_state(COLUMNS, [batch], as_of=AS_OF)
    assert published_rows(cast.owner) == {
        "Берёза": (cast.anna_sells.pk, Decimal("100.5000"), 2, 0.25, date(2026, 3, 1), "A", True),
        "Кедр-canary-cedar": (cast.boris_sells.pk, None, None, None, None, "", None),
        "Укроп-canary-dill": (None, None, None, None, None, None, None),
    }
    assert state_as_of() == AS_OF


def test_publish_rows_given_as_tuples(cast):
    from clientarium.decisions.clients import publish_state, states_visible_to

    publish_state([("revenue_12m", "money"), ("grade", "text")], [(cast.dill.pk, Decimal("7.25"), "B")], as_of=AS_OF)
    dill = states_visible_to(cast.owner).get(pk=cast.dill.pk)
    assert (dill.revenue_12m, dill.grade, dill.client.city) == (Decimal("7.2500"), "B", "Пермь-canary-dill")


def test_seller_sees_only_his_clients_in_the_new_state(cast):
    from clientarium.decisions.clients import publish_state

    publish_state(COLUMNS, [], as_of=AS_OF)
    seen = {user.username: set(published_rows(user)) for user in cast.users}
    everybody = {"Берёза", "Кедр-canary-cedar", "Укроп-canary-dill"}
    assert seen == {
        "olga": everybody,
        "hugo": everybody,
        "anna": {"Берёза"},
        "boris": {"Кедр-canary-cedar"},
        "mila": everybody,
        "sam": everybody,
        "ada": everybody,
        "nemo": set(),
    }


def test_failed_publication_leaves_the_old_state(cast):
    from clientarium.decisions.clients import StateTable, publish_state

    first = publish_state([("grade", "text")], [(cast.birch.pk, "A")], as_of=AS_OF)

    def broken():
        yield (cast.birch.pk, "B")
        raise OSError("the engine died")

    with pytest.raises(OSError, match="the engine died"):
        publish_state([("grade", "text")], broken(), as_of=date(2026, 4, 1))
    from clientarium.decisions.clients import states_visible_to

    assert list(StateTable.objects.values_list("token", "stage")) == [(first.token, "current")]
    assert list(states_visible_to(cast.owner).filter(grade="A").values_list("client_id", flat=True)) == [cast.birch.pk]


def test_second_publication_may_have_other_columns_and_drops_only_older_tables(cast):
    from clientarium.decisions.clients import StateTable, publish_state, states_visible_to

    for number in range(3):
        publish_state([(f"metric_{number}", "integer")], [(cast.birch.pk, number)], as_of=AS_OF)
    assert states_visible_to(cast.owner).get(pk=cast.birch.pk).metric_2 == 2
    assert sorted(StateTable.objects.values_list("stage", flat=True)) == ["current", "past"]


def test_changes_while_a_state_is_being_filled_are_in_it(cast):
    from clientarium.decisions.clients import edit_client, publish_state, states_visible_to, transfer_client

    def rows():
        yield (cast.birch.pk, "A")
        yield (cast.cedar.pk, "B")
        transfer_client(cast.cedar, to=cast.anna_sells, on=date(2090, 4, 1), reason="Борис ушёл", by=cast.head)
        edit_client(cast.birch, {"name": "ООО «Берёза»"}, by=cast.anna)
        make_client("Ель")

    publish_state([("grade", "text")], rows(), as_of=AS_OF)
    values = states_visible_to(cast.anna).order_by("client_id").values_list("name", "search_name", "grade")
    assert list(values) == [
        ("ООО «Берёза»", "береза ооо", "A"),
        ("Кедр-canary-cedar", "кедр canary cedar", "B"),
    ]
    assert states_visible_to(cast.owner).filter(name="Ель", grade=None).count() == 1


def test_edits_after_a_publication_reach_the_state_at_once(cast):
    from clientarium.decisions.clients import edit_client, publish_state, states_visible_to, transfer_client

    publish_state([("grade", "text")], [], as_of=AS_OF)
    transfer_client(cast.birch, to=cast.boris_sells, on=date(2090, 4, 1), reason="отпуск", by=cast.owner)
    edit_client(cast.dill, {"name": "Укроп и К"}, by=cast.owner)
    make_client("Ель", holder=cast.anna_sells)
    assert list(states_visible_to(cast.anna).values_list("name", flat=True)) == ["Ель"]
    assert set(states_visible_to(cast.boris).values_list("name", flat=True)) == {"Берёза", "Кедр-canary-cedar"}
    assert states_visible_to(cast.owner).filter(search_name="укроп и к").exists()


def test_confirmed_category_shows_in_the_state(cast):
    from clientarium.decisions.clients import publish_state, put_into_state, states_visible_to

    publish_state([("grade", "text")], [(cast.birch.pk, "C"), (cast.cedar.pk, "C")], as_of=AS_OF)
    put_into_state("grade", {cast.birch.pk: "A", cast.dill.pk: None})
    put_into_state("no_such_column", {cast.birch.pk: "A"})
    assert dict(states_visible_to(cast.owner).values_list("client_id", "grade")) == {
        cast.birch.pk: "A",
        cast.cedar.pk: "C",
        cast.dill.pk: None,
    }
