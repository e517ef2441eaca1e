"""The mirror and the outcomes as documents: what the pages say, in plain values."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from clientarium.core.readings import REST_OF_GROUPS, Cut
from clientarium.core.strategy import Estimate
from clientarium.decisions.mirror import (
    Change,
    GroupLine,
    HealthFigure,
    OutcomeCode,
    division_called,
    divisions,
    health_of,
    newcomers_of,
    outcomes_of,
    strengths_of,
)

from .language import _


def mirror_document(by: str = "") -> dict[str, Any] | None:
    """Groups of one division, best known first by money, and the health of the base; None before the first count.

    Raises KeyError for a division there is none of, with those there are.
    """
    offered = [one.key for one in divisions()]
    if by and by not in offered:
        raise KeyError(", ".join(offered))
    division = division_called(by)
    found = strengths_of(division) if division else None
    if found is None:
        return None
    second, is_goods = newcomers_of(found.division), found.division.cut is not Cut.CLIENT
    return {
        "as_of": found.as_of,
        "by": found.division.key,
        "measure": found.measure,
        "least_clients": found.least,
        "groups": [
            _group(line, is_goods=is_goods)
            | {"newcomers": asdict(second[line.group]) if line.group in second else None}
            for line in found.lines
        ],
        "whole": _group(found.whole, is_goods=is_goods),
        "health": [_health(figure) for figure in health_of(None)],
    }


def outcomes_document() -> dict[str, Any] | None:
    """Every figure over the snapshots and whether it moved; None before the first count."""
    found = outcomes_of()
    if found is None:
        return None
    return {
        "as_of": found.as_of,
        "began_on": found.began_on,
        "days": found.days,
        "is_early": found.is_early,
        "measure": found.measure,
        "figures": [
            {
                "code": code,
                "title": str(OutcomeCode(code).label),
                "now": outcome.now,
                "values": [{"as_of": day, "value": value} for day, value in outcome.values],
                "since_start": _change(outcome.since_start),
                "over_year": _change(outcome.over_year) if outcome.over_year else None,
            }
            for code, outcome in found.by_code.items()
        ],
        "half_holders": [asdict(one) for one in found.half],
        "foreseen": [asdict(one) for one in found.told],
    }


def _group(line: GroupLine, *, is_goods: bool) -> dict[str, Any]:
    """A client who buys in several groups of goods counts in each, so there shares of the base say nothing."""
    plain = ("group", "clients", "bought", "revenue", "margin", "base_share", "money_share")
    ratios = ("margin_pct", "retention", "repeat", "discount", "discount_free")
    gaps = ("margin_gap", "retention_gap", "repeat_gap", "discount_gap")
    return {
        **{name: getattr(line, name) for name in (*plain, *ratios)},
        **{name: _gap(getattr(line, name)) for name in gaps},
        **({"base_share": None} if is_goods else {}),
        "verdict": line.verdict.value,
        "verdict_title": str(line.verdict.label),
    }


def _gap(gap: Estimate) -> dict[str, float | None]:
    return {"value": gap.value, "low": gap.low, "high": gap.high}


def _health(figure: HealthFigure) -> dict[str, Any]:
    return {
        "code": figure.code.value,
        "title": str(figure.code.label),
        "value": figure.value,
        "done": figure.done,
        "of": figure.of,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "since": change.since,
        "before": change.before,
        "now": change.now,
        **_gap(change.gap),
        "direction": change.direction.value,
        "direction_title": str(change.direction.label),
    }


def mirror_titles(by: str) -> Callable[[str | None], str]:
    """How the groups of a division are named in a table."""
    division = division_called(by)

    def title_of(group: str | None) -> str:
        if group is None:
            return _("not filled in")
        if group == REST_OF_GROUPS:
            return _("smaller ones together")
        if division and division.is_yes_no:
            return _("yes") if group == "true" else _("no")
        return group

    return title_of
