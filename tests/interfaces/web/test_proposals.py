"""The queue of proposals: what stands in it, for whom, and what a decision does."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clientarium.decisions.grades import CategoryInterval, Proposal
from clientarium.decisions.journal import Entry
from tests.cast import make_client
from tests.decisions.grades.published import grades_in_lists, proposals, publish
from tests.interfaces.web.small_scheme import small_definitions

AS_OF = date(2026, 3, 31)
QUERIES_OF_THE_PAGE = 10


@pytest.fixture
def definitions(settings: Any, tmp_path: Path) -> None:
    settings.CLIENTARIUM_DEFINITIONS = small_definitions(tmp_path / "definitions")


@pytest.fixture
def base(cast: Any, transactional_db: Any, definitions: None) -> Any:
    """Birch B→A with 900 at stake, Cedar C→B with 100, Dill D as the rule says."""
    publish(AS_OF, [(cast.birch, "B", "A", 900), (cast.cedar, "C", "B", 100), (cast.dill, "D", "D", None)])
    return cast


def queue(answer: Any) -> list[tuple[str, str | None, str | None, Any]]:
    """(client, from, to, money) of the rows of the page."""
    rows = [(row["proposal"], row["before"].code, row["after"].code) for row in answer.context["rows"]]
    return [(proposal.client.name, before, after, proposal.money) for proposal, before, after in rows]


def key_of(client: Any) -> int:
    return Proposal.objects.get(client=client).pk


def test_queue_stands_by_money(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.head).get(reverse("proposals"))
    assert queue(answer) == [("Берёза", "B", "A", 900), ("Кедр-canary-cedar", "C", "B", 100)]
    assert (answer.context["count"], answer.context["money"]) == (2, 1000)


def test_seller_reads_his_own_and_decides_nothing(base: Any, signed_in: Any) -> None:
    browser = signed_in(base.anna)
    answer = browser.get(reverse("proposals"))
    assert (queue(answer), answer.context["decides"]) == ([("Берёза", "B", "A", 900)], False)
    assert "canary" not in answer.content.decode()
    assert browser.post(reverse("confirm_proposals"), {"only": key_of(base.birch)}).status_code == 403


def test_support_sees_neither_money_nor_reasons(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.support).get(reverse("proposals"))
    assert [row["reason"] for row in answer.context["rows"]] == [None, None]
    assert "900" not in answer.content.decode().split("<main", 1)[1]


@pytest.mark.parametrize(
    ("filter", "names"),
    [
        ({"scheme": "grade"}, ["Берёза", "Кедр-canary-cedar"]),
        ({"scheme": "layer"}, []),
        ({"scheme": "grade", "move": "C>B"}, ["Кедр-canary-cedar"]),
        ({"move": "none>B"}, []),
        ({"seller": "nobody"}, []),
        ({"seller": "none"}, []),
        ({"page": "99999999999999999999"}, ["Берёза", "Кедр-canary-cedar"]),
    ],
)
def test_filters_of_the_address(filter: dict[str, str], names: list[str], base: Any, signed_in: Any) -> None:
    answer = signed_in(base.head).get(reverse("proposals"), filter)
    assert [row[0] for row in queue(answer)] == names


def test_filter_of_a_seller(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.head).get(reverse("proposals"), {"seller": base.boris_sells.pk})
    assert [row[0] for row in queue(answer)] == ["Кедр-canary-cedar"]


def test_one_row_is_confirmed_though_others_are_marked(base: Any, signed_in: Any) -> None:
    sent = {"only": key_of(base.cedar), "proposal": [key_of(base.birch)], "scheme": "grade"}
    answer = signed_in(base.head).post(reverse("confirm_proposals"), sent)
    assert answer["Location"] == "/categories/proposals/?scheme=grade"
    assert proposals() == [("Берёза", "B", "A", "waiting"), ("Кедр-canary-cedar", "C", "B", "confirmed")]
    assert grades_in_lists() == {"Берёза": "B", "Кедр-canary-cedar": "B", "Укроп-canary-dill": "D"}


def test_all_of_the_filter_are_confirmed_with_one_entry(base: Any, signed_in: Any) -> None:
    signed_in(base.head).post(reverse("confirm_proposals"), {"all": "2", "reason": "квартал"})
    assert grades_in_lists() == {"Берёза": "A", "Кедр-canary-cedar": "B", "Укроп-canary-dill": "D"}
    entry = Entry.objects.get(verb="proposals_confirmed")
    assert (entry.by, entry.reason, entry.data["proposals"]) == (base.head, "квартал", 2)


def test_all_of_a_filter_that_has_changed_is_refused(base: Any, signed_in: Any) -> None:
    signed_in(base.head).post(reverse("confirm_proposals"), {"all": "1"})
    assert [row[3] for row in proposals()] == ["waiting", "waiting"]


def test_marked_are_dismissed(base: Any, signed_in: Any) -> None:
    signed_in(base.owner).post(reverse("dismiss_proposals"), {"proposal": [key_of(base.birch)]})
    assert [row[3] for row in proposals()] == ["dismissed", "waiting"]


def test_nothing_marked_decides_nothing(base: Any, signed_in: Any) -> None:
    signed_in(base.owner).post(reverse("confirm_proposals"), {})
    assert [row[3] for row in proposals()] == ["waiting", "waiting"]


def test_confirmation_is_undone_exactly(base: Any, signed_in: Any) -> None:
    browser = signed_in(base.head)
    browser.post(reverse("confirm_proposals"), {"all": "2"})
    entry = Entry.objects.get(verb="proposals_confirmed")
    page = browser.get(reverse("proposals")).content.decode()
    assert (f'id="undo-{entry.pk}"' in page, f'form="undo-{entry.pk}"' in page) == (True, True)
    browser.post(reverse("undo_decision", args=[entry.pk]))
    assert grades_in_lists() == {"Берёза": "B", "Кедр-canary-cedar": "C", "Укроп-canary-dill": "D"}
    assert [row[3] for row in proposals()] == ["waiting", "waiting"]


def test_only_decisions_about_categories_are_undone_here(base: Any, signed_in: Any) -> None:
    other = Entry.objects.exclude(verb__in=["proposals_confirmed"]).first()
    assert other is not None
    assert signed_in(base.head).post(reverse("undo_decision", args=[other.pk])).status_code == 404


def test_deciding_otherwise_needs_a_reason_and_keeps_what_was_written(base: Any, signed_in: Any) -> None:
    browser, address = signed_in(base.head), reverse("override_proposal", args=[key_of(base.birch)])
    answer = browser.post(address, {"category": "C", "reason": " ", "expires_on": "2027-01-01"})
    context = answer.context
    assert (answer.status_code, context["chosen"], context["expires_on"]) == (422, "C", "2027-01-01")
    assert [row[3] for row in proposals()] == ["waiting", "waiting"]


def test_deciding_otherwise_until_a_day(base: Any, signed_in: Any) -> None:
    sent = {"category": "C", "reason": "меняет владельца", "expires_on": "2027-01-01", "scheme": "grade"}
    address = reverse("override_proposal", args=[key_of(base.birch)])
    answer = signed_in(base.head).post(address, sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/categories/proposals/?scheme=grade")
    interval = CategoryInterval.objects.get(client=base.birch, scheme="grade", last_day__isnull=True)
    assert (interval.category, interval.reason, interval.expires_on, interval.is_override) == (
        "C", "меняет владельца", date(2027, 1, 1), True,
    )  # fmt: skip


def test_a_day_that_is_none_is_refused(base: Any, signed_in: Any) -> None:
    address = reverse("override_proposal", args=[key_of(base.birch)])
    sent = {"category": "C", "reason": "так", "expires_on": "2027-02-31"}
    assert signed_in(base.head).post(address, sent).status_code == 422


def test_empty_queue_says_so(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).get(reverse("proposals"))
    assert (answer.status_code, answer.context["rows"], "circle-check" in answer.content.decode()) == (200, [], True)


@pytest.mark.parametrize("item_count", [1, 3])
def test_queries_do_not_grow_with_rows(
    item_count: int, cast: Any, transactional_db: Any, definitions: None, signed_in: Any
) -> None:
    clients = [make_client(f"Клиент {number}", holder=cast.anna_sells) for number in range(item_count)]
    publish(AS_OF, [(client, "B", "A", 100) for client in clients])
    browser = signed_in(cast.head)
    browser.get(reverse("proposals"))
    with CaptureQueriesContext(connection) as counted:
        answer = browser.get(reverse("proposals"))
    assert (len(answer.context["rows"]), len(counted)) == (item_count, QUERIES_OF_THE_PAGE)
