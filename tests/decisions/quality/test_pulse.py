"""The pulse checks the cards of the base it counts, and keeps a point of the trend."""

from datetime import date

from tests.decisions.runs.company import JANUARY, load_file, run_waiting_pulse
from tests.decisions.runs.conftest import home

__all__ = ["home"]


def published():
    from clientarium.decisions.clients import state_model

    columns = ("name", "data_quality", "valid_phones", "inn_check", "missing_fields", "days_since_verified")
    return {row[0]: row[1:] for row in state_model()._default_manager.values_list(*columns)}


def trend():
    from clientarium.decisions.quality import QualityPoint

    return [(one.as_of, one.clients, one.score_sum) for one in QualityPoint.objects.filter(seller=None)]


def test_pulse_publishes_the_checks_and_keeps_a_point(home, cast):
    from clientarium.decisions.clients import Client, add_contact

    load_file(JANUARY, by=cast.owner)
    birch = Client.objects.get(name="Берёза", created_import__isnull=False)
    add_contact(birch, kind="phone", value="8 912 345-67-89", by=cast.owner)
    run_waiting_pulse()
    # Birch: a phone 0.8 × 40, no INN, a holder 1/3 × 20, never checked.
    assert published()[birch.name] == (39, 1, "missing", 2, None)
    assert [one[0] for one in trend()] == [date(2026, 1, 30)]
