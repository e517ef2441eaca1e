"""Where resistance arises: signs of the facts, and the words people wrote down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from clientarium.core.ground import add_months
from clientarium.core.ground.expressions import parse_condition
from clientarium.decisions.clients import compile_condition, published_columns, states_visible_to, vocabulary_for
from clientarium.decisions.contacts import RefusalReason, Result, touches_visible_to
from clientarium.decisions.people import User
from clientarium.decisions.winback import Cause, loss_report

from ..choices import Sign
from .cuts import Division

ZERO = Decimal(0)
CONDITIONS = {
    Sign.LATE: "tag_late_payer",
    Sign.DISCOUNT: "tag_discount_hunter",
    Sign.RETURNS: "tag_many_returns",
    Sign.REVIEW: "has_bad_review",
    Sign.SILENT: "has_refused",
}
BUYERS = "orders_12m > 0"


@dataclass(frozen=True)
class SignCount:
    """Buyers of the year with one sign, and what they brought; `share` is of all buyers of the year."""

    sign: Sign
    clients: int
    share: float | None
    money: Decimal
    where: str


@dataclass(frozen=True)
class SignsOfGroup:
    """A group's buyers with each sign, in the order of the signs."""

    group: str | None
    bought: int
    clients: tuple[int, ...]
    where: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """A reason heard when an offer was declined, and of how many clients within the year."""

    reason: RefusalReason
    clients: int
    times: int


@dataclass(frozen=True)
class Resistance:
    """`buyers` of the year; `measure` names the money. `touches`: contacts written down within the year."""

    measure: str
    buyers: int
    all_signs: tuple[SignCount, ...]
    groups: tuple[SignsOfGroup, ...]
    refusals: tuple[Refusal, ...]
    touches: int
    causes: tuple[Cause, ...]
    lost: int
    answered: int

    @property
    def signs(self) -> tuple[SignCount, ...]:
        """Those anybody shows, the dearest first."""
        return tuple(sorted((one for one in self.all_signs if one.clients), key=lambda one: (-one.money, -one.clients)))


def resistance_of(user: User, division: Division | None, *, as_of: date, measure: str) -> Resistance:
    """Of the clients `user` sees. A dozen queries, however large the base."""
    signs = _conditions(user)
    states: Any = states_visible_to(user).order_by()
    named: dict[str, Any] = {}
    for sign, found in signs.items():
        named[f"n_{sign.value}"] = Count("pk", filter=found)
        named[f"m_{sign.value}"] = Sum(f"{measure}_12m", filter=found)
    bought = states.filter(orders_12m__gt=0)
    sums = bought.aggregate(bought=Count("pk"), **named)
    counted = tuple(_sign(sign, sums) for sign in signs)
    column = division.column if division and division.column in {one.name for one in published_columns()} else ""
    counts = {name: ask for name, ask in named.items() if name.startswith("n_")}
    rows = list(bought.values(column).annotate(bought=Count("pk"), **counts)) if column else []
    refusals, touches = _refusals(user, as_of)
    report = loss_report(user, first=add_months(as_of, -12), last=as_of)
    return Resistance(
        measure=measure,
        buyers=sums["bought"],
        all_signs=counted,
        groups=tuple(_group(row, list(signs), division) for row in rows if division is not None),
        refusals=refusals,
        touches=touches,
        causes=tuple(cause for cause in report.causes if cause.reason is not None),
        lost=report.lost,
        answered=report.answered,
    )


def _conditions(user: User) -> dict[Sign, Q]:
    """Those whose words the publication has."""
    vocabulary = vocabulary_for(user)
    return {
        sign: compile_condition(parse_condition(condition, vocabulary))
        for sign, condition in CONDITIONS.items()
        if condition in vocabulary
    }


def _sign(sign: Sign, sums: dict[str, Any]) -> SignCount:
    clients, bought = sums[f"n_{sign.value}"], sums["bought"]
    return SignCount(
        sign,
        clients,
        clients / bought if bought else None,
        sums[f"m_{sign.value}"] or ZERO,
        f"{BUYERS} and {CONDITIONS[sign]}",
    )


def _group(row: dict[str, Any], signs: Sequence[Sign], division: Division) -> SignsOfGroup:
    group = row[division.column]
    group = str(group).strip() or None if group is not None else None
    of = division.condition(group)
    return SignsOfGroup(
        group=group,
        bought=row["bought"],
        clients=tuple(row[f"n_{sign.value}"] for sign in signs),
        where=tuple(f"{BUYERS} and {of} and {CONDITIONS[sign]}" for sign in signs),
    )


def _refusals(user: User, as_of: date) -> tuple[tuple[Refusal, ...], int]:
    year: Any = touches_visible_to(user).select_related(None).order_by()
    year = year.filter(undone_at__isnull=True, on__gt=add_months(as_of, -12))
    rows = year.filter(result=Result.REFUSED).values("refusal_reason")
    found = [
        Refusal(RefusalReason(row["refusal_reason"]), row["clients"], row["times"])
        for row in rows.annotate(clients=Count("client", distinct=True), times=Count("pk"))
    ]
    return tuple(sorted(found, key=lambda one: (-one.clients, one.reason.value))), year.count()
