"""The numbers of the company's policy; where its file is older than a line, the packaged one stands."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import Policy, load_policy, read_policy

POLICY_FILE = "policy.yaml"


def company_policy() -> Policy:
    """The policy alone: a slip in a scheme must keep nobody's numbers away. Raises UserError with file and line."""
    own = Path(settings.CLIENTARIUM_DEFINITIONS) / POLICY_FILE
    text = own.read_text(encoding="utf-8") if own.is_file() else load_policy(own).text
    return _over_packaged(text, str(own))


@lru_cache(maxsize=4)
def _over_packaged(text: str, file: str) -> Policy:
    packaged = load_policy(Path(settings.CLIENTARIUM_PACKAGED_DEFINITIONS) / POLICY_FILE)
    return Policy({**packaged.lines, **read_policy(text, file=file).lines}, text)


def policy_number(name: str) -> Decimal:
    """A line as the rules see it: under the strict cold rule the factor of the rhythm is nothing."""
    return company_policy().number(name)


def policy_days(name: str) -> int:
    return int(policy_number(name))


def policy_numbers() -> dict[str, Decimal]:
    """All lines with a number, as they are written."""
    lines = company_policy().lines
    return {name: line.value for name, line in lines.items() if isinstance(line.value, Decimal)}


def assumed_margin_share() -> float:
    """What of the revenue is taken for margin where no cost is known."""
    return float(policy_number("assumed_margin_share"))
