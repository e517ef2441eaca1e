"""The norms: as the file says them now, and as the published snapshot was counted by."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from clientarium.core.ground import UserError
from clientarium.core.metrics import Norms, load_norms
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
