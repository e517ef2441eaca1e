"""A zone becomes a segment: saved under a name, current ever after."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Segment, save_segment
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_share_segments

from ..choices import ZonesVerb
from ..models import Finding
from ..queries.searches import condition_of
from ..rules import can_see_zones


@transaction.atomic
def save_zone(finding: Finding, *, name: str, by: User) -> Segment:
    """A segment of the zone's condition, shared where `by` may share.

    Raises PermissionDenied; UserError: saved already, a name that is taken or missing, a word that is gone.
    """
    if not can_see_zones(by):
        raise PermissionDenied
    finding = Finding.objects.select_for_update(of=("self",)).select_related("search", "segment").get(pk=finding.pk)
    if finding.segment is not None:
        raise UserError(N_("This zone is the segment “%(name)s” already."), name=finding.segment.name)
    expression = condition_of(finding)
    segment = save_segment(name, expression=expression, by=by, shared=can_share_segments(by))
    finding.segment = segment
    finding.save(update_fields=["segment"])
    record(ZonesVerb.ZONE_SAVED, target=finding, by=by, data={"segment": segment.pk, "expression": expression})
    return segment
