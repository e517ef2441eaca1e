"""Pages cover a list exactly, in both directions, whatever it is sorted by."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.ground import UserError
from tests.cast import make_client

COLUMNS = [("margin_12m", "money"), ("share", "number"), ("grade", "text"), ("day", "date"), ("orders_1m", "integer")]
ROWS = [
    (Decimal("10.5"), 0.1, "A", date(2026, 1, 1), 1),
    (None, None, None, None, None),
    (Decimal("10.5"), 0.30000000000000004, "B", date(2026, 1, 1), 0),
    (Decimal("-3"), 0.1, "B", date(2025, 1, 1), 3),
    (None, -1.0, "", None, 0),
    (Decimal("1000000000.1234"), 2.0, None, date(2026, 2, 1), 1),
    (Decimal("0"), None, "A", date(2026, 1, 1), None),
]


@pytest.fixture
def published(cast):
    from clientarium.decisions.clients import publish_state

    clients = [make_client(f"Клиент {number % 3}", city=[None, "Тверь"][number % 2]) for number in range(len(ROWS))]
    publish_state(
        COLUMNS, [(client.pk, *row) for client, row in zip(clients, ROWS, strict=True)], as_of=date(2026, 3, 31)
    )
    return cast


def pages_of(user, sort_text, size, *, condition=None):
    from clientarium.decisions.clients import page_states, read_sort, states_visible_to, vocabulary_for

    sort, queryset = read_sort(sort_text, vocabulary_for(user)), states_visible_to(user)
    pages, after = [], None
    for _ in range(20):
        page = page_states(queryset, sort, after=after, size=size)
        pages.append(page)
        after = page.next
        if after is None:
            break
    return pages, queryset, sort


def expected_order(user, word, descending):
    from clientarium.decisions.clients import states_visible_to

    path = {
        "city": "client__city",
        "name": "search_name",
        "seller": "holder__name",
        "created_on": "client__created_on",
        "is_stopped": "client__is_stopped",
    }.get(word, word)
    rows = list(states_visible_to(user).values_list(path, "client_id"))
    known = sorted([row for row in rows if row[0] is not None], reverse=descending)
    unknown = sorted([row for row in rows if row[0] is None], key=lambda row: row[1], reverse=descending)
    return [client_id for _, client_id in known + unknown]


SORTS = ["margin_12m", "share", "grade", "day", "orders_1m", "name", "city", "seller", "created_on", "is_stopped"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(SORTS), descending=st.booleans(), size=st.integers(1, 11))
def test_pages_forward_and_back(published, word, descending, size):
    from clientarium.decisions.clients import page_states

    pages, queryset, sort = pages_of(published.owner, f"{'-' if descending else ''}{word}", size)
    ids = [[state.client_id for state in page.states] for page in pages]
    assert [client_id for page in ids for client_id in page] == expected_order(published.owner, word, descending)
    assert pages[0].previous is None
    backward = []
    page = pages[-1]
    while page.previous:
        page = page_states(queryset, sort, after=page.previous, size=size)
        backward.insert(0, [state.client_id for state in page.states])
    assert backward == ids[:-1]


def told(page):
    """The page without the moment its cursors were signed at."""
    from clientarium.decisions.clients.queries.paging import SALT

    cursors = [cursor and signing.loads(cursor, salt=SALT) for cursor in (page.next, page.previous)]
    return [state.client_id for state in page.states], cursors


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    word=st.sampled_from(SORTS),
    descending=st.booleans(),
    size=st.integers(1, 11),
    tried=st.integers(1, 8),
    text=st.sampled_from(["orders_1m >= 0", "margin_12m < 100 or grade = 'A'", "share > 5", "city is null"]),
)
def test_a_condition_gives_the_same_pages_tried_first_or_read_through(
    published, monkeypatch, word, descending, size, tried, text
):
    from clientarium.core.ground.expressions import parse_condition
    from clientarium.decisions.clients import compile_condition, page_states, states_visible_to, vocabulary_for
    from clientarium.decisions.clients.queries import paging

    monkeypatch.setattr(paging, "TRIED_FIRST", tried)
    among = states_visible_to(published.owner)
    queryset = among.filter(compile_condition(parse_condition(text, vocabulary_for(published.owner))))
    sort = paging.read_sort(f"{'-' if descending else ''}{word}", vocabulary_for(published.owner))
    after = None
    while True:
        plain, aimed = (page_states(queryset, sort, after=after, size=size, among=one) for one in (None, among))
        assert told(aimed) == told(plain)
        back = [page_states(queryset, sort, after=plain.previous, size=size, among=one) for one in (None, among)]
        assert told(back[0]) == told(back[1])
        after = plain.next
        if after is None:
            return


def test_page_of_one_and_of_three_costs_the_same(published, django_assert_num_queries):
    from clientarium.decisions.clients import page_states, read_sort, states_visible_to, vocabulary_for

    sort = read_sort("-margin_12m", vocabulary_for(published.owner))
    queryset = states_visible_to(published.owner).select_related("client", "holder")
    for size in (1, 3):
        with django_assert_num_queries(1):
            page = page_states(queryset, sort, size=size)
            assert len([(state.client.name, state.holder and state.holder.name) for state in page.states]) == size


@pytest.mark.parametrize("cursor", ["", "x", "eyJ0.abc", "a:b:c", "\0", "W10:1:1"])
def test_forged_cursor_is_refused(published, cursor):
    from clientarium.decisions.clients import page_states, read_sort, states_visible_to, vocabulary_for

    sort = read_sort("name", vocabulary_for(published.owner))
    if not cursor:
        assert len(page_states(states_visible_to(published.owner), sort, after=cursor).states) == 10
        return
    with pytest.raises(UserError, match="no longer there"):
        page_states(states_visible_to(published.owner), sort, after=cursor)


def test_cursor_of_another_sort_is_refused(published):
    from clientarium.decisions.clients import page_states, read_sort, vocabulary_for

    pages, queryset, _ = pages_of(published.owner, "name", 3)
    other = read_sort("-share", vocabulary_for(published.owner))
    with pytest.raises(UserError):
        page_states(queryset, other, after=pages[0].next)


def test_cursor_of_somebody_else_shows_only_my_clients(published):
    from clientarium.decisions.clients import page_states, states_visible_to

    pages, _, sort = pages_of(published.owner, "-margin_12m", 2)
    for page in pages:
        seen = page_states(states_visible_to(published.anna), sort, after=page.next).states
        assert {state.client_id for state in seen} <= {published.birch.pk}


@pytest.mark.parametrize("word", ["password", "client__holder__users__password", "-client_id); --", "", "holder_id"])
def test_no_sorting_by_anything_else(published, word):
    from clientarium.decisions.clients import read_sort, vocabulary_for

    with pytest.raises(UserError):
        read_sort(word, vocabulary_for(published.owner))


def test_whoever_sees_no_money_cannot_sort_or_filter_by_it(published):
    from clientarium.core.ground import ExpressionError
    from clientarium.core.ground.expressions import parse_condition
    from clientarium.decisions.clients import read_sort, vocabulary_for

    words = vocabulary_for(published.support)
    assert "margin_12m" not in words and "grade" in words
    with pytest.raises(UserError):
        read_sort("-margin_12m", words)
    with pytest.raises((UserError, ExpressionError)):
        parse_condition("margin_12m > 0", words)


def test_totals_are_those_of_the_visible_rows(published):
    from clientarium.decisions.clients import Totals, states_visible_to, totals

    assert totals(states_visible_to(published.owner)) == Totals(10, None, Decimal("1000000018.1234"), None, 3)
    assert totals(states_visible_to(published.anna)) == Totals(1, None, None, None, 0)
    assert totals(states_visible_to(published.nobody)).count == 0


def test_totals_before_anything_is_published(cast):
    from clientarium.decisions.clients import Totals, states_visible_to, totals

    assert totals(states_visible_to(cast.owner)) == Totals(3, None, None, None, None)
