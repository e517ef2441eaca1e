"""Saved conditions: whose they are, and who is in them now."""

from django.db.models import Case, Q, QuerySet, When

from clientarium.core.ground.expressions import Condition, parse_condition
from clientarium.decisions.people import User

from ..models import Segment, StateColumns
from .conditions import compile_condition
from .visibility import states_visible_to
from .vocabulary import vocabulary_for


def segments_visible_to(user: User) -> QuerySet[Segment]:
    """One's own segments and the shared ones; none for the dismissed."""
    segments = Segment.objects.select_related("owner")
    return segments.filter(Q(owner=user) | Q(is_shared=True)) if user.is_active else segments.none()


def find_segment(user: User, name: str) -> Segment | None:
    """The segment of that name that `user` sees; his own before a shared one."""
    return segments_visible_to(user).filter(name=name).order_by(Case(When(owner=user, then=0), default=1), "pk").first()


def segment_condition(segment: Segment, *, user: User) -> Condition:
    """Read with the words `user` may use; raises ExpressionError where a word is gone or hidden from him."""
    return parse_condition(segment.expression, vocabulary_for(user))


def states_in_segment(segment: Segment, *, user: User) -> QuerySet[StateColumns]:
    """Who is in it now, among those `user` sees."""
    return states_visible_to(user).filter(compile_condition(segment_condition(segment, user=user)))
