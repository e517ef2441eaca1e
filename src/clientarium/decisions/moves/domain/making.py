"""Making a draft: a run that reads the base, asks the solver and writes the moves; begun again, it begins anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, add_months
from clientarium.core.strategy import Balance, Worth, propose
from clientarium.decisions.clients import Client, state_model
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.plans import expected_of, plan_of_choice
from clientarium.decisions.runs import Lease, Run, RunKind, RunState, enqueue

from ..choices import DraftState, MovesVerb
from ..models import Draft, Move, Portfolio
from ..queries.problem import Asked, Problem, problem_of
from ..queries.versions import holdings_now
from ..rules import can_redistribute

LANE = "balance"  # the solver takes a core and memory: one at a time
READING = N_("Reading portfolios")
SOLVING = N_("Looking for the best division")
WRITING = N_("Writing the moves")
SECONDS = 60.0
ROWS_AT_ONCE = 1_000


@transaction.atomic
def start_draft(
    *,
    by: User,
    ceiling: int | None = None,
    counts_hours: bool = False,
    title: str = "",
    remade_from: Draft | None = None,
) -> Draft:
    """Queue the making of a draft. `remade_from`: what people chose in that one stands in the new one.

    Raises PermissionDenied.
    """
    if not can_redistribute(by):
        raise PermissionDenied
    asked = Asked(ceiling, counts_hours, locks_of(remade_from) if remade_from else {})
    draft = Draft.objects.create(title=title.strip(), asked=asked.as_json(), made_by=by, remade_from=remade_from)
    draft.run = enqueue(RunKind.BALANCE, arguments={"draft": draft.pk}, by=by, lane=LANE)
    draft.save(update_fields=["run"])
    return draft


def remake_draft(draft: Draft, *, by: User) -> Draft:
    """A new draft over the holdings of now with the same wishes; edits by hand stand."""
    asked = Asked.of(draft.asked)
    return start_draft(
        by=by, ceiling=asked.ceiling, counts_hours=asked.counts_hours, title=draft.title, remade_from=draft
    )


def locks_of(draft: Draft) -> dict[int, int | None]:
    """What people decided in a draft, by the client as he is now; earlier locks of it included."""
    locks = dict(Asked.of(draft.asked).locks or {})
    edited = draft.moves.filter(is_edited=True).values_list("client_id", "client__merged_into_id", "chosen_id")
    locks.update({root or client: seller for client, root, seller in edited})
    return locks


def balance_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind balance."""
    draft = Draft.objects.get(pk=lease.run.arguments["draft"])
    lease.progress(READING)
    holdings = holdings_now()
    problem = problem_of(Asked.of(draft.asked))
    lease.progress(SOLVING, 0, len(problem.clients))
    balance = solved(
        problem,
        cancelled=lease.cancelled,
        progress=lambda _step, done, total: lease.note(SOLVING, done, total),
    )
    lease.progress(WRITING)
    with lease.commit():
        write_draft(draft, problem, balance, holdings=holdings)
    return {"draft": draft.pk, "moves": draft.figures["moves"]}


@transaction.atomic
def make_draft(draft: Draft) -> Draft:
    """The same without a queue: for a few clients."""
    holdings = holdings_now()
    problem = problem_of(Asked.of(draft.asked))
    write_draft(draft, problem, solved(problem), holdings=holdings)
    return draft


def solved(problem: Problem, **listening: Any) -> Balance:
    return propose(problem.clients, problem.sellers, rules=problem.rules, time_limit=SECONDS, **listening)


def abandon_draft(run: Run, state: RunState) -> None:
    """A draft that will not be made says so."""
    making = Draft.objects.filter(pk=run.arguments["draft"], state=DraftState.MAKING)
    making.update(state=DraftState.DROPPED if state == RunState.CANCELLED else DraftState.FAILED)


def write_draft(draft: Draft, problem: Problem, balance: Balance, *, holdings: Mapping[str, Any]) -> None:
    """The moves and the portfolios before them, in place of what an interrupted attempt wrote. Within a transaction."""
    month = add_months(problem.day.replace(day=1), 1)
    draft.moves.all().delete()
    draft.portfolios.all().delete()
    moves = list(_moves(draft, problem, balance, locks=Asked.of(draft.asked).locks or {}))
    plans = expected_of([move.client_id for move in moves], month)
    for move in moves:
        move.plan = plans[move.client_id].margin if move.client_id in plans else 0.0
    Move.objects.bulk_create(moves, batch_size=ROWS_AT_ONCE)
    Portfolio.objects.bulk_create(_portfolios(draft, problem, balance, month=month))
    draft.figures = figures_of(problem, balance) | {"moves": len(moves), "month": month.isoformat()}
    draft.holdings, draft.as_of, draft.state = dict(holdings), problem.as_of, DraftState.READY
    draft.save(update_fields=["figures", "holdings", "as_of", "state"])
    record(MovesVerb.DRAFT_MADE, target=draft, by=draft.made_by, data=draft.figures)


