"""Leaving a small random group of regular clients without calls for a while, to learn what calls give."""

import secrets
from datetime import date, timedelta
from random import Random

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ContactVerb
from ..models import HoldOut, HoldOutClient
from ..queries.hold_outs import FEWEST_REGULAR, LARGEST_SHARE, current_hold_out, drawn_of, regular_clients
from ..queries.policy import policy_numbers
from ..rules import can_lead_days


@transaction.atomic
def start_hold_out(
    *,
    reason: str,
    first_day: date,
    by: User,
    share: float | None = None,
    days: int | None = None,
    seed: int | None = None,
) -> HoldOut:
    """Draw the group from clients of a regular rhythm who are held by somebody; it is logged with its seed.

    Raises PermissionDenied unless `by` leads the sellers; UserError without a reason, while a round runs, for a share
    above a fifth, and where there are too few regular clients.
    """
    _require_leader(by)
    numbers = policy_numbers()
    share = float(numbers["hold_out_share"]) if share is None else share
    days = int(numbers["hold_out_days"]) if days is None else days
    if not reason.strip():
        raise UserError(N_("Leaving clients without calls needs a reason."), cure=N_("Write why, in a few words."))
    if not 0 < share <= LARGEST_SHARE or days < 1:
        raise UserError(N_("The group is at most a fifth of the regular clients, for at least a day."))
    if current_hold_out(first_day):
        raise UserError(N_("A group without calls is there already."), cure=N_("Dissolve it first."))
    found = regular_clients()
    regular = list(found.order_by("pk").values_list("pk", flat=True)) if found is not None else []
    if len(regular) < FEWEST_REGULAR:
        raise UserError(
            N_("There are only %(number)s clients of a regular rhythm: a group drawn from them would tell nothing."),
            number=len(regular),
        )
    seed = secrets.randbits(48) if seed is None else seed
    drawn = Random(seed).sample(regular, drawn_of(len(regular), share=share))  # noqa: S311 -- a lottery, no secret
    hold_out = HoldOut.objects.create(
        seed=seed,
        share=share,
        first_day=first_day,
        last_day=first_day + timedelta(days=days - 1),
        reason=reason.strip(),
        started_by=by,
    )
    HoldOutClient.objects.bulk_create(HoldOutClient(hold_out=hold_out, client_id=client_id) for client_id in drawn)
    data = {"seed": seed, "share": share, "days": days, "regular": len(regular), "clients": sorted(drawn)}
    record(ContactVerb.HOLD_OUT_STARTED, target=hold_out, by=by, reason=reason, data=data)
    return hold_out


@transaction.atomic
def stop_hold_out(hold_out: HoldOut, *, by: User, reason: str = "") -> HoldOut:
    """Dissolve the group before its last day; what was measured stays."""
    _require_leader(by)
    hold_out = HoldOut.objects.select_for_update().get(pk=hold_out.pk)
    if hold_out.stopped_at is not None:
        raise UserError(N_("The group without calls was already dissolved."))
    hold_out.stopped_at, hold_out.stopped_by = timezone.now(), by
    hold_out.save(update_fields=["stopped_at", "stopped_by"])
    record(ContactVerb.HOLD_OUT_STOPPED, target=hold_out, by=by, reason=reason)
    return hold_out


def _require_leader(by: User) -> None:
    if not can_lead_days(by):
        raise PermissionDenied
