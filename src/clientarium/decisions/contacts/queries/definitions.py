"""The company's numbers and ceilings the day leans on, and its ledger for past contacts."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from clientarium.core.categories import Schemes
from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.pipeline import Definitions, load_definitions
from clientarium.core.readings import Base
from clientarium.core.strategy import CallRules, Ceiling, rules_from
from clientarium.decisions.clients import aliases_table, custom_field_names

SOURCE = "clientarium"
"""The ledger's name for touches recorded here."""

PACKAGED = {
    "assumed_margin_share": Decimal("0.2"),
    "stale_base_days": Decimal(14),
    "effect_window_days": Decimal(14),
    "hold_out_share": Decimal("0.05"),
    "hold_out_days": Decimal(60),
}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def definitions() -> Definitions:
    """As they stand in the home; raises UserError with file and line."""
    return load_definitions(Path(settings.CLIENTARIUM_DEFINITIONS), custom_field_names())


def policy_numbers() -> dict[str, Decimal]:
    """The policy's numeric lines by name."""
    lines = definitions().policy.lines
    return PACKAGED | {name: line.value for name, line in lines.items() if isinstance(line.value, Decimal)}


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
