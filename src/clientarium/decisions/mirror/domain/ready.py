"""Reading everything the pages ask for ahead of them, so that nobody waits for the first look after a count."""

import logging

from clientarium.core.ground import UserError
from clientarium.core.ledger import EngineError
from clientarium.decisions.clients import state_as_of

from ..models import KeptSums
from ..queries.cuts import divisions
from .keeping import content_keys
from .mix import SCHEMES, mix_of
from .outcomes import outcomes_of
from .strength import newcomers_of, strengths_of
from .tickets import year_tickets

log = logging.getLogger(__name__)

READY = "ready"
"""The mark that all of a snapshot has been read, kept beside the answers."""


def read_ahead() -> bool:
    """Read what the published snapshot's pages ask; whether there was anything to read. One query when there was not.

    The worker calls it again and again: the mark is made last, so that a reading broken off begins anew; one that
    failed is left to the pages.
    """
    as_of = state_as_of()
    key = content_keys().get(as_of, "") if as_of is not None else ""
    if as_of is None or not key or KeptSums.objects.filter(question=READY, as_of=as_of, key=key).exists():
        return False
    try:
        _read()
    except (UserError, EngineError, OSError) as error:
        # The pages will ask again and say it in words; the worker has other work.
        log.warning("mirror of %s is not read ahead: %s", as_of, error)
    KeptSums.objects.update_or_create(question=READY, as_of=as_of, defaults={"key": key, "measure": "", "rows": []})
    return True


def _read() -> None:
    for division in divisions():
        strengths_of(division)
        newcomers_of(division)
    for scheme in SCHEMES:
        mix_of(scheme)
    year_tickets()
    outcomes_of()
