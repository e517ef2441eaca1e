"""The filter of lists selects exactly the clients for whom the plain evaluator says yes."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import Name, ValueType, evaluate, parse_condition
from clientarium.core.ground.expressions import nodes as n

COLUMNS = [
    Name("money_a", ValueType.MONEY, "А", "A"),
    Name("money_b", ValueType.MONEY, "Б", "B"),
    Name("share", ValueType.NUMBER, "Доля", "Share"),
    Name("orders", ValueType.INTEGER, "Заказы", "Orders"),
    Name("grade", ValueType.TEXT, "Категория", "Grade"),
    Name("day", ValueType.DATE, "День", "Day"),
    Name("alive", ValueType.BOOLEAN, "Жив", "Alive"),
]
CARD = ["city", "is_stopped", "f_partners", "f_since", "f_kind", "f_vip"]
TYPES = {name.name: name.type for name in COLUMNS} | {
    "city": ValueType.TEXT,
    "is_stopped": ValueType.BOOLEAN,
    "f_partners": ValueType.NUMBER,
    "f_since": ValueType.DATE,
    "f_kind": ValueType.TEXT,
    "f_vip": ValueType.BOOLEAN,
}
D = Decimal
ROWS = [
    # money_a, money_b, share, orders, grade, day, alive, city, is_stopped, f_partners, f_since, f_kind, f_vip
    (D("0.1"), D("0.2"), 0.3, 3, "A", date(2026, 1, 31), True, "Тверь", False, 2.5, "2020-02-29", "опт", True),
    (D("0.3"), D("0"), 0.0, 0, "а%_", date(2025, 2, 28), False, "тверь", True, 0.0, None, "Опт", False),
    (None, D("-1.5"), None, -2, None, None, None, None, False, None, "2026-01-31", None, None),
    (D("-2.5"), None, -2.5, None, "", date(2026, 1, 31), True, "Ёлки A", True, -2.5, "2026-02-01", "", None),
    (D("100000.25"), D("100000.25"), 1e6, 1000000, "Zz", date(1999, 12, 31), None, "a", False, 1.0, None, "a", True),
]


def texts():
    return st.sampled_from(["", "A", "a", "Zz", "опт", "Опт", "тверь", "а%_", "Ё"])


def numbers(children):
    decimals = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False, allow_infinity=False)
    literals = st.one_of(st.integers(-5, 5), st.sampled_from([D("0.3"), D("2.5"), D("100000.25")]), decimals)
    names = st.sampled_from([name for name, kind in TYPES.items() if kind in ("money", "number", "integer")])
    leaves = st.one_of(literals.map(n.Literal), names.map(lambda name: n.Name(name, TYPES[name])))
    return st.recursive(
        leaves,
        lambda part: st.one_of(
            st.builds(n.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), part, part),
            st.builds(n.Negate, part),
            st.builds(lambda inner: n.Call("abs", (inner,)), part),
            st.builds(lambda a, b: n.Call("coalesce", (a, b)), part, part),
            st.builds(lambda name, a, b: n.Call(name, (a, b)), st.sampled_from(["greatest", "least"]), part, part),
        ),
        max_leaves=3,
    )


NUMBERS = numbers(None)
SIMPLE_NUMBERS = st.sampled_from([name for name, kind in TYPES.items() if kind in ("money", "number", "integer")]).map(
    lambda name: n.Name(name, TYPES[name])
)
ROUNDED = st.builds(lambda part, digits: n.Call("round", (part, n.Literal(digits))), SIMPLE_NUMBERS, st.integers(0, 2))
TEXT_NAMES = st.sampled_from(["grade", "city", "f_kind"]).map(lambda name: n.Name(name, ValueType.TEXT))
TEXTS = st.one_of(
    TEXT_NAMES,
    texts().map(n.Literal),
    st.builds(lambda name, part: n.Call(name, (part,)), st.sampled_from(["lower", "upper"]), TEXT_NAMES),
    st.builds(lambda a, b: n.Call("coalesce", (a, b)), TEXT_NAMES, texts().map(n.Literal)),
    st.builds(lambda name, a, b: n.Call(name, (a, b)), st.sampled_from(["greatest", "least"]), TEXT_NAMES, TEXT_NAMES),
)
DAYS = st.one_of(
    st.sampled_from(["day", "f_since"]).map(lambda name: n.Name(name, ValueType.DATE)),
    st.sampled_from([date(2026, 1, 31), date(2020, 2, 29)]).map(n.Literal),
    st.builds(
        lambda name, literal: n.Call(name, (n.Name("day", ValueType.DATE), n.Literal(literal))),
        st.sampled_from(["coalesce", "greatest", "least"]),
        st.sampled_from([date(2026, 1, 31), date(2020, 2, 29)]),
    ),
)
SIGNS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
PATTERNS = st.sampled_from(["%", "а%", "А\\%_", "_", "%в%", "Zz", "z%", "", "ТВЕРЬ", "%%_"])
LENGTHS = st.builds(lambda part: n.Call("length", (part,)), TEXTS)


def comparisons(kind):
    return st.one_of(
        st.builds(n.Comparison, SIGNS, kind, kind),
        st.builds(n.Between, kind, kind, kind, st.booleans()),
        st.builds(n.IsNull, kind, st.booleans()),
    )


TRUTHS = st.one_of(
    comparisons(NUMBERS),
    comparisons(TEXTS),
    comparisons(DAYS),
    comparisons(LENGTHS),
    st.builds(n.Comparison, SIGNS, ROUNDED, NUMBERS),
    st.sampled_from(["alive", "is_stopped", "f_vip"]).map(lambda name: n.Name(name, ValueType.BOOLEAN)),
    st.builds(
        n.Comparison,
        st.sampled_from(["=", "<>"]),
        st.just(n.Name("alive", ValueType.BOOLEAN)),
        st.booleans().map(n.Literal),
    ),
    st.builds(n.In, TEXTS, st.lists(texts().map(n.Literal), min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(
        n.In,
        NUMBERS,
        st.lists(st.sampled_from([0, 3, D("0.3"), D("-2.5")]).map(n.Literal), min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    st.builds(n.Like, TEXTS, PATTERNS, st.booleans(), st.booleans()),
    st.builds(lambda name, a, b: n.Call(name, (a, b)), st.sampled_from(["contains", "starts_with"]), TEXTS, TEXTS),
)
CONDITIONS = st.recursive(
    TRUTHS,
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda parts: n.And(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: n.Or(tuple(parts))),
        part.map(n.Not),
        st.builds(n.IsNull, part, st.booleans()),
    ),
    max_leaves=4,
)


@pytest.fixture
def published(cast):
    """Five clients with every kind of value; for each, what the evaluator is given."""
    from clientarium.decisions.clients import CustomField, publish_state
    from tests.cast import make_client

    for slug, kind in (("partners", "number"), ("since", "date"), ("kind", "text"), ("vip", "yes_no")):
        CustomField.objects.create(slug=slug, title_ru=slug, type=kind)
    values, rows = {}, []
    for number, row in enumerate(ROWS):
        fields = dict(zip(("partners", "since", "kind", "vip"), row[9:], strict=True))
        known = {slug: value for slug, value in fields.items() if value is not None}
        client = make_client(f"Клиент {number}", city=row[7], is_stopped=row[8], fields=known)
        rows.append((client.pk, *row[:7]))
        since = fields["since"] and date.fromisoformat(fields["since"])
        card = {"f_partners": fields["partners"], "f_since": since, "f_kind": fields["kind"], "f_vip": fields["vip"]}
        values[client.pk] = (
            dict(zip([name.name for name in COLUMNS], row[: len(COLUMNS)], strict=True))
            | {"city": row[7], "is_stopped": row[8]}
            | card
        )
    publish_state(COLUMNS, rows, as_of=date(2026, 3, 31))
    return values


def selected(node, published, owner):
    from clientarium.decisions.clients import compile_condition, states_visible_to

    states = states_visible_to(owner).filter(client_id__in=list(published))
    return set(states.filter(compile_condition(node)).values_list("client_id", flat=True))


def expected(node, published):
    return {client_id for client_id, values in published.items() if evaluate(node, values) is True}


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(node=CONDITIONS)
def test_filter_agrees_with_the_evaluator(node, published, cast):
    assert selected(node, published, cast.owner) == expected(node, published)


@pytest.mark.parametrize(
    "text",
    [
        "money_a + money_b = 0.3",
        "not (money_a > 0)",
        "not (grade = 'A')",
        "grade not in ('A', 'Zz')",
        "share between -2.5 and 0.3",
        "day >= '2026-01-31' and city ilike 'твер%'",
        "city like 'ТВЕР%'",
        "money_a / orders > 0.03",
        "money_a / money_b is null",
        "round(share, 1) = 0.3",
        "f_partners > 0 and f_vip",
        "f_since < '2026-02-01'",
        "coalesce(f_kind, 'нет') = 'нет'",
        "orders * 900000000000000000 * 900000000000000000 > 1",
        "length(city) > 1 or is_stopped",
    ],
)
def test_written_conditions_agree_with_the_evaluator(text, published, cast):
    from clientarium.decisions.clients import vocabulary_for

    node = parse_condition(text, vocabulary_for(cast.owner))
    assert selected(node, published, cast.owner) == expected(node, published)


def test_thousands_of_alternatives_are_no_deeper_than_a_database_takes(published, cast):
    options = tuple(n.Literal(f"x{number}") for number in range(2000))
    grade = n.Name("grade", ValueType.TEXT)
    many = n.Or((*(n.Comparison("=", grade, option) for option in options), n.Comparison("=", grade, n.Literal("A"))))
    assert selected(many, published, cast.owner) == expected(many, published)
    assert selected(n.In(grade, (*options, n.Literal("A"))), published, cast.owner) == expected(many, published)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", 10**19])
def test_values_no_database_takes_are_refused(value):
    from clientarium.decisions.clients import compile_condition

    name = n.Name("grade", ValueType.TEXT) if isinstance(value, str) else n.Name("orders", ValueType.INTEGER)
    with pytest.raises(UserError):
        compile_condition(n.Comparison("=", name, n.Literal(value)))


def test_text_of_a_user_is_never_a_part_of_the_statement(published, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from clientarium.decisions.clients import compile_condition, states_visible_to

    attack = "'; DROP TABLE clients_client; --"
    node = n.Comparison("=", n.Name("grade", ValueType.TEXT), n.Literal(attack))
    queryset = states_visible_to(cast.owner).filter(compile_condition(node))
    sql, parameters = queryset.query.sql_with_params()
    assert "DROP" not in sql
    assert attack in parameters
    with CaptureQueriesContext(
        connection,
    ):
        assert list(queryset) == []
