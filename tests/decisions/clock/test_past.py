"""A past day computed again: from facts and versions it says what was said then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import make_user
from tests.decisions.clock.conftest import home
from tests.decisions.runs.company import HEAD, load_file, run_waiting_pulse

__all__ = ["home"]

FIRST = HEAD + (
    "09.10.2025;Д-1;Берёза;1000,00;600,00;Анна\n"
    "30.12.2025;Д-2;Берёза;2000,00;1000,00;Анна\n"
    "05.01.2026;Д-3;Кедр;500,00;450,00;Борис\n"
    "30.01.2026;Д-4;Осина;500,00;450,00;Борис\n"
)
LATER = HEAD + "02.04.2026;Д-5;Берёза;300,00;200,00;Анна\n03.04.2026;Д-6;Осина;300,00;200,00;Анна\n"
THEN, NOW = date(2026, 3, 2), date(2026, 4, 6)


@pytest.fixture
def owner(home):
    return make_user("olga", role="owner")


def said(by, day):
    from clientarium.decisions.clock import clocks_of

    return clocks_of(None, by=by, day=day)


def test_a_past_day_says_what_was_said_then(owner, stand_on):
    """After a later sale, another rule, another holder and an exception given since."""
    from clientarium.decisions.clients import Client, transfer_client
    from clientarium.decisions.clock import ask_exception, policy_rule, set_firm_rule

    stand_on(THEN - timedelta(days=30))
    load_file(FIRST, by=owner)
    run_waiting_pulse()
    clients = {one.name: one for one in Client.objects.all()}
    transfer_client(clients["Кедр"], to=clients["Берёза"].holder, on=date(2026, 2, 20), reason="передан", by=owner)
    stand_on(THEN)
    told = said(owner, THEN)
    assert [(one.name, one.days_left) for one in told] == [
        ("Кедр", 22),
        ("Осина", 31),
        ("Берёза", 103),
    ]

    stand_on(NOW)
    load_file(LATER, by=owner)
    run_waiting_pulse()
    set_firm_rule(replace(policy_rule(), kind="strict", cold_days=30.0), valid_from=NOW, reason="строже", by=owner)
    ask_exception(clients["Кедр"], until=NOW + timedelta(days=9), reason="сезон", by=owner)
    transfer_client(clients["Кедр"], to=clients["Осина"].holder, on=NOW, reason="обратно", by=owner)
    assert said(owner, THEN) == told
    assert said(owner, NOW) != told
