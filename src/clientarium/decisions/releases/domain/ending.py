"""What happens to a decision afterwards: another owner, its end, taking it back, taking it up again."""

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ReleaseState, ReleaseVerb
from ..models import Release
from ..queries.lists import releases_visible_to
from .deciding import require_deciding, require_working, required_reason


@transaction.atomic
def hand_on(release: Release, *, owner: User, by: User) -> Release:
    """Give it to another owner. Raises UserError for one who does not work here, and once it is over."""
    release = _open(release, by=by)
    require_working(owner)
    before = release.owner
    release.owner = owner
    release.save(update_fields=["owner"])
    record(ReleaseVerb.HANDED_ON, target=release, by=by, data={"from": before.pk, "to": owner.pk})
    return release


@transaction.atomic
def close_release(release: Release, *, outcome: str, by: User) -> Release:
    """It is done; `outcome` says what came of it. Raises UserError without words, and for a second time."""
    return _end(release, ReleaseState.CLOSED, ReleaseVerb.CLOSED, words=outcome, by=by)


@transaction.atomic
def drop_release(release: Release, *, reason: str, by: User) -> Release:
    """It was a mistake; it stands in the list, but counts nowhere. Clients on the stop list stay there."""
    return _end(release, ReleaseState.DROPPED, ReleaseVerb.DROPPED, words=reason, by=by)


@transaction.atomic
def reopen_release(release: Release, *, by: User) -> Release:
    """In force again; the journal keeps what was said at its end."""
    require_deciding(by)
    release = releases_visible_to(by).select_for_update(of=("self",)).get(pk=release.pk)
    if release.is_open:
        raise UserError(N_("This decision is in force already."))
    data = {"state": release.state, "outcome": release.outcome}
    release.state, release.ended_by, release.ended_at, release.outcome = ReleaseState.OPEN, None, None, ""
    release.save(update_fields=["state", "ended_by", "ended_at", "outcome"])
    record(ReleaseVerb.REOPENED, target=release, by=by, data=data)
    return release


def _end(release: Release, state: ReleaseState, verb: ReleaseVerb, *, words: str, by: User) -> Release:
    release = _open(release, by=by)
    words = required_reason(words)
    release.state, release.ended_by, release.ended_at, release.outcome = state, by, timezone.now(), words
    release.save(update_fields=["state", "ended_by", "ended_at", "outcome"])
    record(verb, target=release, by=by, reason=words)
    return release


def _open(release: Release, *, by: User) -> Release:
    require_deciding(by)
    release = releases_visible_to(by).select_for_update(of=("self",)).get(pk=release.pk)
    if not release.is_open:
        raise UserError(N_("This decision is over already."), cure=N_("Take it up again first."))
    return release
