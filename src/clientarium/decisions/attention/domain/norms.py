"""Setting the norms of time: each saved text is a version, and any of them can come back."""

from collections.abc import Mapping

from clientarium.core.ground import N_, UserError
from clientarium.core.metrics import NormAmount, NormKeys, with_norms
from clientarium.decisions.grades import (
    NORMS,
    SchemeVersion,
    norms_path,
    restore_version,
    save_norms,
    text_hash,
)
from clientarium.decisions.people import User


def set_norms(
    changes: Mapping[NormKeys, NormAmount], *, by: User, note: str = "", expected_hash: str | None = None
) -> SchemeVersion | None:
    """Write the changed norms into the company's file; None where nothing would change.

    The next pulse counts by them. Raises UserError: they would not read, or somebody saved others since.
    """
    before = norms_path().read_text(encoding="utf-8")
    if expected_hash and text_hash(before) != expected_hash:
        raise UserError(
            N_("Somebody changed the norms while you were editing them."),
            cure=N_("Open them again and repeat your change."),
        )
    text = with_norms(before, changes)
    return None if text == before else save_norms(text=text, by=by, note=note.strip(), expected_hash=text_hash(before))


def restore_norms(version: SchemeVersion, *, by: User, note: str = "") -> SchemeVersion:
    """Make an earlier text of the norms the file again."""
    assert version.scheme == NORMS, version.scheme
    return restore_version(version, by=by, note=note.strip())
