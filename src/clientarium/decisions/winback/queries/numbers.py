"""The company's numbers win-back leans on, and where the facts are read."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import Policy, read_policy
from clientarium.core.readings import Base
from clientarium.decisions.clients import aliases_table
from clientarium.decisions.runs import open_ledger, open_snapshots

PACKAGED = {
    "winback_week": Decimal(20),
    "winback_chance": Decimal("0.05"),
    "winback_rest_days": Decimal(182),
    "winback_lines": Decimal(2),
    "assumed_margin_share": Decimal("0.2"),
}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def policy() -> Policy:
    """The policy alone: nothing else of the definitions is needed here. Raises UserError with file and line."""
    path = Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml"
    return _policy_of(path.read_text(encoding="utf-8"), str(path))


@lru_cache(maxsize=4)
def _policy_of(text: str, file: str) -> Policy:
    return read_policy(text, file=file)


def number(name: str, *, of: Policy | None = None) -> Decimal:
    """A line of the policy."""
    of = of or policy()
    return of.number(name) if name in of.lines else PACKAGED[name]


def fact_base() -> Base:
    return Base(open_ledger(), open_snapshots(), aliases_table())


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
