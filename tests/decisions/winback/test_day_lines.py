"""«Мой день» names a few of those in win-back, by the day of the next step."""

from datetime import date

from tests.decisions.contacts.published import TUESDAY, publish
from tests.decisions.winback.conftest import LOST, many_lost


def test_day_names_two_of_the_week_the_dearest_first(lost):
    from clientarium.decisions.contacts import day_of
    from clientarium.decisions.winback import Case, LostReading, week_of

    clients = many_lost(3, holder=lost.anna_sells)
    publish(date(2026, 3, 31), dict.fromkeys([lost.birch, lost.cedar, *clients], LOST))
    from clientarium.decisions.clients import current_publication

    LostReading.objects.update(token=current_publication().token)
    week_of(lost.anna_sells, today=TUESDAY)
    Case.objects.filter(client=lost.birch).update(next_on=date(2026, 4, 2))
    day = day_of(lost.anna_sells, by=lost.anna, today=TUESDAY)
    assert [(line.client.name, str(line.kind)) for line in day.lines] == [
        ("Ушедший 003", "win_back"),
        ("Ушедший 002", "win_back"),
    ]
    assert day.lines[0].sentence("ru").startswith("Перестал покупать 294 дня назад")
    assert day.waiting == 1
