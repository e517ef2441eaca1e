"""Setting a seller's terms: always a new version, never a change of an old one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.contacts import policy_numbers, working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User

from ..choices import PortfolioVerb, Strategy
from ..models import Terms
from ..queries.terms import resolve
from ..rules import can_lead_portfolios

MOST_HOURS = 744
"""Hours of the longest month."""
MOST_CLIENTS = 100_000
LISTS = ("cities", "segments", "languages", "product_groups")


@dataclass(frozen=True)
class TermsWritten:
    """What a leader writes; None is the strategy's number, empty lists mean «any»."""

    strategy: str = Strategy.KEEPER
    norm_low: int | None = None
    norm_high: int | None = None
    ceiling: int | None = None
    hours_month: float | None = None
    cities: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    product_groups: tuple[str, ...] = ()


@transaction.atomic
def set_terms(
    seller: Seller, written: TermsWritten, *, from_day: date | None = None, reason: str, by: User
) -> Terms | None:
    """New terms of `seller` from a day, today by default; None where they are in force already.

    Raises UserError: no reason, a day in the past (people worked by the earlier terms), numbers that contradict.
    """
    if not can_lead_portfolios(by):
        raise PermissionDenied
    today = working_day()
    day = from_day or today
    written = replace(
        written,
        cities=clean_list(written.cities),
        segments=clean_list(written.segments),
        languages=clean_list(written.languages),
        product_groups=clean_list(written.product_groups),
    )
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    if day < today:
        raise UserError(
            N_("Terms cannot begin in the past: until today people worked by the earlier ones."),
            cure=N_("Choose today or a later day."),
        )
    require_sensible(written)
    seller = Seller.objects.select_for_update().get(pk=seller.pk)
    in_force = Terms.objects.filter(seller=seller, is_undone=False, from_day__lte=day).first()
    if in_force is not None and same(in_force, written):
        return None
    values: dict[str, Any] = {**asdict(written), **{name: list(getattr(written, name)) for name in LISTS}}
    terms = Terms.objects.create(seller=seller, from_day=day, reason=reason.strip(), by=by, **values)
    data = {"from_day": day, "terms": terms.pk, "to": values, "from": in_force and memory_of(in_force)}
    record(PortfolioVerb.TERMS_SET, target=seller, by=by, reason=terms.reason, data=data)
    return terms


@transaction.atomic
def undo_terms(terms: Terms, *, reason: str = "", by: User) -> Terms:
    """Take a version back: the one before it is in force again. It stays to be read."""
    if not can_lead_portfolios(by):
        raise PermissionDenied
    terms = Terms.objects.select_for_update().get(pk=terms.pk)
    if not terms.is_undone:
        terms.is_undone = True
        terms.save(update_fields=["is_undone"])
        data = {"terms": terms.pk, "from": memory_of(terms)}
        record(PortfolioVerb.TERMS_UNDONE, target=terms.seller, by=by, reason=reason.strip(), data=data)
    return terms


def clean_list(words: Iterable[str]) -> tuple[str, ...]:
    """Trimmed, without repeats, in their order."""
    return tuple(dict.fromkeys(text for word in words if (text := " ".join(str(word).split()))))


def require_sensible(written: TermsWritten) -> None:
    if written.strategy not in Strategy.values:
        raise UserError(N_("There is no strategy “%(strategy)s”."), strategy=written.strategy)
    for number in (written.norm_low, written.norm_high, written.ceiling):
        if number is not None and not 0 <= number <= MOST_CLIENTS:
            raise UserError(N_("A norm is a number of clients from 0 to %(most)s."), most=MOST_CLIENTS)
    if written.hours_month is not None and not 0 <= written.hours_month <= MOST_HOURS:
        raise UserError(N_("Hours of a month are from 0 to %(most)s."), most=MOST_HOURS)
    low, high, ceiling = written.norm_low, written.norm_high, written.ceiling
    if (low is not None and high is not None and low > high) or (
        ceiling is not None and max(low or 0, high or 0) > ceiling
    ):
        raise UserError(
            N_("The norm has to rise: from, to, ceiling."), cure=N_("Write for example 50, 60 and 70 clients.")
        )
    resolve(0, Terms(**{name: value for name, value in asdict(written).items() if name not in LISTS}), policy_numbers())


def same(terms: Terms, written: TermsWritten) -> bool:
    plain = ("strategy", "norm_low", "norm_high", "ceiling", "hours_month")
    return all(getattr(terms, name) == getattr(written, name) for name in plain) and all(
        tuple(getattr(terms, name)) == getattr(written, name) for name in LISTS
    )


def memory_of(terms: Terms) -> dict[str, Any]:
    names = ("strategy", "norm_low", "norm_high", "ceiling", "hours_month", *LISTS)
    return {name: getattr(terms, name) for name in names}
