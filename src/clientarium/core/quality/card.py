"""A card as the checks look at it."""

from dataclasses import dataclass
from datetime import date

NEVER_VERIFIED = None
"""`verified_on` of a client whose contacts nobody has checked with him."""


@dataclass(frozen=True)
class ContactSeen:
    """A phone or an e-mail; `found_wrong`: the latest check with the client said so."""

    kind: str
    value: str
    found_wrong: bool = False
    contact_id: int | None = None


@dataclass(frozen=True)
class CardSeen:
    """`missing`: the needed fields that are empty. `calls_in_vain`: calls in a row since he was last reached.

    `is_unreachable`, `has_refused`: what somebody has marked; `is_stopped`: he is on the stop list.
    """

    client_id: int
    inn: str | None = None
    contacts: tuple[ContactSeen, ...] = ()
    missing: tuple[str, ...] = ()
    verified_on: date | None = NEVER_VERIFIED
    calls_in_vain: int = 0
    is_unreachable: bool = False
    has_refused: bool = False
    is_stopped: bool = False


@dataclass(frozen=True)
class Needs:
    """What a card must hold in this firm: `fields` are words of the vocabulary; `inn`: its clients have one at all."""

    fields: tuple[str, ...] = ()
    inn: bool = True
    dead_domains: frozenset[str] = frozenset()
    """Domains known to take no mail, where the firm allows asking."""
