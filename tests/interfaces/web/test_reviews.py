"""Reviews on the screen: who gets in, what a page costs, the meeting, the protocol on paper."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.urls import reverse

from tests.decisions.reviews.conftest import AS_OF, base, home

__all__ = ["base", "home"]

LIST_QUERIES = 11
"""Session, person, the day twice (for what is due, for what is late), reviews for what is due, decisions, their
clients, the names one may see, the reviews held; the snapshot and the last pulse for the frame."""

REVIEW_QUERIES = 12
"""Session, person, the review, decisions with the day, clients and names, the answers, their lines, who of them may be
seen; the frame's own."""


@pytest.fixture
def review(base: Any) -> Any:
    from clientarium.decisions.reviews import open_review

    return open_review("base", by=base.owner, today=AS_OF)


def decide_often(base: Any, review: Any, number: int) -> None:
    from clientarium.decisions.reviews import Wording, decide

    for place in range(number):
        wording = Wording(f"Решение {place}", base.anna, date(2026, 5, 1), None, [base.birch.pk, base.cedar.pk])
        decide(review, wording, by=base.head, question="weaker", today=AS_OF)


def sent(base: Any, review: Any, **values: Any) -> dict[str, Any]:
    return {
        "review": review.pk,
        "question": "weaker",
        "text": "Съездить к директору",
        "owner": base.anna.pk,
        "due_on": "2027-01-15",
        "expected": "120 000",
        "client": [base.cedar.pk],
        **values,
    }


@pytest.mark.parametrize("number", [5, 50])
def test_pages_cost_the_same_with_five_and_with_fifty(
    base: Any, review: Any, signed_in: Any, number: int, django_assert_num_queries: Any
) -> None:
    decide_often(base, review, number)
    browser = signed_in(base.owner)
    for address, queries in ((reverse("reviews"), LIST_QUERIES), (reverse("review", args=[review.pk]), REVIEW_QUERIES)):
        browser.get(address)
        with django_assert_num_queries(queries):
            page = browser.get(address).content.decode()
        assert page.count("Решение ") >= number


def test_a_review_is_played_from_the_first_page_to_the_protocol(base: Any, signed_in: Any) -> None:
    from clientarium.decisions.reviews import Decision, Review

    browser = signed_in(base.head)
    assert "Ещё ни разу не было" in browser.get(reverse("reviews")).content.decode()
    opened = browser.post(reverse("review_open"), {"kind": "base"})
    review = Review.objects.get()
    assert opened.url == reverse("review", args=[review.pk])
    page = browser.get(opened.url).content.decode()
    assert all(one in page for one in ("Кто усилился?", "Где мы переросли формат?", "Берёза", "120 дней без касаний"))
    assert "Это первая ревизия" in browser.get(reverse("review_before", args=[review.pk])).content.decode()
    note = reverse("review_note", args=[review.pk, "weaker"])
    assert browser.post(note, {"note": "Ушёл к соседям"}).status_code == 200
    assert browser.post(reverse("review_decision_new"), sent(base, review)).status_code == 302
    decision = Decision.objects.get()
    assert (decision.expected_effect, list(decision.clients.all())) == (120_000, [base.cedar])
    step = browser.get(reverse("review_meeting", args=[review.pk]), {"step": "2"}).content.decode()
    assert all(one in step for one in ("Съездить к директору", "Ушёл к соседям", 'data-arrow="right"'))
    closed = browser.post(reverse("review_close", args=[review.pk]), {"summary": "Двоих поднимаем"})
    page = browser.get(closed.url).content.decode()
    assert all(one in page for one in ("Съездить к директору", "Двоих поднимаем", "Ушёл к соседям"))
    again = browser.post(reverse("review_close", args=[review.pk]), {"summary": "Ещё раз"}, follow=True)
    assert "Эта ревизия уже закрыта" in again.content.decode()


