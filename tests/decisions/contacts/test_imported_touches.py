"""Calls and letters loaded from files count as contacts of the day's list."""

from datetime import date

from tests.decisions.contacts.published import MONDAY, publish
from tests.decisions.contacts.test_day import lines
from tests.decisions.contacts.test_measuring import DUE
from tests.decisions.runs.company import load_file

CALLS = """Дата звонка;Клиент;Вид;Направление;Минуты;Сотрудник;Результат
26.03.2026;Ель;Звонок;Исходящий;7;Анна;Поговорили
27.03.2026;Осина;Звонок;Исходящий;1;Анна;Не дозвонились
28.03.2026;Клён;Звонок;Входящий;3;Анна;Вопрос решён
02.03.2026;Липа;Письмо;Исходящий;;Анна;
"""


def test_calls_and_letters_of_a_file_hold_back_and_fill_ceilings(home, cast):
    from clientarium.core.readings import contacts_of
    from clientarium.decisions.clients import Client
    from clientarium.decisions.contacts import day_of
    from clientarium.decisions.contacts.queries.definitions import ledger_base

    loaded = load_file(CALLS, by=cast.owner, name="calls.csv")
    assert (loaded.kind, loaded.accepted, loaded.refused) == ("touches", 4, 0)
    Client.objects.exclude(pk__in=[cast.birch.pk, cast.cedar.pk, cast.dill.pk]).update(holder=cast.anna_sells)
    clients = {client.name: client for client in Client.objects.filter(holder=cast.anna_sells)}
    seen = contacts_of(ledger_base(), client_ids=[c.pk for c in clients.values()], since=date(2026, 3, 1), until=MONDAY)
    assert sorted((one.touched_on, one.kind, one.direction) for one in seen) == [
        (date(2026, 3, 2), "letter", "out"),
        (date(2026, 3, 26), "call", "out"),
        (date(2026, 3, 27), "call", "out"),
        (date(2026, 3, 28), "call", "in"),
    ]
    rows = {client: DUE | {"grade": "D"} for client in clients.values()}
    publish(MONDAY, rows)
    day = day_of(cast.anna_sells, MONDAY, by=cast.anna, today=MONDAY)
    assert {name for name, _kind, _done in lines(day)} == {"Берёза", "Осина"}
    names = {client.pk: name for name, client in clients.items()}
    assert {(names[one["client"]], one["reason"], one["until"]) for one in day.held_back} == {
        ("Ель", "called", "2026-04-02"),
        ("Клён", "called", "2026-04-04"),
        ("Липа", "ceiling", "2026-06-02"),
    }
    aspen = next(line for line in day.lines if line.client.name == "Осина")
    assert (aspen.last_contact.on, aspen.last_contact.kind) == (date(2026, 3, 27), "call")
