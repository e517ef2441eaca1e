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
from clientarium.core.identity.matching.wording import same_wording

# Fields that tell one firm from another; a town does not.
_TELLING = ("inn", "ogrn", "phones", "emails", "address")
_AGAINST = ("inn", "ogrn")
# Levels under the top one that still count as the same thing for this rule: a shortened street.
_STEPS_UNDER_SAME = {"address": 2}


def is_sure(
    fields: Sequence[PreparedField], scored: ScoredPairs, taxes: TaxNumbers, *, settings: Matching
) -> NDArray[np.bool_]:
    """Be sure of one place of one ИНН, or of the same wording and one same thing more; never across tax numbers.

    Branches share phones and e-mails: which of them a card without КПП is only its address can tell.
    All sure pairs together join neither two ИНН nor two КПП of one: the likelier pairs go first.
    """
    by_name = {field.name: (field, found) for field, found in zip(fields, scored.levels, strict=True)}
    level = {name: found.astype(np.int64) for name, (_, found) in by_name.items()}
    same = {
        name: level[name] >= level_count(by_name[name][0]) - 1 - _STEPS_UNDER_SAME.get(name, 0) for name in _TELLING
    }
    # Tax numbers of a firm with branches do not tell which of them a card is.
    for name in ("inn", "ogrn"):
        same[name] &= ~taxes.is_unclear(scored.places)
    by_number = taxes.is_one_place(scored.places) & (level["name"] != 0)
    by_number &= scored.probability >= settings.match_probability
    is_against = np.any([level[name] == 0 for name in _AGAINST], axis=0) | _is_elsewhere(level["address"])
    is_barred = taxes.is_other(scored.places) | taxes.is_branch(scored.places)
    by_model = np.any([same[name] for name in _TELLING], axis=0) & ~is_against & ~by_number & ~is_barred
    by_model &= scored.probability >= settings.sure_probability
    by_model &= same["address"] | ~taxes.is_unclear(scored.places)
    by_model[by_model] = same_wording(by_name["name"][0], scored.places[by_model])
    sure: NDArray[np.bool_] = (by_number & ~is_barred) | settings.surest(scored.probability, by_model)
    return sure & ~crossing(scored, sure, taxes)


def _is_elsewhere(address: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell where two addresses have no number in common."""
    is_elsewhere: NDArray[np.bool_] = (address == 0) | (address == 1)
    return is_elsewhere


def crossing(scored: ScoredPairs, sure: NDArray[np.bool_], taxes: TaxNumbers) -> NDArray[np.bool_]:
    """Tell which sure pairs would join two ИНН or two КПП through other cards, when likelier pairs are joined first."""
    left, right = scored.places[:, 0], scored.places[:, 1]
    group = components(left, right, sure, len(taxes.inn))
    torn = np.zeros(len(taxes.inn), bool)
    for codes in (taxes.inn, taxes.kpp):
        known = codes != UNKNOWN
        kinds = np.unique(np.stack([group[known], codes[known]], axis=1), axis=0)[:, 0]
        torn |= (np.bincount(kinds, minlength=len(torn)) > 1)[: len(torn)]
    rows = np.nonzero(sure & torn[group[left]])[0]
    crosses = np.zeros(len(sure), bool)
    heads: dict[int, int] = {}
    numbers: dict[int, tuple[int, int]] = {}
    for row in rows[np.argsort(-scored.log_odds[rows], kind="stable")].tolist():
        one, other = _head(heads, int(left[row])), _head(heads, int(right[row]))
        if one == other:
            continue
        joined = [
            _one_of(*pair)
            for pair in zip(
                numbers.get(one, (int(taxes.inn[one]), int(taxes.kpp[one]))),
                numbers.get(other, (int(taxes.inn[other]), int(taxes.kpp[other]))),
                strict=True,
            )
        ]
        if None in joined:
            crosses[row] = True
        else:
            heads[other], numbers[one] = one, (joined[0] or 0, joined[1] or 0)
    return crosses


def _head(heads: dict[int, int], record: int) -> int:
    while record in heads:
        record = heads[record]
    return record


def _one_of(one: int, other: int) -> int | None:
    """Return the number both have, UNKNOWN where neither has one, None where they differ."""
    if UNKNOWN in (one, other) or one == other:
        return max(one, other)
    return None