def test_the_protocol_holds_every_decision_on_paper_and_in_a_file(base: Any, review: Any, signed_in: Any) -> None:
    decide_often(base, review, 12)
    browser = signed_in(base.owner)
    paper = browser.get(reverse("review_protocol_pdf", args=[review.pk]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    file = browser.get(reverse("review_protocol_docx", args=[review.pk]))
    opened = docx.Document(BytesIO(file.content))
    cells = {cell.text for table in opened.tables for row in table.rows for cell in row.cells}
    assert {f"Решение {place}" for place in range(12)} <= cells
    assert {"Берёза", base.cedar.name} <= cells
    page = browser.get(reverse("review_protocol", args=[review.pk])).content.decode()
    assert all(f"Решение {place}" in page for place in range(12))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"owner": ""}, "Обязательное поле"),
        ({"due_on": "2020-01-01"}, "Этот день уже прошёл"),
        ({"expected": "много"}, "Напишите"),
        ({"client": ["999999999"]}, "Одного из клиентов"),
        ({"text": ""}, "Обязательное поле"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_written(
    base: Any, review: Any, signed_in: Any, values: dict[str, Any], words: str
) -> None:
    answer = signed_in(base.head).post(reverse("review_decision_new"), sent(base, review, **values))
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert ("Съездить к директору" in page) is ("text" not in values)


def test_a_seller_has_his_own_decisions_and_no_others(base: Any, review: Any, signed_in: Any) -> None:
    from clientarium.decisions.reviews import Decision

    decide_often(base, review, 1)
    decision = Decision.objects.get()
    anna, boris = signed_in(base.anna), signed_in(base.boris)
    mine = anna.get(reverse("my_decisions")).content.decode()
    assert ("Решение 0" in mine, "Берёза" in mine, "canary" in mine) == (True, True, False)
    assert "Решение 0" not in boris.get(reverse("my_decisions")).content.decode()
    assert boris.post(reverse("review_decision_end", args=[decision.pk]), {"state": "done"}).status_code == 404
    for name in ("review", "review_protocol", "review_protocol_pdf", "review_meeting"):
        assert anna.get(reverse(name, args=[review.pk])).status_code == 403
    ended = anna.post(
        reverse("review_decision_end", args=[decision.pk]), {"state": "done", "outcome": "Съездила", "back": "mine"}
    )
    assert ended.url == reverse("my_decisions")
    assert Decision.objects.get().outcome == "Съездила"


def test_a_session_confirms_and_overrides_with_reason_and_expiry(base: Any, signed_in: Any) -> None:
    from clientarium.decisions.grades import CategoryInterval, Proposal
    from clientarium.decisions.reviews import Doubt, Review

    values = {"margin_12m": "1000", "orders_12m": 5}
    for client, money in ((base.birch, 1000), (base.cedar, 9000)):
        Proposal.objects.create(
            client=client, scheme="grade", from_category="C", to_category="D", as_of=AS_OF, money=money,
            why={"values": values},
        )  # fmt: skip
    browser = signed_in(base.head)
    browser.post(reverse("review_open"), {"kind": "grades"})
    review = Review.objects.get()
    assert review.facts == {"waiting": 2, "money": "10000.0000"} or review.facts["waiting"] == 2
    near, far = Proposal.objects.get(client=base.birch), Proposal.objects.get(client=base.cedar)
    Doubt.objects.bulk_create(
        Doubt(review=review, proposal=one, distance=distance) for one, distance in ((near, 0.01), (far, 0.4))
    )
    address = reverse("review_session", args=[review.pk])
    by_money, by_doubt = (browser.get(address, {"sort": sort}).content.decode() for sort in ("money", "doubt"))
    assert by_money.index(base.cedar.name) < by_money.index("Берёза")
    assert by_doubt.index("Берёза") < by_doubt.index(base.cedar.name)
    override = reverse("review_session_override", args=[review.pk, near.pk])
    assert browser.post(override, {"category": "B", "reason": ""}).status_code == 422
    browser.post(override, {"category": "B", "reason": "новый завод", "expires_on": "2026-05-01"})
    browser.post(reverse("review_session_confirm", args=[review.pk]), {"all": "1"})
    standing = set(CategoryInterval.objects.values_list("client__name", "category", "is_override", "reason"))
    assert standing == {("Берёза", "B", True, "новый завод"), (base.cedar.name, "D", False, "")}
    page = browser.get(address).content.decode()
    assert "новый завод" in page  # the exception runs out within the quarter
    browser.post(reverse("review_close", args=[review.pk]), {"summary": ""})
    assert Review.objects.get().facts["confirmed"] == 1
    protocol = browser.get(reverse("review_protocol", args=[review.pk])).content.decode()
    assert "Подтвердили: 1; решили иначе: 1" in protocol


def test_what_is_not_there_is_404(base: Any, review: Any, signed_in: Any) -> None:
    browser = signed_in(base.owner)
    for address in (
        reverse("review", args=[999_999]),
        reverse("review_session", args=[review.pk]),  # of another kind
        reverse("review_rest", args=[review.pk, "nothing"]),
        reverse("review_decision", args=[999_999]),
    ):
        assert browser.get(address).status_code == 404, address


def test_before_the_first_count_nothing_is_begun(home: Any, cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    assert "Ещё ничего не посчитано" in browser.get(reverse("reviews")).content.decode()
    told = browser.post(reverse("review_open"), {"kind": "base"}, follow=True).content.decode()
    assert "Сначала посчитайте базу" in told


def test_the_pulse_reminds(base: Any, signed_in: Any) -> None:
    page = signed_in(base.head).get(reverse("pulse_decisions")).content.decode()
    assert all(one in page for one in ("Пересмотр категорий", "Ревизия базы", "Ещё ни разу не было"))
