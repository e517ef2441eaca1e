"""`clientarium clock`, as a program and as a person reads it."""

from datetime import date

import pytest

from clientarium.core.ground import UserError
from tests.decisions.clock.conftest import MONDAY, base, home, stand_on, today

__all__ = ["base", "home", "stand_on", "today"]


def test_the_document_tells_the_rule_and_the_clocks_of_the_held(base):
    from clientarium.interfaces.cli.clock import clock_document

    found = clock_document(None)
    assert {name: found[name] for name in ("as_of", "holders_known", "clients_counted", "cold", "soon")} == {
        "as_of": MONDAY,
        "holders_known": True,
        "clients_counted": 2,
        "cold": 1,
        "soon": 1,
    }
    assert found["rule"]["warn_days"] == [30, 14, 3]
    assert [(one["client"], one["seller"], one["cold_on"], one["days_left"]) for one in found["clients"]] == [
        (base.cedar.name, base.boris_sells.name, date(2026, 3, 22), -8),
        (base.birch.name, base.anna_sells.name, date(2026, 4, 2), 3),
    ]


def test_one_seller_by_name(base):
    from clientarium.interfaces.cli.clock import clock_document

    assert [one["client"] for one in clock_document(None, seller_name="анна")["clients"]] == [base.birch.name]
    with pytest.raises(UserError):
        clock_document(None, seller_name="Никто")


def test_people_read_who_turns_cold_next(base, capsys):
    from clientarium.interfaces.cli.clock import clock_document
    from clientarium.interfaces.cli.commands.clock import _show

    _show(clock_document(None))
    told = capsys.readouterr().out
    assert base.birch.name in told
    assert base.cedar.name not in told


def test_what_is_no_day_is_refused_with_the_cure():
    from clientarium.interfaces.cli.commands.clock import _day

    assert _day("2026-03-31") == date(2026, 3, 31)
    with pytest.raises(UserError) as refused:
        _day("31.03")
    assert refused.value.cure.msgid == "Write it like 2026-03-31."
