"""How right the next order's date would have been: one step ahead, the distribution beside every plain rule.

The protocol of SCIENCE.md 3.3 and 3.5. An origin is the evening of an order with LEAST_GAPS gaps behind it, inside the
test window; what really happened is the gap to the next order. Everything learnt of the base is learnt on orders up to
the start of the origin's block; the client's own gaps are those before the origin. An origin with no next order yet
is censored: it has no error to count, its share is told. Everything is whole days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from clientarium.core.forecast.backtest.paired import Difference, paired_difference
from clientarium.core.forecast.date_distribution import Cells, day_of_share, share_by
from clientarium.core.forecast.date_learning import WIDE_WINDOW, WINDOW, known_ends, learn_dates
from clientarium.core.forecast.gap_grid import EDGES, WIDTHS
from clientarium.core.forecast.gap_states import Flags, GapStates, Numbers, states_after
from clientarium.core.forecast.histories import Days, Histories, Indices
from clientarium.core.forecast.next_order import OWN_GAPS, LearntGaps
from clientarium.core.forecast.rule_dates import learn_rules

LEAST_GAPS = 4
"""SCIENCE.md 3.3: under four gaps a client has no habit to be right about."""

TEST_SHARE = 1 / 3
"""Where no window is named, the last third of the days is tested, in BLOCKS blocks, each learnt anew."""

BLOCKS = 3
ORIGINS_AT_ONCE = 50_000
PIT_BINS = 10
SEED = 7
NEAR_DAYS = (1, 2, 7)
PINBALL_SHARES = (0.1, 0.5, 0.9)
NEARLY = 1.02
"""Differences under 2 % on one split mean nothing (SCIENCE.md 6): within it the distribution is kept, whose windows and
chances are better than those around a rule's point."""


@dataclass(frozen=True)
class DateScore:
    """One method over all origins, errors in days. near: the share within ± 1, 2, 7 days. covered, window_days: by what
    a window should hold (.8, .95). pinball: mean over 10, 50, 90 %. crps: over the whole distribution. pit: shares of
    ten equal bins of F at what happened, randomised inside a day; even is right.
    """

    mean_error: float
    median_error: float
    bias: float
    near: Mapping[int, float]
    covered: Mapping[float, float]
    window_days: Mapping[float, float]
    pinball: float
    crps: float
    pit: tuple[float, ...]


