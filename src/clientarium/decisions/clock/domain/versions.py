"""Setting the rule: the firm's through the policy file, a portfolio's by itself; every version is kept with its day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.categories import read_policy, with_policy
from clientarium.core.ground import N_, UserError
from clientarium.decisions.contacts import working_day
from clientarium.decisions.grades import policy_path, save_policy, text_hash
from clientarium.decisions.journal import record
from clientarium.decisions.people import Role, Seller, User, can_edit_schemes

from ..choices import ClockVerb, PurchaseIs, RuleKind
from ..models import Rule
from ..queries.versions import (
    ALWAYS,
    DAYS,
    FACTOR,
    KIND,
    PURCHASE,
    TAKEOVER,
    WARNINGS,
    RuleNumbers,
    numbers_of,
    policy_rule,
    rule_in,
)
from ..rules import can_set_clock
from .packaged_lines import with_missing_lines

LONGEST_DAYS = 1000
"""Nearly three years; whoever means more means no clock at all, and says so with exceptions."""

LARGEST_FACTOR = 20
WARNINGS_NEEDED = 3


@dataclass(frozen=True)
class OwnRule:
    """A portfolio's own rule; an empty kind: it follows the firm's again."""

    kind: str = ""
    cold_days: float | None = None
    rhythm_factor: float | None = None


def set_firm_rule(numbers: RuleNumbers, *, valid_from: date, reason: str, by: User) -> Rule:
    """The firm's rule from `valid_from`: today's is written into the policy at once, a later one is announced.

    Raises UserError: a day in the past, no reason, numbers that make no rule, nothing changed.
    """
    _require(valid_from, reason=reason, by=by)
    _require_numbers(numbers.kind, numbers.cold_days, numbers.rhythm_factor)
    _require_firm(numbers)
    if valid_from == working_day():
        if numbers == policy_rule():
            raise UserError(N_("This rule is in force already."))
        return _write_policy(numbers, reason=reason, by=by)
    return _add(valid_from, numbers=numbers, reason=reason, by=by, is_announced=True)


@transaction.atomic
def set_seller_rule(seller: Seller, own: OwnRule, *, valid_from: date, reason: str, by: User) -> Rule:
    """A portfolio's own kind and numbers from `valid_from`, or the firm's again. Raises UserError as the firm's."""
    _require(valid_from, reason=reason, by=by)
    if own.kind:
        _require_numbers(own.kind, own.cold_days, own.rhythm_factor)
    row = Rule.objects.create(
        seller=seller, valid_from=valid_from, by=by, reason=reason.strip(), applied_at=timezone.now(), **asdict(own)
    )
    record(ClockVerb.CLOCK_RULE_SET, target=row, by=by, reason=reason, data=_told(row))
    return row


@transaction.atomic
def withdraw_rule(rule: Rule, *, by: User, reason: str = "") -> None:
    """Take back a rule that has not begun. Raises UserError once it has."""
    if not can_set_clock(by):
        raise PermissionDenied
    if rule.valid_from <= working_day():
        raise UserError(
            N_("This rule is in force already."), cure=N_("Set another one: sellers have worked under this one.")
        )
    record(ClockVerb.CLOCK_RULE_WITHDRAWN, target=rule, by=by, reason=reason, data=_told(rule))
    rule.delete()


def note_policy(before: str | None, after: str, *, by: User | None, note: str) -> None:
    """Keep the clock's part of a policy that is being saved as a version from today; called within its transaction."""
    new = rule_in(after)
    old = rule_in(before) if before else new
    if before is None or (new == old and newest_rule() is None):
        return
    _begin(old)
    if new != _in_force():
        _add(working_day(), numbers=new, reason=note, by=by, is_announced=False)


@transaction.atomic
def follow_the_file() -> None:
    """Bring the versions and the policy file together: an announced rule whose day has come goes into the file;
    a file changed by hand becomes a version from today."""
    today = working_day()
    due = Rule.objects.filter(seller__isnull=True, applied_at__isnull=True, valid_from__lte=today)
    for row in due.order_by("valid_from", "pk"):
        _apply(row)
    _begin(policy_rule())
    if policy_rule() != _in_force():
        _add(today, numbers=policy_rule(), reason="", by=None, is_announced=False)


def keep_in_step() -> None:
    """`follow_the_file` for the worker: a policy that cannot be read is told by every page, not by a dead worker."""
    try:
        follow_the_file()
    except UserError:
        return


def _apply(row: Rule) -> None:
    """Write an announced rule into the policy; who set it may have been dismissed since, the rule holds anyway."""
    by = row.by if row.by and can_edit_schemes(row.by) else _owner()
    if by is None:
        return  # nobody may write the file; the clock goes by the version all the same
    Rule.objects.filter(pk=row.pk).update(applied_at=timezone.now())
    save_policy(text=_policy_with(numbers_of(row)), by=by, note=row.reason)


