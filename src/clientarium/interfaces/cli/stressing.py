"""The stress test as JSON and as rows; imported only when a home is open."""

from collections.abc import Iterator, Sequence
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import MonthAhead
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.stress import (
    HoleFound,
    Lottery,
    NamedSuccessor,
    Removal,
    SuccessionFound,
    hole_of,
    lottery_history,
    lottery_of,
    lottery_without,
    read_removal,
    successors_of,
)

from .language import _
from .listing import console

USUAL_TOP = 3
MONTH_COLUMNS = (N_("Month"), N_("Missing"), N_("At least"), N_("At most"), N_("Successors add"))
SUCCESSOR_COLUMNS = (
    N_("Successor"), N_("Grade"), N_("Seller"), N_("Expected"), N_("Could bring"), N_("Source"), N_("Adds a month"),
    N_("From"), N_("Wholly by"), N_("Hours a month"),
)  # fmt: skip


def stress_document(
    *, remove_top: int | None, remove_where: str, remove_clients: Sequence[str], with_peers: bool = False
) -> dict[str, Any]:
    """The whole test for programs; money is margin. Raises UserError for what cannot be read."""
    if remove_top is None and not remove_where.strip() and not remove_clients:
        remove_top = USUAL_TOP
    user, ids = console(), [_client(one).pk for one in remove_clients]
    removal = read_removal(top=remove_top, where=remove_where, clients=ids)
    now = lottery_of(by=user)
    hole = hole_of(removal, by=user)
    found = successors_of(removal, by=user, with_peers=with_peers) if hole else None
    return {
        "removed": _removed(removal),
        "base": _lottery(now) if now else None,
        "without": _lottery(left) if now and (left := lottery_without(removal, by=user)) else None,
        "hole": _hole(hole) if hole else None,
        "succession": _succession(found) if found else None,
        "quarters": [_lottery(one) for one in lottery_history(by=user)],
    }


def heading(found: dict[str, Any]) -> Iterator[str]:
    """The verdict, the hole, whether it is filled."""
    base, hole, filled = found["base"], found["hole"], found["succession"]
    if base is None:
        return
    verdict = VERDICTS[base["verdict"]]
    yield _("By the figures of %(day)s: %(verdict)s.") % {"day": f"{base['as_of']:%d.%m.%Y}", "verdict": _(verdict)}
    if base["shortfall"] is not None:
        yield _("Worst year of ten: %(low)s of %(expected)s expected; half of the margin rests on %(n)s clients.") % {
            "low": _told(base["worst_of_ten"]),
            "expected": _told(base["expected"]),
            "n": base["half_holders"],
        }
    if hole and hole["clients"]:
        yield _("Missing without them within 12 months: %(margin)s (%(low)s — %(high)s).") % {
            name: _told(hole[name]) for name in ("margin", "low", "high")
        }
    if filled and hole and hole["clients"]:
        if filled["filled_from"]:
            yield _("Filled from %(month)s; until then %(lost)s is lost.") % {
                "month": filled["filled_from"],
                "lost": _told(filled["lost"]),
            }
        else:
            yield _("Not filled: %(left)s a month is still missing a year later.") % {"left": _told(filled["left"])}


VERDICTS = {
    "steady": N_("no lottery"),
    "shaky": N_("no lottery, but shaky"),
    "lottery": N_("a lottery"),
    "unknown": N_("no margin is expected"),
}


def month_rows(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for one, more in zip(found["hole"]["months"], found["succession"]["added"], strict=True):
        yield one["month"], *(round(one[name]) for name in ("margin", "low", "high")), round(more)


def successor_rows(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for one in found["succession"]["successors"]:
        source = SOURCES[one["source"]]
        yield (
            one["client"], one["grade"], one["seller"], round(one["expected"]), round(one["could_bring"]),
            _(source), round(one["adds_month"]), one["from"], one["wholly_by"], one["hours_month"],
        )  # fmt: skip


SOURCES = {
    "before": N_("brought more the year before"),
    "trend": N_("grows: another year like this one"),
    "declared": N_("his seller says so"),
    "peers": N_("clients like him take more"),
}


def _client(wanted: str) -> Client:
    for field in ("code", "name"):
        found = list(clients_visible_to(console()).filter(**{field: wanted})[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(N_("Several clients are called “%(client)s”."), cure=N_("Give the code."), client=wanted)
    raise UserError(
        N_("There is no client “%(client)s”."), cure=N_("Give his code, or his name as it is written."), client=wanted
    )


def _removed(removal: Removal) -> dict[str, Any]:
    return {"top": removal.top or None, "where": removal.where or None, "clients": list(removal.client_ids) or None}


def _lottery(found: Lottery) -> dict[str, Any]:
    out, chance = found.outlook, found.chance
    return {
        "as_of": found.as_of, "verdict": str(found.judged.verdict), "measure": out.measure, "clients": out.clients,
        "without_cost": out.assumed, "expected": _round(chance.expected), "worst_of_ten": _round(chance.low),
        "median": _round(chance.median), "best_of_ten": _round(chance.high), "shortfall": _round(chance.shortfall, 4),
        "draws": chance.draws, "payers": out.payers, "half_holders": out.half_holders, "hhi": _round(out.hhi, 6),
        "equal_clients": _round(found.equal_clients), "first_shares": dict(out.first_shares),
        "leaves_in_a_year": _round(found.leaves, 4), "leaves_is_measured": found.leaves_is_measured,
    }  # fmt: skip


def _hole(found: HoleFound) -> dict[str, Any]:
    months = [
        {"month": _month(month), "margin": _round(one.margin), "low": _round(one.low), "high": _round(one.high)}
        for month, one in found.months
    ]
    return {
        "clients": found.hole.clients, "buyers": found.hole.buyers, "without_cost": found.hole.assumed,
        "margin": _round(found.year.margin), "low": _round(found.year.low), "high": _round(found.year.high),
        "share": _round(found.share, 4), "is_everybody": found.is_everybody,
        "freed_hours_month": _round(found.freed_hours), "months": months,
        "dearest": [{"client": client.name, "margin": _round(one.margin), "alive": _round(one.alive, 4)}
                    for one, client in found.named],
    }  # fmt: skip


def _succession(found: SuccessionFound) -> dict[str, Any]:
    all_of = found.succession
    return {
        "filled_from": _month(found.filled_from) if found.filled_from else None,
        "left": _round(all_of.left), "lost": _round(all_of.lost), "adds_month": _round(all_of.adds),
        "hours_month": _round(all_of.hours), "contacts_month": _round(all_of.contacts),
        "room_share": found.rules.room_share, "ramp_months": found.rules.ramp_months,
        "added": [_round(more) for more in all_of.added],
        "successors": [_successor(one) for one in found.taken], "spare": [_successor(one) for one in found.spare],
    }  # fmt: skip


def _successor(one: NamedSuccessor) -> dict[str, Any]:
    own = one.successor.client
    return {
        "client": one.client.name, "grade": own.grade, "layer": own.layer,
        "seller": one.client.holder.name if one.client.holder else None, "expected": _round(own.expected),
        "could_bring": _round(one.could), "source": str(one.source), "adds_month": _round(one.successor.adds),
        "from": _month(one.begins) if one.begins else None, "wholly_by": _month(one.full) if one.full else None,
        "contacts_month": _round(one.successor.contacts), "hours_month": _round(one.successor.hours),
    }  # fmt: skip


def _month(month: MonthAhead) -> str:
    return f"{month.first:%Y-%m}"


def _told(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def _round(value: float | None, places: int = 2) -> float | None:
    return None if value is None else round(float(value), places)
