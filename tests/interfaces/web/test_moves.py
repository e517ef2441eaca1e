"""Redistributions on the screen: from a draft to applied and back; sheets for the new seller; who sees what."""

from typing import Any

import pytest

from clientarium.decisions.runs import Run, run_now
from tests.decisions.moves.conftest import definitions_home, divided, draft_of, held_by

__all__ = ["definitions_home", "divided"]

pytestmark = pytest.mark.django_db

LIST_QUERIES = 7
"""Session, person, the drafts, whether any is being made, who works, and the frame’s two."""


def shown(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_a_leader_drafts_edits_approves_applies_and_takes_back(divided: Any, signed_in: Any) -> None:
    from clientarium.decisions.moves import Draft
    from clientarium.decisions.moves.domain.making import make_draft

    browser = signed_in(divided.head)
    before = held_by(divided.anna_sells)
    browser.post("/moves/start/", {"ceiling": "4", "title": "Апрель"})
    draft = Draft.objects.get()
    assert "being computed" in shown(browser, f"/moves/{draft.pk}/") or "считается" in shown(
        browser, f"/moves/{draft.pk}/"
    )
    make_draft(draft)
    assert browser.get(f"/moves/{draft.pk}/state/")["HX-Refresh"] == "true"
    page = shown(browser, f"/moves/{draft.pk}/")
    assert "П1" in page and "Анна" in page
    left_out = draft.moves.filter(chosen__isnull=True).select_related("client").first().client
    form = shown(browser, f"/moves/{draft.pk}/clients/{left_out.pk}/")
    assert form.count('name="seller"') == 3  # two sellers and the pool
    browser.post(f"/moves/{draft.pk}/clients/{left_out.pk}/", {"seller": divided.boris_sells.pk, "reason": "просил"})
    browser.post(f"/moves/{draft.pk}/approve/", {})
    draft.refresh_from_db()
    assert draft.state == "ready"  # above the ceiling: refused in words
    browser.post(f"/moves/{draft.pk}/clients/{left_out.pk}/back/")
    for action, state in (("approve", "approved"), ("apply", "applied"), ("undo", "undone")):
        browser.post(f"/moves/{draft.pk}/{action}/", {"reason": "потолок"})
        draft.refresh_from_db()
        assert draft.state == state
    assert held_by(divided.anna_sells) == before


def test_the_page_says_what_has_changed_since(divided: Any, signed_in: Any) -> None:
    from django.utils import timezone

    from clientarium.decisions.clients import transfer_client

    draft = draft_of(divided.head, ceiling=4)
    transfer_client(
        divided.clients["А1"], to=divided.boris_sells, on=timezone.localdate(), reason="сам", by=divided.head
    )
    page = shown(signed_in(divided.head), f"/moves/{draft.pk}/")
    assert "А1" in page and 'data-opens="approve"' not in page


def test_drafts_are_compared_seller_by_seller(divided: Any, signed_in: Any) -> None:
    one, other = draft_of(divided.head, ceiling=4), draft_of(divided.head, ceiling=2)
    browser = signed_in(divided.owner)
    page = shown(browser, f"/moves/compare/?draft={one.pk}&draft={other.pk}")
    assert page.count("Борис") == 1 and f"№ {one.pk}" in page and f"№ {other.pk}" in page
    assert browser.get(f"/moves/compare/?draft={one.pk}").status_code == 302


@pytest.mark.parametrize("ceiling", [4, 1])
def test_a_draft_costs_the_same_however_many_move(
    divided: Any, signed_in: Any, django_assert_num_queries: Any, ceiling: int
) -> None:
    draft = draft_of(divided.head, ceiling=ceiling)
    browser = signed_in(divided.head)
    shown(browser, f"/moves/{draft.pk}/")
    with django_assert_num_queries(DRAFT_QUERIES):
        page = shown(browser, f"/moves/{draft.pk}/")
    assert page.count('id="move-') == draft.moves.count()


DRAFT_QUERIES = 16
"""Session, person, the draft, moves by who gets and who gives, portfolios, how many move, the moves of the page; what
has changed since (new holdings, movers held by others, merged ones, who works and by what day), and the frame’s two."""


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_many_drafts(
    divided: Any, signed_in: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        draft_of(divided.head, ceiling=4)
    browser = signed_in(divided.head)
    shown(browser, "/moves/")
    with django_assert_num_queries(LIST_QUERIES):
        shown(browser, "/moves/")


def test_a_seller_reads_sheets_of_his_own_clients_only(divided: Any, signed_in: Any) -> None:
    from clientarium.decisions.clients import add_note

    add_note(divided.clients["А1"], text="Платит после двадцатого", by=divided.head)
    sheet = shown(signed_in(divided.anna), f"/handover/{divided.clients['А1'].pk}/")
    assert "Платит после двадцатого" in sheet
    assert signed_in(divided.boris).get(f"/handover/{divided.clients['А1'].pk}/").status_code == 404
    assert signed_in(divided.anna).get("/moves/").status_code == 403


def test_money_stands_on_no_sheet_of_who_sees_none(divided: Any, signed_in: Any) -> None:
    client = divided.clients["А1"]
    assert "90" in shown(signed_in(divided.head), f"/handover/{client.pk}/")
    assert "90 000" not in shown(signed_in(divided.support), f"/handover/{client.pk}/").replace("\u202f", " ")


def test_clients_handed_over_stand_in_the_list_of_sheets(divided: Any, signed_in: Any) -> None:
    from clientarium.decisions.moves import apply_draft, approve_draft, edit_move

    draft = draft_of(divided.head, ceiling=20)
    edit_move(draft, divided.clients["А1"], divided.boris_sells, by=divided.head)
    apply_draft(approve_draft(draft, by=divided.head), by=divided.head)
    assert f"/handover/{divided.clients['А1'].pk}/" in shown(signed_in(divided.boris), "/handover/")
    assert f"/handover/{divided.clients['А1'].pk}/" not in shown(signed_in(divided.anna), "/handover/")


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_a_draft_and_says_why_it_cannot(definitions_home: Any, cast: Any, signed_in: Any) -> None:
    from clientarium.core.ground import UserError
    from clientarium.decisions.moves import Draft

    browser = signed_in(cast.head)
    browser.post("/moves/start/", {})
    draft = Draft.objects.get()
    with pytest.raises(UserError):
        run_now(Run.objects.get(pk=draft.run_id))
    draft.refresh_from_db()
    assert draft.state == "failed"
    assert 'role="alert"' in shown(browser, f"/moves/{draft.pk}/")
