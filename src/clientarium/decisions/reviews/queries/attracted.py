"""Who came since it was decided to attract clients like those of a zone."""

from collections.abc import Sequence
from datetime import date

from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import Condition, names_in, parse_condition
from clientarium.core.readings import CameSince, Described, came_since
from clientarium.decisions.clients import ids_seen_by
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.zones import Finding, zone_words

from ..models import Decision

OLD_CLIENTS = frozenset({"tenure_days", "first_purchase_on"})
"""Words by which a zone speaks of how long its clients have been there: nobody new can be in it."""


def attracted(decisions: Sequence[Decision], *, by: User, until: date) -> dict[int, CameSince]:
    """{decision: whom the reader sees of those who came}, of those to attract somebody.

    Nothing of a zone of old clients, and of one whose words are no longer there.
    """
    described = [
        Described(one.pk, condition, one.decided_on)
        for one in decisions
        if one.wanted and one.zone is not None and (condition := description_of(one.zone)) is not None
    ]
    if not described:
        return {}
    return came_since(ledger_base(), described, as_of=until, client_ids=ids_seen_by(by))


def description_of(zone: Finding) -> Condition | None:
    """What a new client of the zone is like; the search's own universe (a year of purchases) is not asked of him."""
    try:
        condition = parse_condition(zone.expression, zone_words())
    except UserError:
        return None
    return None if OLD_CLIENTS & names_in(condition) else condition
