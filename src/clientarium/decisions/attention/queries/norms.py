"""The norms: as the file says them now, and as the published snapshot was counted by."""

import os
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from clientarium.core.ground import UserError
from clientarium.core.metrics import NormAmount, NormKeys, Norms, load_norms, service_of
from clientarium.core.readings import LoadCounts
from clientarium.decisions.grades import NORMS, SchemeVersion, norms_path, scheme_versions
from clientarium.decisions.runs import published_snapshot


def current_norms() -> Norms:
    """Of the home's file; raises UserError with file and line."""
    return load_norms(norms_path())


def counted_norms() -> Norms:
    """Those the published snapshot was counted by: a change saved since waits for the next pulse."""
    snapshot = published_snapshot()
    versions = scheme_versions(NORMS)
    if snapshot is None or not versions.filter(at__gt=snapshot.made_at).exists():
        return current_norms()
    before = versions.filter(at__lte=snapshot.made_at).first() or versions.last()
    return norms_of_text(before.text) if before else current_norms()


def waits_for_pulse() -> bool:
    """Whether the file says other norms than the published snapshot was counted by."""
    return counted_norms().hash != current_norms().hash


def norms_history() -> list[SchemeVersion]:
    """Every text of the norms, the newest first."""
    return list(scheme_versions(NORMS).select_related("by"))


def unnamed_departments(counted: LoadCounts | None, norms: Norms) -> list[str]:
    """Departments of the touches that are a known service by another name, and take the norm for everybody instead."""
    names = sorted({one.department for one in counted.touches if one.department}) if counted else []
    return [name for name in names if _as_service(name, norms)]


def norms_of_services(departments: Iterable[str], norms: Norms) -> dict[NormKeys, NormAmount]:
    """Lines that give each department the norms of its service."""
    changes: dict[NormKeys, NormAmount] = {}
    for name in departments:
        changes |= _as_service(name, norms)
    return changes


def _as_service(name: str, norms: Norms) -> dict[NormKeys, NormAmount]:
    service = service_of(name, default=norms.default_department)
    if service == name:
        return {}
    found: dict[NormKeys, NormAmount] = {}
    if service in norms.hourly_cost and name not in norms.hourly_cost:
        found["hourly_cost", name] = norms.hourly_cost[service]
    for kind, by_department in norms.touch_minutes.items():
        if service in by_department and name not in by_department:
            found["touch_minutes", kind, name] = by_department[service]
    return found


@lru_cache(maxsize=16)
def norms_of_text(text: str) -> Norms:
    """The norms `text` describes; raises UserError with the line."""
    with tempfile.TemporaryDirectory(prefix="clientarium-norms-") as folder:
        path = Path(folder) / "norms.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            return load_norms(path)
        except UserError as error:
            error.place = error.place.replace(f"{folder}{os.sep}", "")
            raise