@dataclass(frozen=True)
class DateBacktest:
    """since, until: day numbers of the test window (since < order <= until). chosen: what an inner window before
    `since` preferred; scores by the method's name, empty where there was no origin. against: by rule, the error of the
    distribution less the rule's in days, with the interval of a bootstrap by client.
    """

    since: int
    until: int
    origins: int
    clients: int
    censored: int
    typical_gap_days: float
    chosen: str
    scores: Mapping[str, DateScore]
    against: Mapping[str, Difference]

    @property
    def censored_share(self) -> float:
        return self.censored / max(self.origins + self.censored, 1)

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and words, for JSON."""
        return {**asdict(self), "censored_share": self.censored_share}


@dataclass(frozen=True, eq=False)
class _Origins:
    """What one method said of every origin and what came, float64[n] each."""

    owner: Indices
    actual: Numbers
    point: Numbers
    crps: Numbers
    pit: Numbers
    windows: Mapping[float, tuple[Numbers, Numbers]]
    shares: Mapping[float, Numbers]


def learn_all(histories: Histories) -> Mapping[str, LearntGaps]:
    """Every way to tell a date, by name: the distribution first, then the rules; empty where nobody bought twice."""
    own = learn_dates(histories)
    return {OWN_GAPS: own, **learn_rules(histories)} if own else {}


def backtest_dates(histories: Histories, *, since: int | None = None, blocks: int = BLOCKS) -> DateBacktest:
    """Every method over the orders after `since` (the last third where not said), learnt anew for each block."""
    start = _default_since(histories) if since is None else since
    found = _rolled(histories, start, blocks)
    best = choose_dates(histories.cut(start)) if found else OWN_GAPS
    positions = _positions(histories, start, histories.until)
    is_censored = np.isin(positions, known_ends(histories), invert=True)
    counted = positions[~is_censored]
    gaps = np.diff(histories.days)[counted] if counted.size else np.zeros(0)
    return DateBacktest(
        since=start,
        until=histories.until,
        origins=int(counted.size),
        clients=int(np.unique(np.searchsorted(histories.starts, counted, side="right")).size),
        censored=int(is_censored.sum()),
        typical_gap_days=float(np.median(gaps)) if gaps.size else 0.0,
        chosen=best,
        scores={name: _score(parts) for name, parts in found.items()},
        against={name: _against(found[OWN_GAPS], parts) for name, parts in found.items() if name != OWN_GAPS},
    )


def choose_dates(histories: Histories, *, blocks: int = 1) -> str:
    """The name of the method that missed least days in the last third of `histories`; on a tie the distribution."""
    found = _rolled(histories, _default_since(histories), blocks)
    errors = {name: _score(parts).mean_error for name, parts in found.items()}
    if not errors:
        return OWN_GAPS
    best = min(errors, key=lambda name: errors[name])
    return OWN_GAPS if errors[OWN_GAPS] <= errors[best] * NEARLY else best


def _default_since(histories: Histories) -> int:
    first = int(histories.days.min()) if histories.size else histories.until
    return int(histories.until - (histories.until - first) * TEST_SHARE)


def _positions(histories: Histories, since: int, until: int) -> Indices:
    """Orders with since < day <= until and LEAST_GAPS gaps behind."""
    behind = np.arange(histories.days.size) - np.repeat(histories.starts[:-1], histories.counts)
    is_within = (histories.days > since) & (histories.days <= until)
    return np.flatnonzero((behind >= LEAST_GAPS) & is_within)


def _rolled(histories: Histories, since: int, blocks: int) -> Mapping[str, Sequence[_Origins]]:
    ends = np.linspace(since, histories.until, blocks + 1).astype(np.int64)
    found: dict[str, list[_Origins]] = {}
    for start, end in pairwise(ends):
        positions = np.intersect1d(_positions(histories, int(start), int(end)), known_ends(histories))
        if not positions.size:
            continue
        for name, learnt in learn_all(histories.cut(int(start))).items():
            found.setdefault(name, []).extend(_said(histories, positions, learnt))
    return found


def _said(histories: Histories, positions: Indices, learnt: LearntGaps) -> Sequence[_Origins]:
    gaps = np.diff(histories.days)
    parts = np.array_split(positions, int(np.ceil(positions.size / ORIGINS_AT_ONCE)))
    return [_told(states_after(histories, part), gaps[part], learnt) for part in parts]


def _told(states: GapStates, gaps: Days, learnt: LearntGaps) -> _Origins:
    actual = gaps.astype(np.float64)
    cells, weights = learnt.cells(states), learnt.weights(states)

    def day(share: float) -> Numbers:
        return day_of_share(cells, np.full(states.size, share), weights)

    return _Origins(
        owner=states.owner,
        actual=actual,
        point=learnt.point(states, cells, weights, np.zeros(states.size, np.int64)),
        crps=_crps(cells, actual),
        pit=_pit(cells, weights, gaps),
        windows={holds: (day(early), day(late)) for holds, (early, late) in learnt.windows.items()},
        shares={share: day(share) for share in PINBALL_SHARES},
    )


def _crps(cells: Cells, actual: Numbers) -> Numbers:
    """Σ width·(F − 1[came])², days: the continuous ranked probability score on the cells."""
    came = actual[:, None] <= EDGES[None, 1:]
    return np.asarray(((cells - came) ** 2) @ WIDTHS.astype(np.float64))


def _pit(cells: Cells, weights: Cells, gaps: Days) -> Numbers:
    """F(d − 1) + v·(F(d) − F(d − 1)), v even in 0..1: whole days would make lumps of F alone."""
    drawn = np.random.default_rng(SEED).random(gaps.size)
    before, by = share_by(cells, gaps.astype(np.int64) - 1, weights), share_by(cells, gaps.astype(np.int64), weights)
    return np.asarray(before + drawn * (by - before))


def _score(parts: Sequence[_Origins]) -> DateScore:
    actual = np.concatenate([part.actual for part in parts])
    misses = np.concatenate([part.point for part in parts]) - actual
    pit = np.concatenate([part.pit for part in parts])
    windows = {
        holds: tuple(np.concatenate([part.windows[holds][side] for part in parts]) for side in (0, 1))
        for holds in (WINDOW, WIDE_WINDOW)
    }
    shares = {share: np.concatenate([part.shares[share] for part in parts]) for share in PINBALL_SHARES}
    return DateScore(
        mean_error=float(np.abs(misses).mean()),
        median_error=float(np.median(np.abs(misses))),
        bias=float(misses.mean()),
        near={days: float((np.abs(misses) <= days).mean()) for days in NEAR_DAYS},
        covered={holds: float(_is_in(actual, *window).mean()) for holds, window in windows.items()},
        window_days={holds: float((window[1] - window[0]).mean()) for holds, window in windows.items()},
        pinball=float(np.mean([_pinball(actual - told, share) for share, told in shares.items()])),
        crps=float(np.concatenate([part.crps for part in parts]).mean()),
        pit=tuple(float(x) for x in np.histogram(pit, PIT_BINS, (0.0, 1.0))[0] / pit.size),
    )


def _against(own: Sequence[_Origins], rule: Sequence[_Origins]) -> Difference:
    missed = [np.concatenate([np.abs(part.point - part.actual) for part in parts]) for parts in (own, rule)]
    return paired_difference(missed[0], missed[1], np.concatenate([part.owner for part in own]))


def _is_in(actual: Numbers, early: Numbers, late: Numbers) -> Flags:
    return np.asarray((actual >= early) & (actual <= late))


def _pinball(missed: Numbers, share: float) -> float:
    return float(np.maximum(share * missed, (share - 1) * missed).mean())
