"""The score of a card, from 0 to 100, with what each part of it says.

1. The score is the weighted mean of four parts, each a share from 0 to 1.
2. A part that this firm's clients never have (no rule needs a field; no client has an INN) is left out, and the others
   keep their proportion.
3. A wrong contact beside a right one costs little: it is mended in passing. None right costs the whole part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa

from clientarium.core.identity import check_inn
from clientarium.core.metrics import CARD_SCHEMA
from clientarium.core.quality.card import CardSeen, Needs
from clientarium.core.quality.contacts import PHONE, contact_is_valid

UNANSWERED_IN_A_ROW = 5
"""A working week of calls that came to nothing; fewer happen to any busy client."""

FRESH_DAYS, STALE_DAYS = 180, 365
"""Checked within half a year counts whole, within a year half: people change jobs and numbers about once in two."""

PHONE_ALONE, EMAIL_ALONE, PRICE_OF_WRONG = 0.8, 0.5, 0.1
"""A seller calls: a phone is worth more than an address; a wrong contact beside a right one costs a tenth."""


class PartKind(StrEnum):
    REACH = "reach"
    INN = "inn"
    FIELDS = "fields"
    FRESH = "fresh"


WEIGHTS = {PartKind.REACH: 40, PartKind.INN: 20, PartKind.FIELDS: 20, PartKind.FRESH: 20}
"""Whoever cannot be reached is lost whatever else is known of him, so that weighs as much as two others."""


class Reason(StrEnum):
    """What a part says in one word; the screens have the sentence."""

    BOTH = "both"
    PHONE_ONLY = "phone_only"
    EMAIL_ONLY = "email_only"
    NOTHING = "nothing"
    UNREACHABLE = "unreachable"
    VALID = "valid"
    WRONG = "wrong"
    MISSING = "missing"
    FILLED = "filled"
    GAPS = "gaps"
    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True)
class Part:
    """`weight` in points of the score, the parts of a card adding up to 100; `share` of it is earned."""

    kind: PartKind
    weight: float
    share: float
    reason: Reason

    @property
    def points(self) -> float:
        return self.weight * self.share


@dataclass(frozen=True)
class Assessment:
    """What the checks say of one card; `score` None: nobody mends it, for he refused or is on the stop list."""

    client_id: int
    score: int | None
    parts: tuple[Part, ...]
    valid_phones: int
    valid_emails: int
    bad_contacts: int
    inn_check: str
    missing: tuple[str, ...]
    days_since_verified: int | None
    is_unreachable: bool
    has_refused: bool


def assess(card: CardSeen, *, needs: Needs, as_of: date) -> Assessment:
    """Check one card as of `as_of`; a check made later counts as of that day."""
    right = [contact.kind == PHONE for contact in card.contacts if not contact.found_wrong
             and contact_is_valid(contact.kind, contact.value, dead_domains=needs.dead_domains)]  # fmt: skip
    phones, bad = sum(right), len(card.contacts) - len(right)
    emails = len(right) - phones
    is_unreachable = card.is_unreachable or card.calls_in_vain >= UNANSWERED_IN_A_ROW
    days = None if card.verified_on is None else max(0, (as_of - card.verified_on).days)
    inn = Reason.MISSING if not card.inn else Reason.VALID if check_inn(card.inn) else Reason.WRONG
    earned = [(PartKind.REACH, *_reach(phones, emails, bad, is_unreachable))]
    if needs.inn:
        earned.append((PartKind.INN, 1.0 if inn is Reason.VALID else 0.0, inn))
    if needs.fields:
        share = 1 - len(card.missing) / len(needs.fields)
        earned.append((PartKind.FIELDS, share, Reason.GAPS if card.missing else Reason.FILLED))
    earned.append((PartKind.FRESH, *_fresh(days)))
    whole = sum(WEIGHTS[kind] for kind, _, _ in earned)
    parts = tuple(Part(kind, 100 * WEIGHTS[kind] / whole, share, reason) for kind, share, reason in earned)
    is_mended = not (card.has_refused or card.is_stopped)
    return Assessment(
        client_id=card.client_id,
        score=_whole(sum(part.points for part in parts)) if is_mended else None,
        parts=parts,
        valid_phones=phones,
        valid_emails=emails,
        bad_contacts=bad,
        inn_check=inn.value,
        missing=card.missing,
        days_since_verified=days,
        is_unreachable=is_unreachable,
        has_refused=card.has_refused,
    )


def _reach(phones: int, emails: int, bad: int, is_unreachable: bool) -> tuple[float, Reason]:
    if is_unreachable:
        return 0.0, Reason.UNREACHABLE
    if not phones and not emails:
        return 0.0, Reason.NOTHING
    share, reason = (
        (1.0, Reason.BOTH)
        if phones and emails
        else (PHONE_ALONE, Reason.PHONE_ONLY)
        if phones
        else (EMAIL_ALONE, Reason.EMAIL_ONLY)
    )
    return (share - PRICE_OF_WRONG if bad else share), reason


def _fresh(days: int | None) -> tuple[float, Reason]:
    if days is None:
        return 0.0, Reason.NEVER
    if days <= FRESH_DAYS:
        return 1.0, Reason.FRESH
    return (0.5, Reason.AGEING) if days <= STALE_DAYS else (0.0, Reason.STALE)


def _whole(points: float) -> int:
    """Rounded half up; a hundred only for a card without a fault."""
    return min(100, int(points + 0.5)) if points > 99.999 else min(99, int(points + 0.5))


def cards_table(assessments: Iterable[Assessment]) -> pa.Table:
    """The input of the metrics (CARD_SCHEMA), a row per assessment."""
    columns: dict[str, list[object]] = {name: [] for name in CARD_SCHEMA.names}
    for one in assessments:
        values = (
            one.client_id, one.score, one.valid_phones, one.valid_emails, one.bad_contacts, one.inn_check,
            len(one.missing), one.days_since_verified, one.is_unreachable, one.has_refused,
        )  # fmt: skip
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)
    return pa.table(columns, schema=CARD_SCHEMA)