def figures_of(problem: Problem, balance: Balance) -> dict[str, Any]:
    """What the solver says of the whole."""
    return {
        "objective": balance.objective,
        "bound": balance.bound,
        "gap": balance.gap,
        "is_proven": balance.is_proven,
        "seconds": balance.seconds,
        "method": balance.method,
        "greedy_value": balance.greedy_value,
        "round_robin_value": balance.round_robin_value,
        "over_greedy": round(balance.objective - balance.greedy_value, 2),
        "over_round_robin": round(balance.objective - balance.round_robin_value, 2),
        "terms": dict(balance.terms),
        "fairness_before": vars(balance.fairness_before),
        "fairness_after": vars(balance.fairness_after),
        "clients": len(problem.clients),
        "sellers": len(problem.sellers),
        "hour_prices": {str(seller): price for seller, price in balance.hour_prices.items()},
        "uneven_prices": {str(seller): price for seller, price in balance.uneven_prices.items()},
    }


def _moves(draft: Draft, problem: Problem, balance: Balance, *, locks: Mapping[int, int | None]) -> Iterable[Move]:
    for client in problem.clients:
        before, after = problem.holders[client.client_id], balance.placed[client.client_id]
        if before == after:
            continue
        present, new = balance.value_of(client.client_id, before), balance.value_of(client.client_id, after)
        yield Move(
            draft=draft,
            client_id=client.client_id,
            before_id=before,
            proposed_id=after,
            chosen_id=after,
            is_edited=client.client_id in locks,
            edited_by=draft.made_by if client.client_id in locks else None,
            margin=client.margin,
            hours=client.hours,
            gain=round(new.value - present.value, 2),
            reasons=reasons_of(present, new, before=before, after=after, is_idle=client.idle),
        )
    yield from _locked_out(draft, locks=locks)


def _locked_out(draft: Draft, *, locks: Mapping[int, int | None]) -> Iterable[Move]:
    """Clients people sent to the pool: the solver did not see them."""
    out = [client for client, seller in locks.items() if seller is None]
    for pk, holder in Client.objects.filter(pk__in=out, holder__isnull=False).values_list("pk", "holder_id"):
        yield Move(draft=draft, client_id=pk, before_id=holder, is_edited=True, edited_by=draft.made_by)


def reasons_of(
    present: Worth, new: Worth, *, before: int | None, after: int | None, is_idle: bool
) -> list[dict[str, Any]]:
    """Why: what fits better with the new seller, the dearest first; else that there was no room, or that he is cold."""
    if after is None:
        return [{"code": "cold" if is_idle else "no_room", "money": round(-present.value, 2)}]
    found: list[dict[str, Any]] = []
    if before is None:
        found.append({"code": "from_pool", "money": round(new.value, 2)})
    money = {reason.code: reason.money for reason in new.reasons}
    for reason in present.reasons:
        better = money.get(reason.code, 0.0) - reason.money
        if reason.code not in ("worth", "move") and better > 0:
            found.append({"code": reason.code, "money": round(better, 2)})
    if is_idle and before is not None:
        found.append({"code": "idle", "money": 0})
    found.sort(key=lambda one: -one["money"])
    return found or [{"code": "room", "money": round(new.value - present.value, 2)}]


def _portfolios(draft: Draft, problem: Problem, balance: Balance, *, month: date) -> Sequence[Portfolio]:
    by_holder = problem.loads
    found = []
    for fill in problem.sellers:
        held = by_holder.get(fill.seller_id)
        found.append(
            Portfolio(
                draft=draft,
                seller_id=fill.seller_id,
                clients=held.clients if held else 0,
                margin=held.margin if held else 0.0,
                hours=held.hours if held else 0.0,
                plan=_plan_of(fill.seller_id, month=month),
                ceiling=fill.heads + fill.held,
                hours_month=problem.terms[fill.seller_id].hours_month,
                price=balance.seller_prices.get(fill.seller_id, 0.0),
            )
        )
    others = [held for seller, held in by_holder.items() if seller not in {fill.seller_id for fill in problem.sellers}]
    pool = Portfolio(draft=draft, seller=None, clients=0)
    for held in others:  # nobody's, and those on the names of sellers who left
        pool.clients += held.clients
        pool.margin += held.margin
        pool.hours += held.hours
    return [*found, pool]


def _plan_of(seller_id: int, *, month: date) -> float:
    held = state_model()._default_manager.filter(holder_id=seller_id, client__merged_into__isnull=True)
    return plan_of_choice(held.values("pk"), month).margin
