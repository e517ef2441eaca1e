"""The clocks of the base as one document."""

from datetime import date
from typing import Any

from clientarium.decisions.clock import ClockOf, RuleNumbers, clocks_of, rules_on
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Role, Seller, User

from .accounts import known_seller


def clock_document(as_of: date | None, *, seller_name: str = "") -> dict[str, Any]:
    """The rule of `as_of` (None: the working day), and the clocks of the clients held, the nearest to cold first.

    On a day before the history of holders begins nobody is held: then all clients are told.
    UserError for a seller nobody knows.
    """
    day = as_of or working_day()
    seller = known_seller(seller_name)
    whole = User(role=Role.OWNER)  # whoever has the home has everything in it
    everybody = clocks_of(None, by=whole, day=day)
    held = [one for one in everybody if one.holder_id is not None]
    clocks = [one for one in held or everybody if seller is None or one.holder_id == seller.pk]
    names = dict(Seller.objects.values_list("pk", "name"))
    on = rules_on(day)
    return {
        "as_of": day,
        "rule": _rule(on.firm),
        "own_rules": {names[pk]: _rule(rule) for pk, rule in on.by_seller.items()},
        "holders_known": bool(held),
        "clients_counted": len(clocks),
        "cold": sum(one.is_cold for one in clocks),
        "soon": sum(one.warning not in (None, 0) for one in clocks),
        "clients": [_client(one, names) for one in clocks if one.days_left is not None],
    }


def _rule(rule: RuleNumbers) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "cold_days": rule.cold_days,
        "rhythm_factor": rule.rhythm_factor,
        "purchase_is": rule.purchase_is,
        "takeover_days": rule.takeover_days,
        "warn_days": list(rule.warn_days),
    }


def _client(clock: ClockOf, names: dict[int, str]) -> dict[str, Any]:
    return {
        "client_id": clock.client_id,
        "client": clock.name,
        "seller": names.get(clock.holder_id or 0),
        "last_purchase_on": clock.last_purchase_on,
        "allowed_days": clock.allowed_days,
        "cold_on": clock.cold_on,
        "days_left": clock.days_left,
        "warning": clock.warning,
        "exception_until": clock.exception,
        "takeover_until": clock.takeover_until,
    }
