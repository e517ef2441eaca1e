"""The pulse as a run: what is published, what is only stored, and what a failure leaves as it was."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.clients import state_as_of, state_model
from clientarium.decisions.grades import (
    CategoryInterval,
    Proposal,
    confirm_proposals,
    override_category,
    save_scheme,
    scheme_path,
)
from clientarium.decisions.runs import (
    Run,
    RunState,
    Schedule,
    Snapshot,
    cancel_run,
    open_snapshots,
    published_snapshot,
    queue_due_pulse,
    run_now,
    start_pulse,
)
from tests.decisions.runs.company import FEBRUARY, JANUARY, load_file, run_waiting_pulse, undo


def published():
    """{client: (revenue of 12 months, grade)} as the lists show them."""
    rows = state_model().objects.values_list("name", "revenue_12m", "grade")
    return {name: (revenue and int(revenue), grade) for name, revenue, grade in rows}


def snapshots():
    return list(Snapshot.objects.order_by("as_of").values_list("as_of", "is_published", "is_backdated"))


def intervals():
    rows = CategoryInterval.objects.order_by("client", "scheme", "first_day")
    return list(rows.values_list("client__name", "scheme", "category", "first_day", "last_day"))


@pytest.fixture
def january(home, cast):
    """January is loaded and published."""
    cast.import_ = load_file(JANUARY, by=cast.owner)
    cast.pulse = run_waiting_pulse()
    return cast


def test_first_pulse_publishes_the_last_day_with_a_sale(january):
    assert (january.pulse.state, january.pulse.result["as_of"], state_as_of()) == (
        "done",
        "2026-01-30",
        date(2026, 1, 30),
    )
    sold = {name: revenue for name, (revenue, _grade) in published().items() if revenue}
    assert sold == {"Берёза": 3000, "Кедр": 500}
    assert [step["name"] for step in january.pulse.steps][:8] == [
        "Checking the cards", "Reading the facts", "Forecasting the orders", "Computing the metrics", "Grading",
        "Making the snapshot", "Checking the snapshot", "Writing the snapshot",
    ]  # fmt: skip
    assert snapshots() == [(date(2026, 1, 30), True, False)]  # no sales before: nothing to look back at
    row = published_snapshot()
    info = open_snapshots().info(date(2026, 1, 30))
    assert (row.ledger_version, row.definitions_hash, row.standing_hash, row.content_hash, row.rows) == (
        info.ledger_version, info.definitions_hash, info.standing_hash, info.content_hash, info.rows,
    )  # fmt: skip


def test_pulse_never_looks_past_today(home, cast):
    load_file(JANUARY, by=cast.owner)
    run = run_now(start_pulse(by=cast.owner, today=date(2026, 1, 20)))
    assert run.result["as_of"] == "2026-01-20"


def test_pulse_without_sales_says_what_to_do(home, cast):
    with pytest.raises(UserError, match="no sales to compute from"):
        run_now(start_pulse(by=cast.owner))
    assert Run.objects.get().message["cure"]["msgid"] == "Load a file with sales first."


def test_earlier_date_is_stored_but_not_published_unless_forced(january):
    before = published()
    run = run_now(start_pulse(by=january.owner, as_of=date(2026, 1, 16)))
    assert (run.result["published"], published(), state_as_of()) == (False, before, date(2026, 1, 30))
    assert open_snapshots().dates() == [date(2026, 1, 16), date(2026, 1, 30)]
    assert snapshots() == [(date(2026, 1, 16), False, False), (date(2026, 1, 30), True, False)]
    run_now(start_pulse(by=january.owner, as_of=date(2026, 1, 16), force=True))
    assert state_as_of() == date(2026, 1, 16)
    assert open_snapshots().dates() == [date(2026, 1, 16), date(2026, 1, 30)]


def test_pulse_does_not_step_back_from_a_later_day_somebody_asked_for(january):
    run_now(start_pulse(by=january.owner, as_of=date(2026, 1, 31)))
    run = run_now(start_pulse(by=january.owner))
    assert run.result["as_of"] == "2026-01-31"
    assert open_snapshots().dates()[-2:] == [date(2026, 1, 30), date(2026, 1, 31)]


def test_undo_brings_the_former_state_back(january):
    before = published(), snapshots(), intervals()
    february = load_file(FEBRUARY, by=january.owner)
    run_waiting_pulse()
    assert state_as_of() == date(2026, 2, 27)
    undo(february, by=january.owner)
    run_waiting_pulse()
    assert snapshots()[0] == (date(2026, 1, 27), False, True)  # computed for February to compare with; still true
    assert (published(), snapshots()[1:], intervals()) == before
    assert open_snapshots().dates() == [date(2026, 1, 27), date(2026, 1, 30)]


def test_failed_pulse_leaves_what_people_see(january):
    path = scheme_path("grade")
    path.write_text(path.read_text() + "\nnonsense: 1\n")
    load_file(FEBRUARY, by=january.owner)  # a slip in a scheme keeps no file from being loaded
    before = published(), snapshots(), state_as_of()
    with pytest.raises(UserError, match=r"grade\.yaml"):
        run_waiting_pulse()
    assert (published(), snapshots(), state_as_of()) == before


@pytest.mark.parametrize("phase", ["Computing the metrics", "Writing the snapshot", "Publishing the lists"])
def test_cancelled_pulse_leaves_what_people_see(january, phase):
    load_file(FEBRUARY, by=january.owner)
    before = published(), snapshots(), state_as_of()
    run = Run.objects.get(state=RunState.QUEUED)

    def cancel_at(name, _done, _total):
        if name == phase and not Run.objects.get(pk=run.pk).cancel_requested:
            cancel_run(run, by=january.owner)
            threading.Event().wait(2.5)  # the heartbeat looks once a second

    assert run_now(run, listener=cancel_at).state == RunState.CANCELLED
    assert (published(), snapshots(), state_as_of()) == before


def test_decision_made_while_the_pulse_computes_is_not_overruled(january):
    load_file(FEBRUARY, by=january.owner)
    run = Run.objects.get(state=RunState.QUEUED)
    birch = state_model().objects.get(name="Берёза", revenue_12m=3000).client

    def decide(name, _done, _total):
        if name == "Grading":
            override_category(birch, scheme="grade", category="E", by=january.head, reason="never pays")

    run_now(run, listener=decide)
    assert state_model().objects.get(client=birch).grade == "E"
    standing = CategoryInterval.objects.get(client=birch, scheme="grade", last_day__isnull=True)
    assert (standing.category, standing.is_decision) == ("E", True)
    run_now(start_pulse(by=january.owner))
    assert state_model().objects.get(client=birch).grade == "E"


def test_confirmed_grade_stays_when_the_same_day_is_computed_again(january):
    birch = state_model().objects.get(name="Берёза", revenue_12m=3000).client
    override_category(birch, scheme="grade", category="C", by=january.head, reason="a promise")
    run_now(start_pulse(by=january.owner))
    assert state_model().objects.get(client=birch).grade == "C"
    assert not Proposal.objects.filter(client=birch, state="waiting", scheme="grade").exists()


def test_edited_scheme_makes_proposals_and_confirming_puts_them_in_force(january):
    path = scheme_path("grade")
    load_file(FEBRUARY, by=january.owner)
    run_waiting_pulse()
    text = path.read_text().replace("mode: confirm", "mode: confirm", 1)
    save_scheme("grade", text=text, by=january.head, note="as it was")
    waiting = Proposal.objects.filter(state="waiting", scheme="grade")
    for proposal in waiting:
        confirm_proposals([proposal.pk], by=january.head)
        assert state_model().objects.get(client=proposal.client).grade == proposal.to_category


def test_pulse_of_several_years_computes_earlier_dates_to_compare_with(home, cast):
    head, *_rest = JANUARY.split("\n")
    lines = [
        f"15.{month:02}.{year};Д-{year}-{month};Берёза;100,00;50,00;Анна"
        for year in (2024, 2025)
        for month in range(1, 13)
    ]
    load_file("\n".join([head, *lines]), by=cast.owner)
    run = run_waiting_pulse()
    assert run.result["backdated"] == 3
    assert snapshots() == [
        (date(2024, 12, 15), False, True),
        (date(2025, 9, 15), False, True),
        (date(2025, 11, 15), False, True),
        (date(2025, 12, 15), True, False),
    ]
    assert run_now(start_pulse(by=cast.owner)).result["backdated"] == 0
    load_file(f"{head}\n20.11.2025;Д-забыли;Кедр;7,00;1,00;Борис\n", by=cast.owner)
    assert run_waiting_pulse().result["backdated"] == 0  # after 15 November: earlier dates know nothing of it
    load_file(f"{head}\n20.10.2025;Д-забыли 2;Кедр;7,00;1,00;Борис\n", by=cast.owner)
    assert run_waiting_pulse().result["backdated"] == 1  # 15 November alone


def test_pulse_is_for_those_who_may_run_it(home, cast):
    for user in (cast.anna, cast.marketer, cast.support, cast.nobody):
        with pytest.raises(PermissionDenied):
            start_pulse(by=user)
    assert Run.objects.count() == 0


def test_no_nightly_pulse_of_an_empty_base(home, cast, settings):
    settings.CLIENTARIUM_NIGHTLY_PULSE = "03:30"
    assert queue_due_pulse(now=datetime(2026, 3, 2, 1, 0, tzinfo=UTC)) is None
    assert Schedule.objects.count() == 0, "the day is not used up: the first file of the day is counted"


class TestNightlyPulse:
    @pytest.fixture(autouse=True)
    def something_to_count(self, home, cast):
        """An empty base has no nightly pulse; the one that every import is followed by is not waited for."""
        load_file(JANUARY, by=cast.owner)
        Run.objects.filter(kind="pulse").delete()

    def at(self, *moment):
        run = queue_due_pulse(now=datetime(*moment, tzinfo=UTC))
        return None if run is None else run.kind

    def test_runs_once_a_day_after_its_time(self, settings):
        settings.CLIENTARIUM_NIGHTLY_PULSE, settings.TIME_ZONE = "03:30", "Europe/Moscow"
        assert self.at(2026, 3, 1, 0, 29) is None  # 03:29 in Moscow
        assert self.at(2026, 3, 1, 0, 30) == "pulse"
        assert self.at(2026, 3, 1, 0, 31) is None
        assert self.at(2026, 3, 1, 20, 0) is None
        assert list(Schedule.objects.values_list("name", "day")) == [("nightly_pulse", date(2026, 3, 1))]

    def test_missed_days_are_made_up_by_one_run(self, settings):
        settings.CLIENTARIUM_NIGHTLY_PULSE = "03:30"
        assert self.at(2026, 3, 1, 1, 0) == "pulse"
        assert self.at(2026, 3, 9, 12, 0) == "pulse"
        assert self.at(2026, 3, 9, 12, 1) is None
        assert Schedule.objects.count() == 2

    def test_clock_set_back_runs_nothing_twice(self, settings):
        settings.CLIENTARIUM_NIGHTLY_PULSE = "03:30"
        assert self.at(2026, 3, 2, 1, 0) == "pulse"
        assert self.at(2026, 3, 1, 1, 0) is None
        assert self.at(2026, 3, 2, 0, 0) is None

    def test_empty_setting_switches_it_off(self, settings):
        settings.CLIENTARIUM_NIGHTLY_PULSE = ""
        assert self.at(2026, 3, 2, 1, 0) is None
