"""Reviews held and due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from clientarium.decisions.contacts import policy_days, working_day
from clientarium.decisions.people import Visitor

from ..choices import DecisionState, Kind
from ..models import Review
from ..rules import can_lead_reviews

PERIODS = {Kind.GRADES: "review_days", Kind.BASE: "strategic_review_days"}
"""The policy's line that says how often each is held."""


@dataclass(frozen=True)
class DueReview:
    """When a review of `kind` is due: `period_days` after the last one was closed. `last` None: none was held yet.

    `open`: one that is under way. `is_near`: within the policy's notice.
    """

    kind: Kind
    period_days: int
    last: Review | None
    open: Review | None
    due_on: date | None
    days_left: int | None
    is_near: bool

    @property
    def is_due(self) -> bool:
        """Its time has run out, or none was ever held; one under way is nobody's debt."""
        return self.open is None and (self.days_left is None or self.days_left <= 0)

    @property
    def days_over(self) -> int:
        return max(-(self.days_left or 0), 0)


def reviews_visible_to(user: Visitor) -> QuerySet[Review]:
    """All reviews, the newest first, for whoever holds them; nothing for others."""
    reviews = Review.objects.select_related("opened_by", "closed_by")
    if not can_lead_reviews(user):
        return reviews.none()
    is_open = Q(decisions__state=DecisionState.OPEN)
    return reviews.annotate(
        decision_count=Count("decisions", distinct=True), open_count=Count("decisions", filter=is_open, distinct=True)
    )


def due_reviews(by: Visitor, *, today: date | None = None) -> list[DueReview]:
    """The quarter's session and the half-year's review, each with how long it has; nothing for who holds none."""
    if not can_lead_reviews(by):
        return []
    day, notice = today or working_day(), policy_days("review_notice_days")
    found = list(Review.objects.all()[:50])
    return [_due(kind, found, day=day, notice=notice) for kind in Kind]


def _due(kind: Kind, found: list[Review], *, day: date, notice: int) -> DueReview:
    standing = next((one for one in found if one.kind == kind and not one.is_closed), None)
    last = next((one for one in found if one.kind == kind and one.is_closed), None)
    period = policy_days(PERIODS[kind])
    due_on = last.closed_on + timedelta(days=period) if last and last.closed_on else None
    left = (due_on - day).days if due_on else None
    return DueReview(kind, period, last, standing, due_on, left, standing is None and (left is None or left <= notice))


def previous_of(review: Review) -> Review | None:
    """The review of the same kind before this one."""
    return Review.objects.filter(kind=review.kind, opened_at__lt=review.opened_at).exclude(pk=review.pk).first()