def _owner() -> User | None:
    return User.objects.filter(role=Role.OWNER, is_active=True).order_by("pk").first()


def newest_rule() -> Rule | None:
    """The firm's latest version that has begun."""
    return Rule.objects.filter(seller__isnull=True, applied_at__isnull=False).order_by("-valid_from", "-pk").first()


def _in_force() -> RuleNumbers | None:
    newest = newest_rule()
    return numbers_of(newest) if newest else None


def _begin(numbers: RuleNumbers) -> None:
    """The first version is what was there before anybody changed anything."""
    if newest_rule() is None:
        Rule.objects.create(valid_from=ALWAYS, applied_at=timezone.now(), **_columns(numbers))


@transaction.atomic
def _add(day: date, *, numbers: RuleNumbers, reason: str, by: User | None, is_announced: bool) -> Rule:
    _begin(policy_rule())
    applied_at = None if is_announced else timezone.now()
    row = Rule.objects.create(valid_from=day, by=by, reason=reason.strip(), applied_at=applied_at, **_columns(numbers))
    record(ClockVerb.CLOCK_RULE_SET, target=row, by=by, reason=reason, data=_told(row))
    return row


def _write_policy(numbers: RuleNumbers, *, reason: str, by: User) -> Rule:
    before = policy_path().read_text(encoding="utf-8")
    with transaction.atomic():
        save_policy(text=_policy_with(numbers), by=by, note=reason, expected_hash=text_hash(before))
        row = newest_rule()
    assert row is not None
    return row


def _policy_with(numbers: RuleNumbers) -> str:
    """The policy file with the clock's lines saying `numbers`; lines it lacks are added as they are packaged."""
    text = with_missing_lines(policy_path().read_text(encoding="utf-8"), (PURCHASE, TAKEOVER, *WARNINGS))
    written: dict[str, Any] = {
        KIND: numbers.kind,
        DAYS: _plain(numbers.cold_days),
        FACTOR: _plain(numbers.rhythm_factor),
        PURCHASE: numbers.purchase_is,
        TAKEOVER: numbers.takeover_days,
        **dict(zip(WARNINGS, numbers.warn_days, strict=True)),
    }
    for name, value in written.items():
        if str(read_policy(text).lines[name].value) != str(value):
            text = with_policy(text, name, value)
    return text


def _plain(number: float) -> int | Decimal:
    return int(number) if number == int(number) else Decimal(str(number))


def _columns(numbers: RuleNumbers) -> dict[str, Any]:
    return asdict(numbers) | {"warn_days": list(numbers.warn_days)}


def _told(row: Rule) -> dict[str, Any]:
    names = ("kind", "cold_days", "rhythm_factor", "purchase_is", "takeover_days", "warn_days")
    told = {name: getattr(row, name) for name in names}
    return {"valid_from": row.valid_from.isoformat(), "seller": row.seller_id, **told}


def _require(valid_from: date, *, reason: str, by: User) -> None:
    if not can_set_clock(by):
        raise PermissionDenied
    if not reason.strip():
        raise UserError(N_("A rule needs a reason: it is printed in the regulation."))
    today = working_day()
    if valid_from < today:
        raise UserError(
            N_("A rule cannot begin on %(day)s: that day has passed, and sellers worked under the rule of that time."),
            cure=N_("Begin it on %(today)s or later."),
            day=valid_from,
            today=today,
        )


def _require_numbers(kind: str, cold_days: float | None, factor: float | None) -> None:
    if kind not in RuleKind.values:
        raise UserError(N_("“%(word)s” is no kind of rule."), word=kind)
    if cold_days is None or not 1 <= cold_days <= LONGEST_DAYS:
        raise UserError(N_("Days until cold are a number from 1 to %(most)s."), most=LONGEST_DAYS)
    if factor is None or not 0 <= factor <= LARGEST_FACTOR:
        raise UserError(N_("Usual gaps to wait are a number from 0 to %(most)s."), most=LARGEST_FACTOR)


def _require_firm(numbers: RuleNumbers) -> None:
    if numbers.purchase_is not in PurchaseIs.values:
        raise UserError(N_("“%(word)s” is no meaning of a purchase."), word=numbers.purchase_is)
    if not 1 <= numbers.takeover_days <= LONGEST_DAYS:
        raise UserError(N_("Days to the first deal are a number from 1 to %(most)s."), most=LONGEST_DAYS)
    if not _go_down(numbers.warn_days):
        raise UserError(
            N_("The three warnings go from the earliest to the last, each later than the one before: 30, 14, 3.")
        )


def _go_down(days: Sequence[int]) -> bool:
    return len(days) == WARNINGS_NEEDED and all(earlier > later for earlier, later in pairwise(days)) and days[-1] >= 1
