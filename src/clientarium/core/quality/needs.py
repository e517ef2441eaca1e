"""Which fields of a card the rules in force need (DOMAIN 1.3.9)."""

from collections.abc import Iterable

from clientarium.core.categories import Scheme, names_used
from clientarium.core.metrics import CLIENT_FIELDS, Catalogue

ALWAYS_NEEDED = ("seller",)
"""Nobody calls a client whom nobody holds, whatever the rules say."""

ALWAYS_FILLED = frozenset({"created_on", "is_stopped", "has_bad_review"})

OWN_FIELD = "f_"


def fields_needed(schemes: Iterable[Scheme], catalogue: Catalogue) -> tuple[str, ...]:
    """Words of the card that a rule reaches, itself or through a metric: standard fields in their order, then own."""
    used = _reached(schemes, catalogue)
    standard = [field.name for field in CLIENT_FIELDS if field.name not in ALWAYS_FILLED]
    own = sorted(name for name in used if name.startswith(OWN_FIELD))
    return (*(name for name in standard if name in used or name in ALWAYS_NEEDED), *own)


def _reached(schemes: Iterable[Scheme], catalogue: Catalogue) -> set[str]:
    names = {name for scheme in schemes for name in names_used(scheme)}
    metrics = catalogue.with_needs(name for name in names if name in catalogue.metrics)
    return names | metrics | {word for metric in metrics for word in catalogue.needs_of(metric)}
