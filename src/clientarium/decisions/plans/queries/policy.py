"""The numbers of the company's policy that plans lean on."""

from decimal import Decimal
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import load_policy

PACKAGED = {"assumed_margin_share": Decimal("0.2"), "portfolio_norm_low": Decimal(50)}
"""For a company whose policy was written before these lines were; the same as the packaged policy.yaml."""


def policy_number(name: str) -> float:
    """The number of a line of policy.yaml; the packaged one where the company's file lacks it."""
    # The policy alone: a slip in a scheme must not keep a plan from being read.
    line = load_policy(Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml").lines.get(name)
    return float(line.value if line is not None and isinstance(line.value, Decimal) else PACKAGED[name])


def assumed_margin_share() -> float:
    return policy_number("assumed_margin_share")
