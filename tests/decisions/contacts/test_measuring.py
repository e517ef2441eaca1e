"""The group without calls, and what is known of what calls give."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.cast import make_client
from tests.decisions.contacts.published import AS_OF, MONDAY, publish

DUE = {
    "last_purchase_on": date(2026, 3, 3),
    "purchase_days_all": 12,
    "typical_gap_days": 28.0,
    "rhythm": "regular",
    "next_order_early": date(2026, 3, 27),
    "next_order_late": date(2026, 4, 4),
    "p_order_7d": 0.7,
    "orders_12m": 12,
    "margin_12m": 120_000,
}


@pytest.fixture
def portfolio(base):
    """Sixty clients of Anna, all due and regular; the rest of the cast is not."""
    clients = [make_client(f"Клиент {number:02d}", holder=base.anna_sells) for number in range(60)]
    publish(AS_OF, dict.fromkeys(clients, DUE))
    base.clients = clients
    return base


def start(base, **words):
    from clientarium.decisions.contacts import start_hold_out

    return start_hold_out(
        **{"reason": "измерить", "first_day": MONDAY, "by": base.head, "seed": 7, "share": 0.2} | words
    )


def sell(home, day, clients):
    """A sale of 100 on `day` for each client, straight into the ledger."""
    from clientarium.core.facts import SALES, staged_schema
    from clientarium.core.ledger import Ledger

    rows = [
        {
            "doc_id": None,
            "line_no": number,
            "sold_on": day,
            "client_key": str(client.pk),
            "revenue": 100,
            "currency": "RUB",
            "is_return": False,
            "row_no": number,
        }
        for number, client in enumerate(clients, start=1)
    ]
    path = home / "staging" / f"{day}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=staged_schema(SALES)), path)
    keys = pa.table({"client_key": [str(c.pk) for c in clients], "client_id": [c.pk for c in clients]})
    Ledger(home / "ledger").load({"sales": [path]}, import_id=f"sales-{day}", source="1c", mode="append", keys=keys)


def test_group_is_off_until_a_leader_draws_it(portfolio):
    from clientarium.decisions.contacts import current_hold_out, stop_hold_out
    from clientarium.decisions.journal import Entry

    assert current_hold_out(MONDAY) is None
    for user in (portfolio.anna, portfolio.marketer, portfolio.administrator):
        with pytest.raises(PermissionDenied):
            start(portfolio, by=user)
    hold_out = start(portfolio)
    assert (current_hold_out(MONDAY), hold_out.clients.count(), hold_out.last_day) == (
        hold_out,
        12,
        MONDAY + timedelta(days=59),
    )
    with pytest.raises(UserError, match="already"):
        start(portfolio)
    entry = Entry.objects.get(verb="hold_out_started")
    assert (entry.data["seed"], entry.data["regular"], len(entry.data["clients"])) == (7, 60, 12)
    stop_hold_out(hold_out, by=portfolio.owner)
    assert current_hold_out(MONDAY) is None


def test_same_seed_draws_the_same_group(portfolio):
    from clientarium.decisions.contacts import stop_hold_out

    first = start(portfolio)
    drawn = set(first.clients.values_list("client_id", flat=True))
    stop_hold_out(first, by=portfolio.head)
    assert set(start(portfolio).clients.values_list("client_id", flat=True)) == drawn


@pytest.mark.parametrize(
    ("words", "message"),
    [({"reason": " "}, "needs a reason"), ({"share": 0.5}, "at most a fifth"), ({"days": 0}, "at most a fifth")],
)
def test_group_refuses_what_is_no_experiment(portfolio, words, message):
    with pytest.raises(UserError, match=message):
        start(portfolio, **words)


def test_few_regular_clients_make_no_group(base):
    with pytest.raises(UserError, match="would tell nothing"):
        start(base)


def test_held_out_clients_are_noted_and_never_shown(portfolio):
    from clientarium.decisions.contacts import PlannedCall, day_of

    drawn = set(start(portfolio).clients.values_list("client_id", flat=True))
    day = day_of(portfolio.anna_sells, MONDAY, by=portfolio.anna, today=MONDAY)
    assert len(day.lines) == 15
    assert not drawn & {line.client.pk for line in day.lines}
    assert set(PlannedCall.objects.filter(is_held_out=True).values_list("client_id", flat=True)) == drawn


def test_effect_counts_orders_after_calls_and_missing_calls(portfolio, home):
    from clientarium.decisions.contacts import Talk, day_of, effect_of_calls_between, record_touch

    start(portfolio)
    day = day_of(portfolio.anna_sells, MONDAY, by=portfolio.anna, today=MONDAY)
    called = [line.client for line in day.lines]
    for client in called:
        record_touch(client, Talk("reached", no_next_reason="by_rhythm"), on=MONDAY, by=portfolio.anna)
    off_time = make_client("Не вовремя", holder=portfolio.anna_sells)
    early = DUE | {"next_order_early": date(2026, 4, 20), "next_order_late": date(2026, 4, 30)}
    publish(AS_OF, dict.fromkeys(portfolio.clients, DUE) | {off_time: early})
    record_touch(off_time, Talk("reached", no_next_reason="by_rhythm"), on=MONDAY, by=portfolio.anna)
    sell(home, MONDAY + timedelta(days=14), called[:9])
    sell(home, MONDAY + timedelta(days=15), called[9:])  # a day too late
    with pytest.raises(PermissionDenied):
        effect_of_calls_between(MONDAY, MONDAY, by=portfolio.anna)
    found = effect_of_calls_between(date(2026, 3, 1), MONDAY, by=portfolio.head)
    assert (found.effect.running, found.effect.by_call.missing) == (28, "no_group")
    publish(date(2026, 4, 13), dict.fromkeys(portfolio.clients, DUE))
    found = effect_of_calls_between(date(2026, 3, 1), MONDAY, by=portfolio.head)
    shares = {str(group): (share.ordered, share.clients) for group, share in found.effect.shares.items()}
    assert shares == {"on_time": (9, 15), "off_time": (0, 1), "no_call": (0, 12)}
    assert (found.window_days, found.effect.running, found.effect.by_call.missing) == (14, 0, "few_clients")


def test_effect_of_nothing_is_an_answer(base):
    from clientarium.decisions.contacts import effect_of_calls_between

    found = effect_of_calls_between(MONDAY, MONDAY, by=base.head)
    assert (found.hold_out, found.effect.by_call.missing, found.effect.by_time.missing) == (
        None,
        "no_group",
        "no_group",
    )
