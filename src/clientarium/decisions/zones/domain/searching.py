"""Searching: a run that reads the base, looks for zones and writes them down; begun again, it begins anew."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import ValueType, parse_condition
from clientarium.core.readings import Portrait, portraits, rows_for_zones
from clientarium.core.strategy import ZONE_TARGETS, Zone, ZoneSearch, find_zones
from clientarium.decisions.clients import current_publication, custom_field_names
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.runs import Lease, Run, RunKind, RunState, enqueue

from ..choices import SearchState, ZonesVerb, ZoneTarget
from ..models import Finding, Search
from ..queries.numbers import ingredients, zone_rules
from ..queries.searches import zone_words
from ..rules import can_search_zones

LANE = "zones"  # a search takes a core and memory: one at a time
PHASES = {
    "read": N_("Reading the clients"),
    "search": N_("Looking for zones"),
    "check": N_("Checking against chance"),
    "portrait": N_("Describing the clients"),
}
Step = Callable[[str, int, int], None]


@transaction.atomic
def start_search(target: str, *, by: User) -> Search:
    """Queue a search; the one that is being made where there is one. Raises PermissionDenied, UserError."""
    if not can_search_zones(by):
        raise PermissionDenied
    begun = Search.objects.select_related("run").filter(target=_known(target), state=SearchState.MAKING).first()
    if begun is not None and begun.run is not None and begun.run.is_live:
        return begun
    if begun is not None:  # a run that is taken back while it waits tells nobody
        Search.objects.filter(pk=begun.pk).update(state=SearchState.DROPPED)
    search = Search.objects.create(target=target, asked_by=by)
    search.run = enqueue(RunKind.ZONES, arguments={"search": search.pk}, by=by, lane=LANE)
    search.save(update_fields=["run"])
    return search


def search_now(target: str, *, by: User | None = None, step: Step | None = None) -> Search:
    """The same without a queue, for the command line and small bases; the one being made stays alone.

    Raises UserError.
    """
    search = Search(target=_known(target), asked_by=by)
    found = _look(search, step=_told(step or (lambda *_: None)))
    with transaction.atomic():
        _write(search, found)
    return search


def zones_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind zones."""
    search = Search.objects.get(pk=lease.run.arguments["search"])
    found = _look(search, step=_told(lease.progress))  # progress stops it when somebody cancels
    with lease.commit():
        _write(search, found)
    return {"search": search.pk, "zones": len(found[0].zones)}


def abandon_search(run: Run, state: RunState) -> None:
    """A search that will not be finished says so."""
    making = Search.objects.filter(pk=run.arguments["search"], state=SearchState.MAKING)
    making.update(state=SearchState.DROPPED if state == RunState.CANCELLED else SearchState.FAILED)


def _told(step: Step) -> Step:
    """The phases by what people call them."""
    return lambda phase, done, total: step(PHASES[phase], done, total)


def _known(target: str) -> str:
    if target not in ZoneTarget.values:
        raise UserError(
            N_("Zones are not looked for in “%(target)s”."),
            cure=N_("Choose one of: %(known)s."),
            target=target,
            known=", ".join(ZoneTarget.values),
        )
    return target


Looked = tuple[ZoneSearch, list[Portrait]]


def _look(search: Search, *, step: Step) -> Looked:
    """What there is to find as of the published state; fills in the search's own columns."""
    publication = current_publication()
    if publication is None or publication.as_of is None:
        raise UserError(N_("Nothing is computed yet."), cure=N_("Load sales and run the pulse."))
    target, rules = ZONE_TARGETS[search.target], zone_rules()
    words = zone_words()
    names = target.descriptors(words.values(), made_of=ingredients())
    step("read", 0, 1)
    base = ledger_base()
    rows, measure = rows_for_zones(base, as_of=publication.as_of, target=target, names=names)
    found = find_zones(rows, target=target, names=names, rules=rules, progress=step)
    search.as_of, search.universe = publication.as_of, target.where.format(m=measure)
    search.rules = asdict(rules)
    search.figures = {key: value for key, value in asdict(found).items() if key != "zones"} | {"measure": measure}
    step("portrait", 0, 1)
    conditions = [parse_condition(f"{zone.expression} and {search.universe}", words) for zone in found.zones]
    return found, portraits(base, conditions, as_of=publication.as_of, traits=_traits())


def _traits() -> list[str]:
    """What stands on cards in words: one looks for new clients by it."""
    return ["segment", "city", *(name.name for name in custom_field_names() if name.type is ValueType.TEXT)]


def _write(search: Search, found: Looked) -> None:
    """The findings, in place of what an interrupted attempt wrote. Within a transaction."""
    search.state, search.made_at = SearchState.READY, timezone.now()
    search.save()
    search.findings.all().delete()
    Finding.objects.bulk_create(
        _finding(search, place, zone, portrait)
        for place, (zone, portrait) in enumerate(zip(found[0].zones, found[1], strict=True), start=1)
    )
    data = {"target": search.target, "as_of": search.as_of, "zones": len(found[0].zones), "clients": found[0].clients}
    record(ZonesVerb.ZONES_SEARCHED, target=search, by=search.asked_by, data=data)


def _finding(search: Search, place: int, zone: Zone, portrait: Portrait) -> Finding:
    return Finding(
        search=search,
        place=place,
        expression=zone.expression,
        clients=zone.clients,
        value=zone.value,
        rest=zone.rest,
        low=zone.low,
        high=zone.high,
        money=_money(zone.money),
        money_share=zone.money_share,
        weight_share=zone.weight_share,
        worth=_money(zone.worth),
        z=zone.z,
        p_value=zone.p_value,
        similar=list(zone.similar),
        portrait=asdict(portrait),
    )


def _money(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))
