"""The load of every service beside the money, as one document."""

from dataclasses import asdict
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.attention import (
    Basis,
    By,
    ClientLoads,
    Load,
    counted_norms,
    load_by,
    paid_to_serve,
    service_rows,
    service_title,
    whale_of,
)
from clientarium.decisions.runs import published_snapshot

CLIENT = "client"
MINUTES_IN_HOUR = 60


def attention_document(by: str, *, documents: bool, limit: int) -> dict[str, Any]:
    """By grade, layer or seller; by client those whom the firm pays to serve. `as_of` null before the first pulse."""
    if by not in (*By.values, CLIENT):
        raise UserError(
            N_("The load is told by %(known)s, not by “%(word)s”."), known=", ".join((*By.values, CLIENT)), word=by
        )
    snapshot = published_snapshot()
    basis = Basis.DOCUMENTS if documents else Basis.ALL
    head = {"as_of": snapshot.as_of if snapshot else None, "by": by, "basis": str(basis)}
    if snapshot is None:
        return head
    if by == CLIENT:
        return head | _clients(paid_to_serve(user=None, basis=basis, limit=limit))
    found = load_by(by, user=None, basis=basis)
    assert found is not None  # a published day has a snapshot
    whale = whale_of(user=None, basis=basis)
    return head | _load(found) | {"whale": _whale(whale.curve) if whale else None}


def _load(load: Load) -> dict[str, Any]:
    return {
        "measure": load.measure,
        "hours": load.hours,
        "cost": load.cost,
        "measured_share": load.measured_share,
        "has_touches": load.has_touches,
        "parts": [asdict(one) | {"hours": one.hours, "after_service": one.after_service} for one in load.keys],
        "services": [
            asdict(one)
            | {
                "service_title": service_title(one.service),
                "hours": one.hours,
                "measured_share": one.measured_share,
                "kinds": [{"kind": kind, "count": count, "minutes": minutes} for kind, count, minutes in one.kinds],
            }
            for one in load.services
        ],
    }


def _whale(curve: Any) -> dict[str, Any]:
    names = ("clients", "earners", "losers", "unknown", "peak", "lost", "total", "peak_share")
    return {name: getattr(curve, name) for name in names} | {"tenths": [asdict(one) for one in curve.tenths]}


def _clients(loads: ClientLoads) -> dict[str, Any]:
    """The clients and what every service spends on each."""
    hours: dict[int, dict[str, float]] = {}
    for row in service_rows([one.client_id for one in loads.rows], by=None, key=CLIENT):
        assert isinstance(row.key, int)
        services = hours.setdefault(row.key, {})
        services[row.service] = services.get(row.service, 0.0) + row.minutes / MINUTES_IN_HOUR
    return {
        "measure": loads.measure,
        "clients": loads.clients,
        "hours": loads.hours,
        "money": loads.money,
        "where": loads.where,
        "norms": counted_norms().hash,
        "rows": [asdict(one) | {"services": hours.get(one.client_id, {})} for one in loads.rows],
    }
