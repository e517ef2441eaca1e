"""Categories of merged cards: hidden with them, untouched by pulses meanwhile, in force again when taken apart."""

from datetime import date

from clientarium.decisions.clients import merge_clients, unmerge_clients
from clientarium.decisions.grades import override_category, proposals_visible_to, standing_table

from .published import intervals, publish

JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def test_decision_about_a_merged_card_outlives_the_merge(cast):
    publish(JANUARY, [(cast.birch, "B", "B", 900), (cast.cedar, "C", "C", 100)])
    override_category(cast.cedar, scheme="grade", category="A", by=cast.head, reason="перспектива")
    before = intervals(cast.cedar)
    merge = merge_clients(cast.cedar, into=cast.birch, by=cast.head)
    publish(FEBRUARY, [(cast.birch, "B", "B", 1000)])
    assert [row["client_id"] for row in standing_table(FEBRUARY).to_pylist()] == [cast.birch.pk]
    unmerge_clients(merge, by=cast.head)
    assert intervals(cast.cedar) == before
    assert {(row["client_id"], row["category"]) for row in standing_table(MARCH).to_pylist()} == {
        (cast.birch.pk, "B"),
        (cast.cedar.pk, "A"),
    }


def test_proposal_of_a_merged_card_waits_out_of_sight(cast):
    publish(JANUARY, [(cast.birch, "B", "B", 900), (cast.cedar, "C", "B", 100)])
    merge = merge_clients(cast.cedar, into=cast.birch, by=cast.head)
    assert list(proposals_visible_to(cast.head)) == []
    publish(FEBRUARY, [(cast.birch, "B", "B", 1000)])
    unmerge_clients(merge, by=cast.head)
    assert [(one.client, one.to_category) for one in proposals_visible_to(cast.head)] == [(cast.cedar, "B")]
    assert [one.client for one in proposals_visible_to(cast.boris)] == [cast.cedar]
