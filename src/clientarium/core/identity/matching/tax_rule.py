"""What ИНН (or a Kazakh БИН in its place) and КПП settle about a pair, whatever else agrees."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clientarium.core.identity.matching.scoring import ScoredPairs
from clientarium.core.identity.tax_numbers import check_bin, check_inn, check_kpp

# Natural logs. A firm that has changed its ИНН is one in some hundreds of pairs that look alike otherwise.
_OTHER_INN = -6.0
_BRANCH = -100.0
UNKNOWN = -1


@dataclass(frozen=True)
class TaxNumbers:
    """Codes of valid ИНН and КПП per record (UNKNOWN otherwise); `has_branches`: its ИНН has several КПП."""

    cleaned: pa.Array
    inn: NDArray[np.int64]
    kpp: NDArray[np.int64]
    has_branches: NDArray[np.bool_]

    def is_other(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell where both ИНН are valid and differ."""
        return _both_differ(self.inn, places)

    def is_branch(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell where one valid ИНН has two different КПП."""
        return self.is_same_inn(places) & _both_differ(self.kpp, places)

    def is_same_inn(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        left, right = self.inn[places[:, 0]], self.inn[places[:, 1]]
        is_same: NDArray[np.bool_] = (left == right) & (left != UNKNOWN)
        return is_same

    def is_one_place(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell where ИНН are the same and КПП cannot mean two places: equal, or the ИНН has no branches."""
        return self.is_same_inn(places) & ~self.is_branch(places) & ~self.is_unclear(places)

    def is_unclear(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell where a card's firm has branches and one КПП is not known: any of them may be meant."""
        left, right = self.kpp[places[:, 0]], self.kpp[places[:, 1]]
        has_branches = self.has_branches[places[:, 0]] | self.has_branches[places[:, 1]]
        is_unclear: NDArray[np.bool_] = has_branches & ((left != right) | (left == UNKNOWN))
        return is_unclear

    def spread(self, scored: ScoredPairs, *, least_probability: float) -> "TaxNumbers":
        """Count cards without ИНН to the firms with branches that they are likely to be of."""
        left, right = scored.places[scored.probability >= least_probability].T
        has_branches = self.has_branches.copy()
        for one, other in ((left, right), (right, left)):
            has_branches[other[self.has_branches[one] & (self.inn[other] == UNKNOWN)]] = True
        return replace(self, has_branches=has_branches)

    def applied(self, scored: ScoredPairs, *, inn: int, ogrn: int) -> ScoredPairs:
        """Change the odds by these rules; `inn` and `ogrn` are the places of the two among the fields."""
        levels, rarity = list(scored.levels), list(scored.rarity)
        log_odds = scored.log_odds - self._said(scored, inn) - self._said(scored, ogrn)
        other, unclear = self.is_other(scored.places), self.is_unclear(scored.places)
        levels[inn] = np.where(other, 0, levels[inn]).astype(np.int8)
        rarity[inn] = np.where(other, _OTHER_INN, rarity[inn])
        for place in (inn, ogrn):
            own = np.append(scored.mixture.weights[place], 0.0)[levels[place].astype(np.int64)]
            rarity[place] = np.where(unclear & (own > 0), -own, rarity[place])
        rarity[inn] = np.where(self.is_branch(scored.places), _BRANCH, rarity[inn])
        changed = replace(scored, levels=tuple(levels), rarity=tuple(rarity))
        return replace(changed, log_odds=log_odds + self._said(changed, inn) + self._said(changed, ogrn))

    @staticmethod
    def _said(scored: ScoredPairs, place: int) -> NDArray[np.float64]:
        weights = np.append(scored.mixture.weights[place], 0.0)
        said: NDArray[np.float64] = weights[scored.levels[place].astype(np.int64)] + scored.rarity[place]
        return said


def tax_numbers_of(cards: pa.Table) -> TaxNumbers:
    inns = [check_inn(cell) or check_bin(cell) if cell else None for cell in cards["inn"].to_pylist()]
    kpps = [check_kpp(cell) if cell else None for cell in cards["kpp"].to_pylist()]
    cleaned = pa.array([valid or raw for valid, raw in zip(inns, cards["inn"].to_pylist(), strict=True)], pa.string())
    inn, kpp = _codes(inns), _codes(kpps)
    both = np.unique(np.stack([inn, kpp], axis=1)[(inn != UNKNOWN) & (kpp != UNKNOWN)], axis=0)
    kinds = np.bincount(both[:, 0], minlength=int(inn.max(initial=0)) + 1)
    return TaxNumbers(cleaned, inn, kpp, (inn != UNKNOWN) & (kinds[np.maximum(inn, 0)] > 1))


def _codes(values: list[str | None]) -> NDArray[np.int64]:
    places: dict[str, int] = {}
    return np.array([UNKNOWN if one is None else places.setdefault(one, len(places)) for one in values], np.int64)


def _both_differ(codes: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    left, right = codes[places[:, 0]], codes[places[:, 1]]
    differ: NDArray[np.bool_] = (left != right) & (left != UNKNOWN) & (right != UNKNOWN)
    return differ
