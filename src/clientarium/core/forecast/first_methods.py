"""The plainest method of each kind: what answers before anything is chosen by backtest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from clientarium.core.forecast.date_rules import learn_gap_base
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import DateForecast, Numbers


@dataclass(frozen=True)
class GammaDates:
    """Gap ~ Gamma(k, λ), λ ~ Gamma(r, α): the next gap is (α + Σ gaps)·BetaPrime(k, r + kn) (SCIENCE.md 1.6)."""

    name: str = "gamma"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> DateForecast:
        silence = (histories.until - histories.last).astype(float)
        low = self._share_below(histories, silence)
        at = [self._gap(histories, low + q * (1 - low)) for q in (0.5, 0.1, 0.9)]
        median, early, late = (np.maximum(gap - silence, 1.0) for gap in at)
        within = {h: (self._share_below(histories, silence + h) - low) / np.maximum(1 - low, 1e-12) for h in horizons}
        return DateForecast(median=median, early=early, late=late, within=within)

    def windows(self, histories: Histories) -> tuple[Numbers, Numbers]:
        """10 % and 90 % of the gap after the last purchase, days, before any silence."""
        zero = np.zeros(histories.size)
        return self._gap(histories, zero + 0.1), self._gap(histories, zero + 0.9)

    def _share_below(self, histories: Histories, gaps: Numbers) -> Numbers:
        scale, k, shape = self._scale(histories)
        return np.asarray(special.betainc(k, shape, gaps / (gaps + scale)))

    def _gap(self, histories: Histories, share: Numbers) -> Numbers:
        scale, k, shape = self._scale(histories)
        part = special.betaincinv(k, shape, np.minimum(share, 1 - 1e-9))
        return np.asarray(scale * part / np.maximum(1 - part, 1e-9))

    def _scale(self, histories: Histories) -> tuple[Numbers, float, Numbers]:
        base = learn_gap_base(histories)
        total = (histories.last - histories.first).astype(float)
        if base is None:
            return np.full(histories.size, 90.0), 1.0, np.full(histories.size, 2.0)
        return base.alpha + total, base.k, base.r + base.k * (histories.counts - 1)
