"""A pulse takes over what was recorded here, counts it as attention, and plans the coming day."""

from datetime import date

from tests.decisions.runs.company import JANUARY, load_file, run_waiting_pulse


def test_pulse_counts_recorded_contacts_and_plans_the_day(home, cast):
    from clientarium.decisions.clients import state_model
    from clientarium.decisions.contacts import DayPlan, Talk, record_touch
    from clientarium.decisions.runs import run_now, start_pulse

    load_file(JANUARY, by=cast.owner)
    run_waiting_pulse()
    buyer = state_model().objects.get(holder=cast.anna_sells, orders_all=2).client
    record_touch(buyer, Talk("no_answer"), on=date(2026, 1, 30), by=cast.anna)
    monday = date(2026, 2, 2)
    pulse = run_now(start_pulse(by=cast.owner, today=monday))
    assert (pulse.state, pulse.message) == ("done", None)
    row = state_model().objects.get(pk=buyer.pk)
    assert (row.touches_12m, row.last_touch_on) == (1, date(2026, 1, 30))
    planned = (
        DayPlan.objects.filter(on=monday).order_by("seller__name").values_list("seller__name", "as_of", "opened_at")
    )
    assert list(planned) == [("Анна", date(2026, 1, 30), None), ("Борис", date(2026, 1, 30), None)]
