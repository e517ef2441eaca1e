"""Reading the lost after a real pulse."""

from datetime import date, timedelta
from decimal import Decimal

from tests.decisions.contacts.conftest import home

__all__ = ["home"]


def test_reading_of_the_lost_follows_the_publication(home, cast):
    """The real thing: facts, a pulse, a reading; the year before he left times the assumed chance."""
    from clientarium.decisions.people import Seller
    from clientarium.decisions.runs import run_now, start_pulse
    from clientarium.decisions.winback import LostClient, read_lost
    from tests.decisions.winback.conftest import buy

    assert Seller.objects.count() == 2
    last = date(2025, 3, 31)
    buy(
        home,
        "sales",
        *[(cast.birch, f"2024-0{month}-10", 1000, 400) for month in range(1, 7)],
        (cast.birch, "2023-01-10", 9000, 400),
        *[(cast.cedar, (last - timedelta(days=7 * week)).isoformat(), 100, 50) for week in range(12)],
    )
    run_now(start_pulse(as_of=last, by=cast.head))
    reading = read_lost()
    assert (reading.as_of, reading.clients, reading.measure) == (last, 1, "margin")
    (one,) = LostClient.objects.all()
    assert (one.client, one.last_purchase_on, one.past_year, one.expected) == (
        cast.birch,
        date(2024, 6, 10),
        Decimal(3600),
        Decimal(180),
    )
    assert read_lost() == reading
