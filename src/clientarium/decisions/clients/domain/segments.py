"""Saving conditions under a name."""

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_share_segments

from ..choices import ClientVerb
from ..models import Segment
from ..queries.conditions import compile_condition
from ..queries.segments import segments_visible_to
from ..queries.vocabulary import vocabulary_for

NAME_CHARACTERS = 200


@transaction.atomic
def save_segment(
    name: str, *, expression: str, by: User, shared: bool = False, segment: Segment | None = None
) -> Segment:
    """Make a segment, or change `segment`.

    Raises ExpressionError for a condition that cannot be read; UserError: no name, a name that `by` has used, somebody
    else's segment, a shared one by a role that shares nothing.
    """
    name = " ".join(name.split())[:NAME_CHARACTERS]
    if not name:
        raise UserError(N_("A segment needs a name."))
    compile_condition(parse_condition(expression, vocabulary_for(by)))
    if shared and not can_share_segments(by):
        raise UserError(N_("Your role does not share segments."))
    segment = Segment(owner=by) if segment is None else changeable(segment, by=by)
    namesakes = Segment.objects.filter(owner_id=segment.owner_id, name=name).exclude(pk=segment.pk)
    if namesakes.exists():
        raise UserError(N_("A segment “%(name)s” exists already."), name=name)
    before = {"name": segment.name, "expression": segment.expression, "shared": segment.is_shared}
    segment.name, segment.expression, segment.is_shared = name, expression.strip(), shared
    segment.save()
    record(ClientVerb.SEGMENT_SAVED, target=segment, by=by, data={"from": before, "expression": segment.expression})
    return segment


@transaction.atomic
def remove_segment(segment: Segment, *, by: User) -> None:
    """The journal keeps the condition. Raises UserError for somebody else's segment."""
    segment = changeable(segment, by=by)
    data = {"name": segment.name, "expression": segment.expression, "shared": segment.is_shared}
    record(ClientVerb.SEGMENT_REMOVED, target=segment, by=by, data=data)
    segment.delete()


def changeable(segment: Segment, *, by: User) -> Segment:
    """One's own; a shared one also by whoever shares."""
    found = segments_visible_to(by).select_for_update(of=("self",)).get(pk=segment.pk)
    if found.owner_id != by.pk and not (found.is_shared and can_share_segments(by)):
        raise UserError(N_("This segment is somebody else’s."))
    return found
