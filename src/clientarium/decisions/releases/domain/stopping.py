"""The stop list for clients of a release: only those a named person has marked, and back again."""

from collections.abc import Sequence

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import mark_stopped
from clientarium.decisions.people import User

from ..choices import LadderStep
from ..models import Release
from ..queries.lists import members_of
from .deciding import require_deciding, required_reason

MOST_AT_ONCE = 200


@transaction.atomic
def stop_clients(release: Release, client_ids: Sequence[int], *, stopped: bool, reason: str, by: User) -> int:
    """Put the marked clients of the group on the stop list, or take them off; how many were changed.

    Each has his own entry in the journal. Raises UserError: a step that is no stop, nobody marked, no reason.
    """
    require_deciding(by)
    reason = required_reason(reason)
    if stopped and (release.step != LadderStep.STOP or not release.is_open):
        raise UserError(N_("Only a decision to stop, while it is in force, offers the stop list."))
    marked = members_of(release, by=by).filter(client__in=list(client_ids)[:MOST_AT_ONCE])
    clients = [member.client for member in marked.order_by("client_id") if member.client.is_stopped != stopped]
    if not clients:
        raise UserError(N_("Nobody is marked."), cure=N_("Mark the clients in the list."))
    for client in clients:
        mark_stopped(client, stopped=stopped, reason=reason, by=by)
    return len(clients)
