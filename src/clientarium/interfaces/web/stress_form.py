"""What the stress test was asked for: whom to take away, and the assumptions moved for one look."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import GrowthRules
from clientarium.decisions.stress import Removal, read_removal, rules_in_force

from .listing import selected

USUAL_TOP = 3
TOPS = (1, 3, 5, 10)
HUNDRED = 100
MOST_MONTHS, MOST_CONTACTS = 24, 60


@dataclass(frozen=True)
class AskedStress:
    """`pairs`: the address's own words; `moved`: whether an assumption differs from the policy's."""

    removal: Removal
    rules: GrowthRules
    moved: bool
    with_peers: bool
    pairs: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def removal_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[0] in ("top", "where", "client"))


def asked_stress(request: HttpRequest) -> AskedStress:
    """The three largest where nothing is asked. Raises UserError for what cannot be read."""
    top, where, clients = request.GET.get("top", ""), request.GET.get("where", ""), request.GET.getlist("client")
    if not (top.strip() or where.strip() or clients):
        top = str(USUAL_TOP)
    removal = read_removal(top=top, where=where, clients=clients)
    if removal.where:
        selected(request, removal.where)  # raises for a condition that cannot be read
    rules, moved = _rules(request.GET)
    pairs = [("top", top)] if removal.top else [("where", removal.where)] if removal.where else []
    pairs += [("client", str(one)) for one in removal.client_ids]
    pairs += [(name, request.GET[name]) for name in ("share", "ramp", "contacts") if request.GET.get(name, "").strip()]
    with_peers = request.GET.get("peers") == "1"
    pairs += [("peers", "1")] if with_peers else []
    return AskedStress(removal, rules, moved, with_peers, tuple(pairs))


def stress_address(**asked: Any) -> str:
    """The page with that asked of it."""
    return f"{reverse('stress')}?{urlencode(asked)}"


def _rules(given: Mapping[str, str]) -> tuple[GrowthRules, bool]:
    usual = rules_in_force().growth
    share = _number(given.get("share", ""), most=HUNDRED)
    ramp = _number(given.get("ramp", ""), most=MOST_MONTHS)
    contacts = _number(given.get("contacts", ""), most=MOST_CONTACTS)
    rules = replace(
        usual,
        room_share=usual.room_share if share is None else share / HUNDRED,
        ramp_months=usual.ramp_months if ramp is None else max(1, round(ramp)),
        contacts_month=usual.contacts_month if contacts is None else contacts,
    )
    return rules, rules != usual


def _number(text: str, *, most: float) -> float | None:
    """None where nothing is written."""
    written = text.strip().rstrip("%").strip().replace(",", ".")
    if not written:
        return None
    try:
        value = float(written)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise UserError(
            N_("“%(text)s” is no number from 0 to %(most)s."), cure=N_("Write another number."), text=text, most=most
        )
    return value
