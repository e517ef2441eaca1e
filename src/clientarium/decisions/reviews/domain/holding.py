"""Opening a review with its answers, noting what was said, closing it, opening it again."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import clients_visible_to, state_as_of, states_visible_to
from clientarium.decisions.contacts import policy_days, working_day
from clientarium.decisions.grades import proposals_visible_to
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.runs import open_snapshots, published_snapshot

from ..choices import DecisionState, Kind, Question, ReviewVerb
from ..models import Answer, AnswerLine, Review
from ..queries.sessions import decided_between
from ..rules import can_lead_reviews
from .answering import answers
from .doubts import keep_doubts
from .found import Found, Sight, seen_columns

TEXT_CHARACTERS = 10_000
ANSWERS_IN_WORDS = N_("Count the base first: the questions are answered from its figures.")


@transaction.atomic
def open_review(kind: str, *, by: User, today: date | None = None) -> Review:
    """A review of `kind` over the published state; of the base, its five answers are kept as they stand now.

    Raises PermissionDenied, UserError where one is under way or nothing is counted yet.
    """
    require_leading(by)
    if kind not in Kind.values:
        raise UserError(N_("There is no review called “%(word)s”."), word=kind)
    standing = Review.objects.filter(kind=kind, closed_at__isnull=True).first()
    if standing is not None:
        raise _under_way(standing)
    as_of, snapshot = state_as_of(), published_snapshot()
    if as_of is None or snapshot is None:
        raise UserError(N_("Nothing is counted yet."), cure=ANSWERS_IN_WORDS)
    review = Review(
        kind=kind,
        opened_on=working_day(today=today),
        opened_by=by,
        as_of=as_of,
        ledger_version=snapshot.ledger_version,
        measure=_measure(by),
    )
    review.since = _compared_with(review)
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:  # two clicked at once
        raise _under_way(Review.objects.get(kind=kind, closed_at__isnull=True)) from None
    if kind == Kind.BASE:
        _keep_answers(review, by=by)
    else:
        keep_doubts(review, by=by)
        review.facts = _waiting(by)
        review.save(update_fields=["facts"])
    record(ReviewVerb.OPENED, target=review, by=by, data={"kind": kind, "as_of": as_of, "since": review.since})
    return review


@transaction.atomic
def close_review(review: Review, *, summary: str, by: User, today: date | None = None) -> Review:
    """End it with a word on what came out. Raises UserError: closed already, a decision whose owner has left."""
    require_leading(by)
    review = _locked(review)
    if review.is_closed:
        raise UserError(
            N_("This review is closed already, on %(day)s."),
            cure=N_("Open it again if something was forgotten."),
            day=f"{review.closed_on:%d.%m.%Y}",
        )
    orphans = review.decisions.filter(state=DecisionState.OPEN, owner__is_active=False).select_related("owner")
    if orphan := orphans.first():
        raise UserError(
            N_("“%(text)s” has nobody to answer for it: %(owner)s has left."),
            cure=N_("Give the decision to somebody who works here, then close the review."),
            text=orphan.text[:80],
            owner=str(orphan.owner),
        )
    review.summary = text_of(summary)
    review.closed_on = max(working_day(today=today), review.opened_on)
    review.closed_at, review.closed_by = timezone.now(), by
    if review.kind == Kind.GRADES:
        review.facts = {**review.facts, **decided_between(review.opened_at)}
    review.save()
    data = {"kind": review.kind, "decisions": review.decisions.count()}
    record(ReviewVerb.CLOSED, target=review, by=by, reason=review.summary[:500], data=data)
    return review


@transaction.atomic
def reopen_review(review: Review, *, reason: str, by: User) -> Review:
    """Take the closing back. Raises UserError without a reason, or where a later one of its kind was opened."""
    require_leading(by)
    review = _locked(review)
    if not review.is_closed:
        return review
    reason = text_of(reason)
    if not reason:
        raise UserError(N_("Say why the review is opened again."))
    if Review.objects.filter(kind=review.kind, opened_at__gt=review.opened_at).exists():
        raise UserError(
            N_("A later review has begun: this one stays as it was closed."),
            cure=N_("Write the decision down in the later one."),
        )
    data = {"kind": review.kind, "closed_on": review.closed_on}
    review.closed_on = review.closed_at = review.closed_by = None
    review.save(update_fields=["closed_on", "closed_at", "closed_by"])
    record(ReviewVerb.REOPENED, target=review, by=by, reason=reason, data=data)
    return review


@transaction.atomic
def write_note(answer: Answer, text: str, *, by: User, seen_at: str | None = None) -> Answer:
    """What was said on a question. `seen_at`: `changed_at` of what the writer saw.

    Raises UserError where the review is closed or somebody wrote meanwhile.
    """
    require_leading(by)
    require_open(_locked(answer.review))
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if seen_at and seen_at != answer.changed_at.isoformat():
        raise UserError(
            N_("Somebody has written a note here meanwhile."), cure=N_("Look at it, then add your words to it.")
        )
    text = text_of(text)
    if text == answer.note:
        return answer
    answer.note, answer.changed_at = text, timezone.now()
    answer.save(update_fields=["note", "changed_at"])
    record(ReviewVerb.NOTED, target=answer.review, by=by, data={"question": answer.question, "note": text[:500]})
    return answer


def require_leading(by: User) -> None:
    if not can_lead_reviews(by):
        raise PermissionDenied


def require_open(review: Review) -> None:
    """Raises UserError for a closed one: its protocol has gone out."""
    if review.is_closed:
        raise UserError(N_("This review is closed: its protocol stands."), cure=N_("Open it again first."))


def text_of(text: str, *, limit: int = TEXT_CHARACTERS) -> str:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=limit)
    return text


def _locked(review: Review) -> Review:
    found: Review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    return found


def _under_way(standing: Review) -> UserError:
    return UserError(
        N_("A review is under way since %(day)s."),
        cure=N_("Go on with it, or close it first."),
        day=f"{standing.opened_on:%d.%m.%Y}",
    )


def _measure(by: User) -> str:
    columns = seen_columns()
    if not {"margin_12m", "orders_12m"} <= columns:
        return "revenue" if "revenue_12m" in columns else "margin"
    states: Any = states_visible_to(by)
    return "margin" if states.filter(orders_12m__gt=0, margin_12m__isnull=False).exists() else "revenue"


def _compared_with(review: Review) -> date | None:
    """The snapshot of the review before, else the one nearest to its period earlier; None while there is no other."""
    known = [day for day in open_snapshots().dates() if day < review.as_of]
    if not known:
        return None
    before = Review.objects.filter(kind=review.kind, as_of__in=known).first()
    if before is not None:
        return before.as_of
    period = policy_days("review_days" if review.kind == Kind.GRADES else "strategic_review_days")
    return min(known, key=lambda day: abs((review.as_of - day).days - period))


def _waiting(by: User) -> dict[str, Any]:
    waiting = proposals_visible_to(by)
    found: dict[str, Any] = waiting.order_by().aggregate(waiting=Count("pk"), money=Sum("money"))
    return found


def _keep_answers(review: Review, *, by: User) -> None:
    sight = Sight(by, review.as_of, review.since, review.measure, seen_columns())
    for question, found in answers(sight).items():
        answer = Answer.objects.create(review=review, question=question, total=found.total, missing=list(found.missing))
        AnswerLine.objects.bulk_create(_lines(answer, found, sight=sight), batch_size=200)
    assert review.answers.count() == len(Question)


def _lines(answer: Answer, found: Found, *, sight: Sight) -> list[AnswerLine]:
    """Those who are still clients of their own; a card merged meanwhile is left out."""
    ids = [line.client_id for line in found.lines]
    names = dict(clients_visible_to(sight.by).filter(pk__in=ids).values_list("pk", "name"))
    grades = sight.rows(ids, "grade")
    return [
        AnswerLine(
            answer=answer,
            place=place,
            client_id=line.client_id,
            name=names[line.client_id],
            grade=grades.get(line.client_id, {}).get("grade") or "",
            money=line.money,
            facts=dict(line.facts),
        )
        for place, line in enumerate((one for one in found.lines if one.client_id in names), start=1)
    ]
