"""What a change of norms would do to everybody's share, without counting the base again."""

from collections.abc import Mapping
from dataclasses import dataclass

from clientarium.core.metrics import NormAmount, NormKeys, Norms, with_norms
from clientarium.decisions.grades import norms_path
from clientarium.decisions.people import Visitor

from ..choices import By
from .load import Load, counts, load_of
from .norms import current_norms, norms_of_text


@dataclass(frozen=True)
class NormsTrial:
    """The load of a year by the norms of the file, and by the changed ones; None before the first pulse."""

    before: Load | None
    after: Load | None


def tried_norms(changes: Mapping[NormKeys, NormAmount]) -> Norms:
    """The norms with `changes`; raises UserError where they would not read."""
    return norms_of_text(with_norms(norms_path().read_text(encoding="utf-8"), changes))


def try_norms(changes: Mapping[NormKeys, NormAmount], *, user: Visitor, by: str = By.GRADE) -> NormsTrial:
    """The shares before and after; raises UserError where the changed norms would not read."""
    norms, counted = tried_norms(changes), counts(by, user=user)
    if counted is None:
        return NormsTrial(None, None)
    return NormsTrial(load_of(counted, current_norms()), load_of(counted, norms))
