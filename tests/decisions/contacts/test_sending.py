"""Recorded contacts in the ledger: exact after undoing and correcting, and not twice."""

from datetime import date
from decimal import Decimal

import pytest

from tests.decisions.contacts.published import MONDAY, TUESDAY


@pytest.fixture
def ledger(base, home):
    from clientarium.core.ledger import Ledger

    return Ledger(home / "ledger")


def send(ledger, home):
    from clientarium.decisions.contacts import send_touches

    return send_touches(ledger, staging=home / "staging" / "touches")


def facts(ledger):
    with ledger.engine() as engine:
        rows = engine.fetch("select * from touches order by touched_on, cast(touch_id as integer)").to_pylist()
    names = ("touched_on", "client_id", "kind", "department", "seller", "minutes", "direction", "result", "source")
    return [tuple(row[name] for name in names) for row in rows]


def test_touches_arrive_once_and_follow_undo_and_correction(base, home, ledger):
    from clientarium.decisions.contacts import Talk, correct_touch, record_touch, undo_touch

    assert send(ledger, home) == 0
    talk = Talk("reached", minutes=Decimal("4.5"), next_on=date(2026, 4, 8))
    first = record_touch(base.birch, talk, on=MONDAY, by=base.anna)
    record_touch(base.cedar, Talk("no_answer", kind="letter"), on=date(2026, 2, 2), by=base.support)
    letter = (date(2026, 2, 2), base.cedar.pk, "letter", "support", "Борис", None, "out", "no_answer", "clientarium")
    call = (MONDAY, base.birch.pk, "call", "sales", "Анна", Decimal("4.50"), "out", "reached", "clientarium")
    assert (send(ledger, home), facts(ledger)) == (2, [letter, call])
    version = ledger.version()
    assert (send(ledger, home), ledger.version()) == (0, version)
    second = correct_touch(first, Talk("ordered", no_next_reason="by_rhythm"), by=base.anna)
    ordered = (MONDAY, base.birch.pk, "call", "sales", "Анна", None, "out", "ordered", "clientarium")
    assert (send(ledger, home), facts(ledger)) == (1, [letter, ordered])
    undo_touch(second, by=base.anna)
    assert (send(ledger, home), facts(ledger)) == (1, [letter])
    assert send(ledger, home) == 0
    # the same words as the very first time are sent again all the same
    record_touch(base.birch, talk, on=MONDAY, by=base.anna)
    assert (send(ledger, home), facts(ledger)) == (1, [letter, call])


def test_load_undone_by_somebody_is_sent_again(base, home, ledger):
    from clientarium.decisions.contacts import Talk, record_touch

    record_touch(base.birch, Talk("no_answer"), on=MONDAY, by=base.anna)
    send(ledger, home)
    ledger.undo(ledger.loads()[-1].import_id)
    assert facts(ledger) == []
    assert (send(ledger, home), len(facts(ledger))) == (1, 1)


def test_other_sources_touches_stay(base, home, ledger):
    from clientarium.core.readings import contacts_of
    from clientarium.decisions.contacts import Talk, record_touch
    from clientarium.decisions.contacts.queries.definitions import ledger_base

    record_touch(base.birch, Talk("no_answer"), on=MONDAY, by=base.anna)
    send(ledger, home)
    about = {"client_ids": [base.birch.pk, base.cedar.pk], "since": date(2026, 1, 1), "until": TUESDAY}
    assert len(contacts_of(ledger_base(), **about)) == 1
    assert contacts_of(ledger_base(), **about, not_from="clientarium") == []
