"""Which pairs of cards may be merged without asking."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clientarium.core.identity.matching.clustering import components
from clientarium.core.identity.matching.comparing import level_count
from clientarium.core.identity.matching.prepared import PreparedField
from clientarium.core.identity.matching.scoring import ScoredPairs
from clientarium.core.identity.matching.settings import Matching
from clientarium.core.identity.matching.tax_rule import UNKNOWN, TaxNumbers

# Fields that tell one firm from another; a town does not.
_TELLING = ("inn", "ogrn", "phones", "emails", "name", "address")
_AGAINST = ("inn", "ogrn", "name")
_LEAST_AGREEING_FIELDS = 2
# Levels under the top one that still count as the same thing for this rule: a slip of the finger, a shortened street.
_STEPS_UNDER_SAME = {"name": 1, "address": 2}
# Levels of names: one slip of the finger apart; initials or a little more apart.
_SLIP, _INITIALS = 5, 4


def is_sure(
    fields: Sequence[PreparedField], scored: ScoredPairs, taxes: TaxNumbers, *, settings: Matching
) -> NDArray[np.bool_]:
    """Be sure of one place of one ИНН, or of two same things with nothing against; never across other tax numbers.

    All sure pairs together must not join two different ИНН or two КПП of one: where they would, only pairs with equal
    ИНН and КПП on both cards stay sure.
    """
    level = {field.name: found.astype(np.int64) for field, found in zip(fields, scored.levels, strict=True)}
    top = {field.name: level_count(field) - 1 for field in fields}
    same = {name: level[name] >= top[name] - _STEPS_UNDER_SAME.get(name, 0) for name in _TELLING}
    agreeing = np.sum([same[name] for name in _TELLING], axis=0)
    is_against = np.any([level[name] == 0 for name in _AGAINST], axis=0) | _is_elsewhere(level["address"])
    by_number = taxes.is_one_place(scored.places) & (level["name"] != 0)
    by_number &= scored.probability >= settings.match_probability
    is_own_contact = same["emails"] | same["ogrn"]
    is_named = (level["name"] >= _SLIP) | ((level["name"] >= _INITIALS) & is_own_contact)
    by_model = (agreeing >= _LEAST_AGREEING_FIELDS) & ~is_against & is_named
    is_barred = taxes.is_other(scored.places) | taxes.is_branch(scored.places)
    sure: NDArray[np.bool_] = (by_number | settings.surest(scored.probability, by_model & ~by_number)) & ~is_barred
    return sure & ~_is_torn(scored, sure, taxes)


def _is_elsewhere(address: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell where two addresses have no number in common."""
    is_elsewhere: NDArray[np.bool_] = (address == 0) | (address == 1)
    return is_elsewhere


def _is_torn(scored: ScoredPairs, sure: NDArray[np.bool_], taxes: TaxNumbers) -> NDArray[np.bool_]:
    """Tell which pairs belong to a group with several ИНН or places, unless both numbers of the pair are the same."""
    left, right = scored.places[:, 0], scored.places[:, 1]
    group = components(left, right, sure, len(taxes.inn))
    torn = np.zeros(len(taxes.inn), bool)
    for codes in (taxes.inn, taxes.kpp):
        known = codes != UNKNOWN
        kinds = np.unique(np.stack([group[known], codes[known]], axis=1), axis=0)[:, 0]
        torn |= (np.bincount(kinds, minlength=len(torn)) > 1)[: len(torn)]
    is_exact = taxes.is_same_inn(scored.places) & (taxes.kpp[left] == taxes.kpp[right]) & (taxes.kpp[left] != UNKNOWN)
    is_torn: NDArray[np.bool_] = torn[group[left]] & ~is_exact
    return is_torn
