"""Decisions: whose, how they stand, and what the facts say came of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Case, Q, QuerySet, Value, When

from clientarium.core.readings import Around, Asked, CameSince, money_around
from clientarium.decisions.clients import clients_visible_to, state_as_of
from clientarium.decisions.contacts import ledger_base, policy_days, working_day
from clientarium.decisions.people import User, Visitor, sees_money

from ..choices import DecisionState
from ..models import Decision
from ..rules import can_end_decision, can_lead_reviews
from .attracted import attracted

ENDED_SHOWN = 20
OPEN_FIRST = Case(When(state=DecisionState.OPEN, then=Value(0)), default=Value(1))


@dataclass(frozen=True)
class Named:
    """A client of a decision as the reader may see him."""

    client_id: int
    name: str


@dataclass(frozen=True)
class DecisionLine:
    """A decision as one person reads it. `clients`: those he may see, `hidden`: how many he may not.

    `around` None: there are no clients, or no days since; `is_early`: too few days to say anything. `came`: whom
    the reader sees of the new clients a decision is to attract.
    """

    decision: Decision
    clients: tuple[Named, ...]
    hidden: int
    is_late: bool
    is_orphan: bool
    can_end: bool
    sees_money: bool
    around: Around | None = None
    is_early: bool = False
    came: CameSince | None = None

    @property
    def change(self) -> Decimal | None:
        return self.around.change if self.around and not self.is_early else None


def decisions_visible_to(user: Visitor) -> QuerySet[Decision]:
    """Every decision for whoever leads reviews, one's own for others; open ones first, by their day."""
    found = Decision.objects.select_related("owner", "review", "decided_by", "ended_by", "zone__search").order_by(
        OPEN_FIRST, "due_on", "pk"
    )
    if can_lead_reviews(user):
        return found
    return found.filter(owner_id=user.pk) if isinstance(user, User) and user.is_active else found.none()


def my_decisions(by: User, *, today: date | None = None) -> list[DecisionLine]:
    """What this person answers for: open ones by their day, then those ended last.

    For whoever leads: the decisions of dismissed people as well, until somebody takes them.
    """
    mine = Q(owner=by)
    if can_lead_reviews(by):
        mine |= Q(owner__is_active=False, state=DecisionState.OPEN)
    found = decisions_visible_to(by).filter(mine)
    ended = found.exclude(state=DecisionState.OPEN).order_by("-ended_on", "-pk")[:ENDED_SHOWN]
    return lines_of([*found.filter(state=DecisionState.OPEN), *ended], by=by, today=today)


def lines_of(decisions: Sequence[Decision], *, by: User, today: date | None = None) -> list[DecisionLine]:
    """The same decisions with their clients' names: two questions to the database however many they are."""
    day, shows_money = today or working_day(), sees_money(by)
    named, counts = _clients_of(decisions, by=by)
    return [
        DecisionLine(
            decision=one,
            clients=tuple(named.get(one.pk, ())),
            hidden=counts.get(one.pk, 0) - len(named.get(one.pk, ())),
            is_late=one.is_open and one.due_on < day,
            is_orphan=one.is_open and not one.owner.is_active,
            can_end=can_end_decision(by, owner_id=one.owner_id),
            sees_money=shows_money,
        )
        for one in decisions
    ]


def results_of(lines: Sequence[DecisionLine], *, by: User, until: date | None = None) -> list[DecisionLine]:
    """The lines with what their clients brought before and after the day of the decision, and with who came since.

    From the facts up to `until`, by default the day of the published state.
    """
    until, enough = until or state_as_of(), policy_days("review_effect_days")
    if until is None:
        return list(lines)
    asked = [Asked(line.decision.pk, one.client_id, line.decision.decided_on) for line in lines for one in line.clients]
    came = attracted([line.decision for line in lines], by=by, until=until)
    found = money_around(ledger_base(), asked=asked, until=until) if asked else {}
    told = [_with(line, found.get(line.decision.pk), enough=enough) for line in lines] if asked else lines
    return [replace(line, came=came.get(line.decision.pk)) for line in told]


def _with(line: DecisionLine, around: Around | None, *, enough: int) -> DecisionLine:
    is_early = bool(line.clients) and (around is None or around.days < enough)
    return replace(line, around=around, is_early=is_early)


def _clients_of(decisions: Sequence[Decision], *, by: User) -> tuple[dict[int, list[Named]], dict[int, int]]:
    """({decision: clients by name}, {decision: how many}); a merged card is the client it belongs to."""
    rows = Decision.clients.through.objects.filter(decision__in=[one.pk for one in decisions]).values_list(
        "decision_id", "client_id", "client__merged_into_id"
    )
    roots = {(decision_id, merged or client_id) for decision_id, client_id, merged in rows}
    names = dict(clients_visible_to(by).filter(pk__in={root for _one, root in roots}).values_list("pk", "name"))
    found: dict[int, list[Named]] = {}
    counts: dict[int, int] = {}
    for decision_id, root in sorted(roots, key=lambda pair: names.get(pair[1], "")):
        counts[decision_id] = counts.get(decision_id, 0) + 1
        if root in names:
            found.setdefault(decision_id, []).append(Named(root, names[root]))
    return found, counts
