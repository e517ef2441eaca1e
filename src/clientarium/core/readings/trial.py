"""What would change if a scheme's rules changed: asked of a snapshot, before anything is saved."""

from datetime import date

from clientarium.core.categories import Preview, Scheme, try_scheme
from clientarium.core.readings.seen_base import Base, ClientIds


def preview_scheme(
    base: Base, scheme: Scheme, *, before: Scheme | None, as_of: date, client_ids: ClientIds = None, limit: int = 500
) -> Preview:
    """Who of the clients one may see would move; the medians in the rules are the whole base's, as in the pulse.

    Raises UserError where the snapshot lacks a name the rules use (a metric added after it was made).
    """
    with base.states(None, dates=[as_of]) as seen:
        return try_scheme(seen.engine, scheme, before=before, over="seen_snapshots", limit=limit, client_ids=client_ids)
