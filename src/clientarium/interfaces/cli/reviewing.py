"""Reviews for the command line: the same functions as the pages call."""

from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.people import Role, User
from clientarium.decisions.reviews import (
    Kind,
    Question,
    Review,
    answers_read,
    close_review,
    decisions_visible_to,
    lines_of,
    open_review,
    results_of,
    reviews_visible_to,
)


def open_named(*, is_grades: bool, login: str) -> Review:
    """The review opened by that person. Raises UserError as open_review does."""
    return open_review(Kind.GRADES if is_grades else Kind.BASE, by=leader(login))


def close_named(number: int, *, summary: str, login: str) -> Review:
    """The review closed. Raises UserError where it is closed already or unknown."""
    by = leader(login)
    return close_review(review_of(number, by=by), summary=summary, by=by)


def review_document(number: int, *, login: str) -> dict[str, Any]:
    """A review as one document: the answers, the decisions, what came of them."""
    by = leader(login)
    review = review_of(number, by=by)
    decided = list(decisions_visible_to(by).filter(review=review).order_by("pk"))
    return {
        "id": review.pk,
        "kind": review.kind,
        "title": str(review),
        "as_of": review.as_of,
        "since": review.since,
        "ledger_version": review.ledger_version,
        "measure": review.measure,
        "opened_on": review.opened_on,
        "closed_on": review.closed_on,
        "summary": review.summary,
        "facts": review.facts,
        "answers": [
            {
                "question": read.answer.question,
                "title": str(Question(read.answer.question).label),
                "total": read.answer.total,
                "note": read.answer.note,
                "missing": read.answer.missing,
                "clients": [
                    {
                        "client_id": one.client_id,
                        "client": one.line.name,
                        "grade": one.line.grade or None,
                        "money": one.line.money,
                        "facts": one.line.facts,
                    }
                    for one in read.lines
                ],
            }
            for read in answers_read(review, by=by)
        ],
        "decisions": [_decision(line) for line in results_of(lines_of(decided, by=by), by=by)],
    }


def _decision(line: Any) -> dict[str, Any]:
    decision = line.decision
    return {
        "id": decision.pk,
        "question": decision.question or None,
        "text": decision.text,
        "owner": str(decision.owner),
        "owner_has_left": line.is_orphan,
        "due_on": decision.due_on,
        "is_late": line.is_late,
        "expected_effect": decision.expected_effect,
        "clients": [one.name for one in line.clients],
        "state": decision.state,
        "state_title": str(decision.get_state_display()),
        "outcome": decision.outcome or None,
        "money_before": line.around.before if line.around else None,
        "money_after": line.around.after if line.around else None,
        "days_since": line.around.days if line.around else None,
        "is_early": line.is_early,
        "wanted": decision.wanted,
        "came": line.came.clients if line.came else None,
        "money_of_those_who_came": line.came.money if line.came else None,
    }


def review_of(number: int, *, by: User) -> Review:
    """The review of this number; of 0 the newest, one under way first. Raises UserError where there is none."""
    found = reviews_visible_to(by)
    if number:
        review = found.filter(pk=number).first()
    else:
        review = found.filter(closed_at__isnull=True).first() or found.first()
    if review is None:
        raise UserError(
            N_("There is no such review."),
            cure=N_("Open one with “clientarium review open”, or look at the list on the page."),
        )
    return review


def leader(login: str) -> User:
    """Who does it: that owner or head, the first active owner by default."""
    people = User.objects.filter(is_active=True, role__in=(Role.OWNER, Role.HEAD)).order_by("pk")
    found = people.filter(username=login).first() if login else people.filter(role=Role.OWNER).first()
    if found is None:
        raise UserError(
            N_("A review is held by the owner or the head of sales."),
            cure=N_("Name one with --as, or create one with “clientarium users add”."),
        )
    return found
