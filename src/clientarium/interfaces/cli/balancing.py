"""A redistribution as one JSON document; imported only when a home is open. Nothing is kept or moved."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from clientarium.core.strategy import Balance, propose
from clientarium.decisions.clients import Client
from clientarium.decisions.moves import Asked, Problem, problem_of, reasons_of
from clientarium.decisions.people import Seller

from .language import _

IDS_PER_QUERY = 2_000
SECONDS = 60.0


def balance_document(*, ceiling: int | None, counts_hours: bool, time_limit: float = SECONDS) -> dict[str, Any]:
    """The objective, the solver's bound, the rules people use beside it, each seller, each move with its reasons."""
    problem = problem_of(Asked(ceiling, counts_hours))
    balance = propose(problem.clients, problem.sellers, rules=problem.rules, time_limit=time_limit)
    moved = [client for client, before in problem.holders.items() if balance.placed[client] != before]
    names = Seller.objects.in_bulk()
    return {
        "as_of": problem.as_of,
        "objective": balance.objective,
        "bound": balance.bound,
        "gap": balance.gap,
        "proven": balance.is_proven,
        "seconds": round(balance.seconds, 3),
        "method": balance.method,
        "greedy": balance.greedy_value,
        "round_robin": balance.round_robin_value,
        "fairness": {"before": vars(balance.fairness_before), "after": vars(balance.fairness_after)},
        "clients": len(problem.clients),
        "sellers": _sellers(problem, balance, names),
        "moves": list(_moves(problem, balance, moved, names)),
    }


def _sellers(problem: Problem, balance: Balance, names: dict[int, Seller]) -> list[dict[str, Any]]:
    placed = Counter(balance.placed.values())
    margin: Counter[int | None] = Counter()
    for one in problem.clients:
        margin[balance.placed[one.client_id]] += one.margin  # type: ignore[assignment]  # a Counter adds floats as well
    found = []
    for fill in problem.sellers:
        before = problem.loads.get(fill.seller_id)
        found.append(
            {
                "seller": names[fill.seller_id].name,
                "ceiling": fill.heads + fill.held,
                "before": before.clients if before else 0,
                "after": placed[fill.seller_id] + fill.held,
                "margin_before": round(before.margin, 2) if before else 0.0,
                "margin_after": round(margin[fill.seller_id], 2),
                "place_worth": round(balance.seller_prices.get(fill.seller_id, 0.0), 2),
            }
        )
    return found


def _moves(problem: Problem, balance: Balance, moved: list[int], names: dict[int, Seller]) -> Iterator[dict[str, Any]]:
    clients: dict[int, Client] = {}
    for start in range(0, len(moved), IDS_PER_QUERY):
        clients |= Client.objects.only("name", "code").in_bulk(moved[start : start + IDS_PER_QUERY])
    places = {one.client_id: one for one in problem.clients}
    for client_id in sorted(moved, key=lambda one: -places[one].margin):
        before, after = problem.holders[client_id], balance.placed[client_id]
        present, new = balance.value_of(client_id, before), balance.value_of(client_id, after)
        reasons = reasons_of(present, new, before=before, after=after, is_idle=places[client_id].idle)
        yield {
            "client": clients[client_id].code or str(client_id),
            "name": clients[client_id].name,
            "from": names[before].name if before else None,
            "to": names[after].name if after else None,
            "margin": places[client_id].margin,
            "gain": round(new.value - present.value, 2),
            "reasons": [one["code"] for one in reasons],
        }


def heading(found: dict[str, Any]) -> Iterator[str]:
    """What the solver says, in sentences."""
    text = _("Value a year %(objective)s, no division can be worth more than %(bound)s (gap %(gap)s, %(seconds)s s).")
    yield text % {
        "objective": f"{found['objective']:,.0f}".replace(",", "\u202f"),
        "bound": f"{found['bound']:,.0f}".replace(",", "\u202f"),
        "gap": f"{found['gap']:.3%}",
        "seconds": found["seconds"],
    }
    yield _("Best free seller one by one: %(greedy)s; dealing round in turn: %(round)s.") % {
        "greedy": f"{found['greedy']:,.0f}".replace(",", "\u202f"),
        "round": f"{found['round_robin']:,.0f}".replace(",", "\u202f"),
    }
