"""The company's numbers releases lean on, and where the facts are read."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import Policy, read_policy
from clientarium.core.readings import Base
from clientarium.decisions.clients import aliases_table
from clientarium.decisions.runs import open_ledger, open_snapshots

PACKAGED = {
    "release_price_rise": Decimal("0.1"),
    "release_price_kept": Decimal("0.7"),
    "release_leave_reprice": Decimal("0.2"),
    "release_leave_minimum": Decimal("0.15"),
    "release_leave_self_service": Decimal("0.1"),
    "release_leave_fewer_touches": Decimal("0.05"),
    "release_saved_self_service": Decimal("0.6"),
    "release_saved_fewer_touches": Decimal("0.5"),
    "release_growth_share": Decimal("0.25"),
    "release_least_days": Decimal(61),
    "release_least_pairs": Decimal(20),
}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def policy() -> Policy:
    """The policy alone. Raises UserError with file and line."""
    path = Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml"
    return _policy_of(path.read_text(encoding="utf-8"), str(path))


@lru_cache(maxsize=4)
def _policy_of(text: str, file: str) -> Policy:
    return read_policy(text, file=file)


def number(name: str) -> Decimal:
    """A line of the policy."""
    found = policy()
    return found.number(name) if name in found.lines else PACKAGED[name]


def fact_base() -> Base:
    return Base(open_ledger(), open_snapshots(), aliases_table())
