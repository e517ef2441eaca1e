"""What can be wrong with a card, each kind as a condition over the metrics: the same in lists, filters and counts."""

from dataclasses import dataclass
from enum import StrEnum

from clientarium.core.quality.assessment import STALE_DAYS

SCORED = "data_quality is not null"
"""Whom anybody mends at all."""


class FaultKind(StrEnum):
    UNREACHABLE = "unreachable"
    NO_CONTACT = "no_contact"
    BAD_CONTACT = "bad_contact"
    NO_EMAIL = "no_email"
    INN_WRONG = "inn_wrong"
    INN_MISSING = "inn_missing"
    EMPTY_FIELD = "empty_field"
    NEVER_VERIFIED = "never_verified"
    STALE = "stale"
    NO_COST = "no_cost"


@dataclass(frozen=True)
class Fault:
    """`condition` finds the clients with the fault among those with a score."""

    kind: FaultKind
    condition: str

    @property
    def where(self) -> str:
        """The condition as a list of clients takes it."""
        return f"{self.condition} and {SCORED}"


FAULTS: tuple[Fault, ...] = (
    Fault(FaultKind.UNREACHABLE, "is_unreachable"),
    Fault(FaultKind.NO_CONTACT, "valid_phones = 0 and valid_emails = 0"),
    Fault(FaultKind.BAD_CONTACT, "bad_contacts > 0"),
    Fault(FaultKind.NO_EMAIL, "valid_phones > 0 and valid_emails = 0"),
    Fault(FaultKind.INN_WRONG, "inn_check = 'wrong'"),
    Fault(FaultKind.INN_MISSING, "inn_check = 'missing'"),
    Fault(FaultKind.EMPTY_FIELD, "missing_fields > 0"),
    Fault(FaultKind.NEVER_VERIFIED, "days_since_verified is null"),
    Fault(FaultKind.STALE, f"days_since_verified > {STALE_DAYS}"),
    Fault(FaultKind.NO_COST, "orders_12m > 0 and margin_12m is null"),
)
"""The dearest first: whoever cannot be reached cannot be served at all."""
