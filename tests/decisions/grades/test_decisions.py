"""A person confirms, overrules, dismisses, and takes it back; the lists agree at once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.grades import (
    CategoryInterval,
    Proposal,
    confirm_proposals,
    decided_since,
    dismiss_proposals,
    history_of,
    override_category,
    proposals_visible_to,
    standing_table,
    undo_decision,
)
from clientarium.decisions.journal import Entry
from tests.decisions.grades.conftest import AS_OF
from tests.decisions.grades.published import grades_in_lists, intervals, proposals, publish

DAY_BEFORE = date(2026, 3, 30)
APRIL = date(2026, 4, 30)
BIRCH, CEDAR, DILL = "Берёза", "Кедр-canary-cedar", "Укроп-canary-dill"


def everything():
    """All a decision may touch."""
    return (
        list(
            CategoryInterval.objects.order_by("pk").values_list("client", "category", "first_day", "last_day", "reason")
        ),
        list(Proposal.objects.order_by("pk").values_list("client", "to_category", "state", "decided_by", "decided_at")),
        grades_in_lists(),
    )


def test_pulse_opens_intervals_and_proposes(base):
    assert intervals(base.birch) == [("B", AS_OF, None, False)]
    assert proposals() == [(BIRCH, "B", "A", "waiting"), (CEDAR, "C", "B", "waiting")]
    waiting = proposals_visible_to(base.owner)
    assert [(p.client.name, p.money, p.why) for p in waiting] == [
        (BIRCH, 900, {"values": {"orders_12m": 3}}),
        (CEDAR, 100, {"values": {"orders_12m": 3}}),
    ]


def test_proposals_are_seen_by_whoever_sees_the_client(base):
    seen = {user.username: [p.client.name for p in proposals_visible_to(user)] for user in base.users}
    everybody = [BIRCH, CEDAR]
    assert seen == {
        "olga": everybody, "hugo": everybody, "mila": everybody, "sam": everybody, "ada": everybody,
        "anna": [BIRCH], "boris": [CEDAR], "nemo": [],
    }  # fmt: skip


def test_confirm_puts_all_in_force_at_once(base):
    entry = confirm_proposals(proposals_visible_to(base.head), by=base.head, reason="quarter")
    assert grades_in_lists() == {BIRCH: "A", CEDAR: "B", DILL: "D"}
    assert intervals(base.birch) == [("B", AS_OF, DAY_BEFORE, False), ("A", AS_OF, None, True)]
    assert proposals() == [(BIRCH, "B", "A", "confirmed"), (CEDAR, "C", "B", "confirmed")]
    assert (entry.verb, entry.by, entry.reason, entry.data) == (
        "proposals_confirmed", base.head, "quarter", {"proposals": 2, "schemes": ["grade"]},
    )  # fmt: skip
    assert [(i.category, i.decided_by, i.reason) for i in history_of(base.birch)] == [("A", base.head, "quarter")]


def test_decisions_since_a_moment_are_known_until_taken_back(base):
    moment = timezone.now()
    assert decided_since(moment, scheme="grade").to_pylist() == []
    entry = confirm_proposals([Proposal.objects.get(client=base.birch).pk], by=base.head)
    assert decided_since(moment, scheme="grade").to_pylist() == [{"client_id": base.birch.pk, "category": "A"}]
    assert decided_since(timezone.now(), scheme="grade").to_pylist() == []
    undo_decision(entry, by=base.head)
    assert decided_since(moment, scheme="grade").to_pylist() == []


def test_confirm_of_one_speaks_of_the_client_in_the_journal(base):
    only = Proposal.objects.get(client=base.birch)
    entry = confirm_proposals([only.pk], by=base.head)
    assert (entry.target_kind, entry.target_id) == ("clients.client", str(base.birch.pk))
    assert grades_in_lists() == {BIRCH: "A", CEDAR: "C", DILL: "D"}


def test_confirm_twice_says_that_nothing_waits(base):
    keys = list(Proposal.objects.values_list("pk", flat=True))
    confirm_proposals(keys, by=base.head)
    with pytest.raises(UserError, match="Nothing here waits"):
        confirm_proposals(keys, by=base.owner)


@pytest.mark.parametrize("who", ["anna", "marketer", "support", "administrator", "nobody"])
def test_decisions_are_for_owner_and_head(base, who):
    user, before = getattr(base, who), everything()
    with pytest.raises(PermissionDenied):
        confirm_proposals(Proposal.objects.all(), by=user)
    with pytest.raises(PermissionDenied):
        dismiss_proposals(Proposal.objects.all(), by=user)
    with pytest.raises(PermissionDenied):
        override_category(base.birch, scheme="grade", category="A", by=user, reason="because")
    assert everything() == before
    assert not Entry.objects.filter(verb__startswith="proposals_").exists()


def test_override_keeps_the_rule_beside_the_decision(base):
    entry = override_category(
        base.birch, scheme="grade", category="C", by=base.owner, reason="pays late", expires_on=date(2026, 6, 30)
    )
    assert grades_in_lists()[BIRCH] == "C"
    made = CategoryInterval.objects.get(client=base.birch, last_day__isnull=True)
    assert (made.category, made.rule_category, made.is_override, made.reason, made.expires_on) == (
        "C", "A", True, "pays late", date(2026, 6, 30),
    )  # fmt: skip
    assert proposals()[0] == (BIRCH, "B", "A", "overridden")
    assert entry.data == {"scheme": "grade", "from": "B", "to": "C", "rule": "A"}


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"category": "Z", "reason": "x"}, "has no category “Z”"),
        ({"category": "C", "reason": "  "}, "needs a reason"),
        ({"category": "C", "reason": "x", "expires_on": date(2026, 3, 30)}, "before it begins"),
        ({"category": "C", "reason": "x", "scheme": "abc_margin"}, "decides by itself"),
    ],
)
def test_override_refuses_what_makes_no_sense(base, wishes, words):
    before = everything()
    with pytest.raises(UserError, match=words):
        override_category(base.birch, **{"scheme": "grade", "by": base.owner} | wishes)
    assert everything() == before


def test_override_of_a_client_nobody_may_see_is_not_found(base):
    Client.objects.filter(pk=base.dill.pk).delete()
    with pytest.raises(Client.DoesNotExist):
        override_category(base.dill, scheme="grade", category="C", by=base.owner, reason="x")


def test_undo_restores_exactly(base):
    before = everything()
    entry = confirm_proposals(Proposal.objects.all(), by=base.head)
    undoing = undo_decision(entry, by=base.owner, reason="wrong sheet")
    assert everything() == before
    assert (undoing.undoes, undoing.by, undoing.reason) == (entry, base.owner, "wrong sheet")
    again = override_category(base.birch, scheme="grade", category="D", by=base.owner, reason="x")
    undo_decision(again, by=base.owner)
    assert everything() == before
    last = dismiss_proposals(Proposal.objects.all(), by=base.owner)
    undo_decision(last, by=base.owner)
    assert everything() == before


def test_undo_goes_backwards_only_and_once(base):
    first = confirm_proposals(Proposal.objects.filter(client=base.birch), by=base.head)
    second = override_category(base.birch, scheme="grade", category="C", by=base.owner, reason="x")
    with pytest.raises(UserError, match="graded again later"):
        undo_decision(first, by=base.owner)
    undo_decision(second, by=base.owner)
    undo_decision(first, by=base.owner)
    with pytest.raises(UserError, match="already undone"):
        undo_decision(first, by=base.owner)
    assert grades_in_lists()[BIRCH] == "B"


def test_dismissed_is_not_proposed_again_until_the_rule_says_something_else(base):
    dismiss_proposals(Proposal.objects.filter(client=base.birch), by=base.head, reason="one big order")
    publish(APRIL, [(base.birch, "B", "A", 900), (base.cedar, "C", "C", 100), (base.dill, "D", "D", 0)])
    assert list(proposals_visible_to(base.owner)) == []
    publish(date(2026, 5, 31), [(base.birch, "B", "B", 900)])
    publish(date(2026, 6, 30), [(base.birch, "B", "A", 900)])
    assert [p.to_category for p in proposals_visible_to(base.owner)] == ["A"]


def test_overridden_is_not_proposed_again_while_the_rule_says_the_same(base):
    override_category(base.birch, scheme="grade", category="C", by=base.owner, reason="x")
    publish(APRIL, [(base.birch, "C", "A", 900)])
    assert list(proposals_visible_to(base.owner)) == []
    publish(date(2026, 5, 31), [(base.birch, "C", "B", 900)])
    assert [(p.from_category, p.to_category) for p in proposals_visible_to(base.owner)] == [("C", "B")]


def test_standing_counts_a_rule_from_the_next_day_and_a_person_at_once(base):
    assert standing_table(AS_OF).to_pylist() == []
    confirm_proposals(Proposal.objects.filter(client=base.birch), by=base.head)
    rows = [tuple(row.values()) for row in standing_table(AS_OF).to_pylist()]
    assert rows == [(base.birch.pk, "grade", "A", AS_OF, True, None)]
    next_day = [tuple(row.values()) for row in standing_table(date(2026, 4, 1)).to_pylist()]
    assert next_day == [
        (base.birch.pk, "grade", "A", AS_OF, True, None),
        (base.cedar.pk, "grade", "C", AS_OF, False, None),
        (base.dill.pk, "grade", "D", AS_OF, False, None),
    ]


def test_confirmed_as_outside_the_scheme_stands_nowhere_when_the_day_is_computed_again(base):
    publish(APRIL, [(base.birch, "B", None, 0)])
    confirm_proposals(Proposal.objects.filter(client=base.birch, state="waiting"), by=base.head)
    stand = {row["client_id"] for row in standing_table(APRIL).to_pylist()}
    assert stand == {base.cedar.pk, base.dill.pk}


def test_one_interval_is_open_per_client_and_scheme(base):
    with pytest.raises(IntegrityError), transaction.atomic():
        CategoryInterval.objects.create(client=base.birch, scheme="grade", category="A", first_day=APRIL)
