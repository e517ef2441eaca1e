"""The company's numbers the mirror leans on, and where the facts are read."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import Policy, read_policy
from clientarium.core.readings import Base
from clientarium.decisions.clients import aliases_table
from clientarium.decisions.runs import open_ledger, open_snapshots

PACKAGED = {
    "mirror_least_clients": Decimal(10),
    "mirror_sureness": Decimal("0.95"),
    "outcome_least_days": Decimal(90),
}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def number(name: str) -> float:
    """A line of the policy. Raises UserError with file and line where the file is broken."""
    path = Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml"
    lines = _policy_of(path.read_text(encoding="utf-8"), str(path))
    return float(lines.number(name) if name in lines.lines else PACKAGED[name])


@lru_cache(maxsize=4)
def _policy_of(text: str, file: str) -> Policy:
    return read_policy(text, file=file)


def open_base() -> Base:
    """The ledger and the snapshots of this home."""
    return Base(open_ledger(), open_snapshots(), aliases_table())
