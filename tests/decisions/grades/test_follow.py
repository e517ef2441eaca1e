"""Intervals and proposals follow the snapshots: forwards, again, and back after an undo."""

from datetime import date

from clientarium.decisions.grades import Proposal, confirm_proposals, override_category
from tests.decisions.grades.conftest import AS_OF
from tests.decisions.grades.published import grades_in_lists, intervals, proposals, publish

APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)
APRIL_BEFORE, MAY_BEFORE = date(2026, 4, 29), date(2026, 5, 30)


def test_changed_category_closes_one_interval_and_opens_the_next(base):
    moved, _proposed = publish(
        APRIL, [(base.birch, "C", "C", 1), (base.cedar, "C", "C", 1), (base.dill, None, None, 0)]
    )
    assert moved == 2
    assert intervals(base.birch) == [("B", AS_OF, APRIL_BEFORE, False), ("C", APRIL, None, False)]
    assert intervals(base.cedar) == [("C", AS_OF, None, False)]
    assert intervals(base.dill) == [("D", AS_OF, APRIL_BEFORE, False)]


def test_same_day_computed_again_leaves_no_trace_of_the_first_time(base):
    publish(APRIL, [(base.birch, "C", "C", 1), (base.cedar, "A", "A", 1), (base.dill, "D", "D", 0)])
    publish(APRIL, [(base.birch, "B", "B", 1), (base.cedar, "B", "B", 1), (base.dill, "E", "E", 0)])
    assert intervals(base.birch) == [("B", AS_OF, None, False)]
    assert intervals(base.cedar) == [("C", AS_OF, APRIL_BEFORE, False), ("B", APRIL, None, False)]
    assert intervals(base.dill) == [("D", AS_OF, APRIL_BEFORE, False), ("E", APRIL, None, False)]


def test_same_snapshot_twice_changes_nothing(base):
    rows = [(base.birch, "C", "B", 1), (base.cedar, "A", "A", 1), (base.dill, "D", "D", 0)]
    publish(APRIL, rows)
    before = [intervals(client) for client in (base.birch, base.cedar, base.dill)], proposals()
    moved, proposed = publish(APRIL, rows)
    assert (moved, proposed.new, proposed.kept, proposed.superseded) == (0, 0, 1, 0)
    assert ([intervals(client) for client in (base.birch, base.cedar, base.dill)], proposals()) == before


def test_going_back_to_an_earlier_day_forgets_what_rules_did_since(base):
    march = [intervals(client) for client in (base.birch, base.cedar, base.dill)]
    publish(APRIL, [(base.birch, "C", "C", 1), (base.cedar, "A", "A", 1), (base.dill, "D", "D", 0)])
    publish(MAY, [(base.birch, "D", "D", 1), (base.cedar, "A", "A", 1), (base.dill, "D", "D", 0)])
    publish(AS_OF, [(base.birch, "B", "A", 900), (base.cedar, "C", "B", 100), (base.dill, "D", "D", None)])
    assert [intervals(client) for client in (base.birch, base.cedar, base.dill)] == march


def test_going_back_keeps_what_a_person_decided_since(base):
    publish(APRIL, [(base.birch, "B", "A", 1), (base.cedar, "C", "C", 1), (base.dill, "D", "D", 0)])
    confirm_proposals(Proposal.objects.filter(client=base.birch, state="waiting"), by=base.head)
    publish(AS_OF, [(base.birch, "B", "A", 1), (base.cedar, "C", "C", 1), (base.dill, "D", "D", 0)])
    assert intervals(base.birch) == [("B", AS_OF, APRIL_BEFORE, False), ("A", APRIL, None, True)]


def test_expired_override_ends_when_the_rule_speaks_again(base):
    override_category(base.birch, scheme="grade", category="D", by=base.owner, reason="x", expires_on=APRIL)
    publish(MAY, [(base.birch, "A", "A", 1)])
    assert intervals(base.birch)[1:] == [("D", AS_OF, MAY_BEFORE, True), ("A", MAY, None, False)]


def test_proposal_overtaken_by_the_data_is_superseded(base):
    publish(APRIL, [(base.birch, "B", "B", 900), (base.cedar, "C", "A", 100), (base.dill, "D", "C", 50)])
    assert proposals() == [
        ("Берёза", "B", "A", "superseded"),
        ("Кедр-canary-cedar", "C", "B", "superseded"),
        ("Кедр-canary-cedar", "C", "A", "waiting"),
        ("Укроп-canary-dill", "D", "C", "waiting"),
    ]


def test_waiting_proposal_is_kept_with_new_figures(base):
    key = Proposal.objects.get(client=base.birch).pk
    publish(APRIL, [(base.birch, "B", "A", 950)])
    kept = Proposal.objects.get(client=base.birch, state="waiting")
    assert (kept.pk, kept.money, kept.as_of) == (key, 950, APRIL)


def test_untracked_scheme_is_followed_only_where_a_person_decided(base):
    override_category(base.birch, scheme="grade", category="D", by=base.owner, reason="x")
    publish(APRIL, [(base.birch, "A", "A", 1), (base.cedar, "A", "A", 1)], is_tracked=False)
    assert intervals(base.birch)[-2:] == [("D", AS_OF, APRIL_BEFORE, True), ("A", APRIL, None, False)]
    assert grades_in_lists()["Кедр-canary-cedar"] == "A"
