"""The company's rules and ceilings the day leans on, and its ledger for past contacts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from clientarium.core.categories import Schemes
from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.pipeline import Definitions, load_definitions
from clientarium.core.readings import Base
from clientarium.core.strategy import CallRules, Ceiling, rules_from
from clientarium.decisions.clients import aliases_table, custom_field_names

from .policy import policy_numbers

SOURCE = "clientarium"
"""The ledger's name for touches recorded here."""


def definitions() -> Definitions:
    """As they stand in the home; raises UserError with file and line."""
    return load_definitions(Path(settings.CLIENTARIUM_DEFINITIONS), custom_field_names())


def current_rules() -> CallRules:
    return rules_from(policy_numbers())


def ceilings_of(row: Mapping[str, Any], schemes: Iterable[Any] | Schemes) -> tuple[Ceiling, ...]:
    """The ceilings of every category the client stands in; `row` holds schemes by name."""
    found = []
    for scheme in schemes:
        category = scheme.category(row.get(scheme.name) or "")
        if category and category.play.max_touches:
            found.append(Ceiling(category.play.max_touches.count, category.play.max_touches.days))
    return tuple(found)


def ledger_base() -> Base:
    """The ledger and snapshots of the home for readings."""
    home = Path(settings.CLIENTARIUM_HOME)
    return Base(Ledger(home / "ledger"), Snapshots(home / "snapshots"), aliases_table())
