"""A person's own choice of a category, with its reason and, if wanted, its last day."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import User

from ..choices import GradeVerb, ProposalState
from ..models import CategoryInterval, Proposal
from ..queries import category_in_force
from .intervals import close_intervals
from .permission import require_confirming
from .schemes import require_category
from .state import categories_in_state, day_of_state, put_category_into_state


@transaction.atomic
def override_category(
    client: Client, *, scheme: str, category: str, by: User, reason: str, expires_on: date | None = None
) -> Entry:
    """Put `client` into `category` from the day of the published snapshot; the rule's own answer is kept beside it.

    Raises UserError without a reason, for an unknown category, for an expiry before that day, and when he already
    stands there by a person's decision with the same expiry. Raises Client.DoesNotExist if `by` may not see him.
    """
    require_confirming(by)
    client = clients_visible_to(by).get(pk=client.pk)
    current = category_in_force(client, scheme=scheme)
    first_day = max(day_of_state(), current.first_day) if current else day_of_state()
    _check(scheme=scheme, category=category, reason=reason, expires_on=expires_on, first_day=first_day)
    if current and (current.category, current.is_decision, current.expires_on) == (category, True, expires_on):
        raise UserError(N_("The client already stands in this category by a person's decision."))
    in_force, computed = categories_in_state(client, scheme=scheme)
    data = {"scheme": scheme, "from": in_force, "to": category, "rule": computed}
    entry: Entry = record(GradeVerb.CATEGORY_OVERRIDDEN, target=client, by=by, reason=reason, data=data)
    waiting = Proposal.objects.filter(client=client, scheme=scheme, state=ProposalState.WAITING)
    waiting.update(state=ProposalState.OVERRIDDEN, decided_by=by, decided_at=timezone.now(), decision=entry)
    close_intervals(CategoryInterval.objects.filter(client=client, scheme=scheme), on=first_day, entry=entry)
    CategoryInterval.objects.create(
        client=client,
        scheme=scheme,
        category=category,
        first_day=first_day,
        decided_by=by,
        is_decision=True,
        is_override=True,
        rule_category=computed,
        reason=reason.strip(),
        expires_on=expires_on,
        opened_by=entry,
    )
    put_category_into_state(client.pk, scheme=scheme, category=category)
    return entry


def _check(*, scheme: str, category: str, reason: str, expires_on: date | None, first_day: date) -> None:
    require_category(scheme, category=category)
    if not reason.strip():
        raise UserError(N_("A decision against the rule needs a reason."), cure=N_("Write why, in a few words."))
    if expires_on and expires_on < first_day:
        raise UserError(
            N_("The decision would end on %(day)s, before it begins."),
            cure=N_("Choose a later day, or none."),
            day=expires_on.strftime("%d.%m.%Y"),
        )
