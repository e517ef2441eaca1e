"""The company's numbers reviews lean on, and where the facts are read."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import Policy, read_policy
from clientarium.core.readings import Base
from clientarium.decisions.clients import aliases_table
from clientarium.decisions.runs import open_ledger, open_snapshots

PACKAGED = {
    "review_days": Decimal(92),
    "strategic_review_days": Decimal(183),
    "review_notice_days": Decimal(14),
    "review_effect_days": Decimal(60),
    "review_quiet_days": Decimal(92),
    "review_low_share": Decimal("0.5"),
    "quote_wait_days": Decimal(3),
}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def number(name: str) -> Decimal:
    """A line of the policy; the packaged one where the company's file lacks it."""
    path = Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml"
    policy = _policy_of(path.read_text(encoding="utf-8"), str(path))
    return policy.number(name) if name in policy.lines else PACKAGED[name]


def days(name: str) -> int:
    return int(number(name))


@lru_cache(maxsize=4)
def _policy_of(text: str, file: str) -> Policy:
    return read_policy(text, file=file)


def fact_base() -> Base:
    return Base(open_ledger(), open_snapshots(), aliases_table())
