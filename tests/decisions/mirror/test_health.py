"""The eight figures of health, each checked by hand on three clients."""

from datetime import date, timedelta
from decimal import Decimal

from clientarium.core.ground.expressions import ValueType

AS_OF = date(2026, 3, 30)
NUMBER, MONEY, DAY = ValueType.INTEGER, ValueType.MONEY, ValueType.DATE
COLUMNS = (
    ("orders_all", NUMBER), ("orders_1m", NUMBER), ("orders_12m", NUMBER), ("orders_prev_12m", NUMBER),
    ("revenue_12m", MONEY), ("revenue_with_cost_12m", MONEY), ("last_touch_on", DAY),
)  # fmt: skip


def published(*rows):
    from clientarium.decisions.clients import publish_state

    publish_state([(name, kind.value) for name, kind in COLUMNS], [(one.pk, *rest) for one, *rest in rows], as_of=AS_OF)


def figures(user):
    from clientarium.decisions.mirror import health_of

    return {one.code.value: (one.done, one.of, one.value) for one in health_of(user)}


def touch(cast, client, on, **more):
    from clientarium.decisions.contacts import Touch

    asked = {"result": "no_answer"} | more
    return Touch.objects.create(client=client, on=on, by=cast.owner, **asked)


def test_figures_of_the_base_are_what_of_what(cast):
    published(
        (cast.birch, 9, 1, 5, 3, Decimal(300), Decimal(200), date(2026, 3, 20)),
        (cast.cedar, 2, 0, 0, 2, Decimal(100), Decimal(100), date(2025, 1, 1)),
    )
    found = figures(cast.owner)
    assert found["utilisation"] == (1, 2, 0.5)
    assert found["served"] == (1, 2, 0.5)
    assert found["retention"] == (1, 2, 0.5)
    assert found["cost_known"] == (300.0, 400.0, 0.75)
    assert [found[code][2] for code in ("complete", "promises", "winback", "plan")] == [None] * 4
    assert figures(None) == found


def test_nobody_spoken_with_is_not_nought_where_no_contacts_are_known(cast):
    published((cast.birch, 0, 0, 0, 0, None, None, None))
    found = figures(cast.owner)
    assert {found[code][2] for code in ("served", "utilisation", "retention", "cost_known")} == {None}


def test_a_promise_is_kept_by_any_contact_up_to_a_day_late(cast):
    published((cast.birch, 1, 1, 1, 1, Decimal(1), Decimal(1), None))
    talk = {"result": "call_later"}
    agreed = AS_OF - timedelta(days=10)
    touch(cast, cast.birch, agreed - timedelta(days=5), next_on=agreed, **talk)
    touch(cast, cast.birch, agreed + timedelta(days=1))
    touch(cast, cast.cedar, agreed - timedelta(days=5), next_on=agreed, **talk)
    touch(cast, cast.cedar, agreed + timedelta(days=2))
    touch(cast, cast.cedar, AS_OF, next_on=AS_OF + timedelta(days=9), **talk)
    assert figures(cast.owner)["promises"] == (1, 2, 0.5)


def test_before_the_first_count_there_is_nothing_to_say(cast):
    assert figures(cast.owner) == {}
