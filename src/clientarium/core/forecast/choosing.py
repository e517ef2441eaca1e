"""Which methods a base is counted by: the default, unless another beats it on the base's own past beyond chance.

1. Origins lie inside the histories: nothing after `until` is looked at. The window is the horizon, or half of a short
   base; up to TRIALS origins, half a window apart, each with as long a past as `slices` asks for.
2. The typical count is judged by absolute errors, the expected one by squared errors (their minimum is the median of
   what may come, and its mean). The default is left only for a method whose misses are smaller with the whole 95 %
   interval of a paired bootstrap by client; of several such the one that missed least.
3. Every expected count is scaled to the recalibrated total before it is judged and when it is used (`Paired`): what is
   chosen is who tells clients apart best, not whose total happened to be near.
4. Status is judged by AUC among methods whose P(alive) is a probability; another must lead by LEAST_LEAD.
5. A base of under LEAST_CLIENTS or LEAST_ORDERS on its origins chooses nothing: the default, and it is said so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from clientarium.core.forecast.backtest.origins import Origin, origin_at
from clientarium.core.forecast.backtest.paired import paired_difference
from clientarium.core.forecast.backtest.status import score_status
from clientarium.core.forecast.counting import COUNT_METHODS, STATUS_METHODS, paired_name
from clientarium.core.forecast.histories import Histories, Indices, date_of
from clientarium.core.forecast.methods import Numbers
from clientarium.core.forecast.recalibration import Recalibrated, scaled_to
from clientarium.core.forecast.slices import LEAST_PAST, evenly_chosen, window_for
from clientarium.core.ground import N_

DEFAULT_COUNTS = "boosted"
DEFAULT_STATUS = "mbg_cnbd_k"

USUAL_HORIZON = 91
TRIALS = 3
LEAST_CLIENTS = 100
LEAST_ORDERS = 50
"""Under these the 95 % interval of a difference is wider than the differences there are between methods."""

MOST_CLIENTS = 20_000
LEAST_LEAD = 0.01

TOO_SMALL = N_("The base is too small to try methods on its own past: the usual methods are used.")
USUAL_HOLDS = N_("No method beat the usual ones on the past of this base by more than chance.")
CHOSEN = N_("Chosen by errors on the past of this base.")

STATUS_CANDIDATES = ("mbg_cnbd_k", "mbg_nbd", "pareto_nbd")
"""A hiatus tells no probability; BG models hold every client of one order for alive."""

EXPECTED_CANDIDATES = ("boosted", "recalibrated", "window_blend", "three_way", "last_window", "pareto_nbd", "bg_nbd")


@dataclass(frozen=True)
class CountChoice:
    """What a base is counted by. counts: a name for `count_method`; status: one for `status_method`.

    cuts: ISO dates of the origins tried, window: days after each; typical_mae, expected_rmse (orders), auc: by method,
    over all origins; bias: the total expected over the one that came, less 1.
    """

    counts: str
    status: str
    origin: Literal["default", "backtest"]
    reason: str
    cuts: tuple[str, ...] = ()
    window: int = 0
    typical_mae: Mapping[str, float] | None = None
    expected_rmse: Mapping[str, float] | None = None
    bias: float | None = None
    auc: Mapping[str, float] | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, eq=False)
class _Trial:
    """Rows of all origins together: whose they are, orders that came, what each method told; float64[rows]."""

    clients: Indices
    came: Numbers
    typical: Mapping[str, Numbers]
    expected: Mapping[str, Numbers]


def choose_counts(histories: Histories, *, horizon: int = USUAL_HORIZON) -> CountChoice:
    """The methods for `histories`, tried at origins inside them for `horizon` days."""
    sample = evenly_chosen(histories, MOST_CLIENTS)
    window = window_for(sample, horizon) if sample.size else 0
    origins = inner_origins(sample, window)
    came = sum(float(origin.came[window].orders.sum()) for origin in origins)
    if sum(origin.known.size for origin in origins) < LEAST_CLIENTS or came < LEAST_ORDERS:
        return CountChoice(DEFAULT_COUNTS, DEFAULT_STATUS, "default", TOO_SMALL)
    trial = _tried(origins, window)
    auc = _aucs(origins, window)
    counts = paired_name(_best_typical(trial), _best_expected(trial))
    status = max(STATUS_CANDIDATES, key=lambda name: auc[name])
    if auc[status] < auc[DEFAULT_STATUS] + LEAST_LEAD:
        status = DEFAULT_STATUS
    is_usual = (counts, status) == (DEFAULT_COUNTS, DEFAULT_STATUS)
    return CountChoice(
        counts,
        status,
        "backtest",
        USUAL_HOLDS if is_usual else CHOSEN,
        cuts=tuple(date_of(origin.cut).isoformat() for origin in origins),
        window=window,
        typical_mae={name: float(_absolute(trial, name).mean()) for name in trial.typical},
        expected_rmse={name: float(np.sqrt(_squared(trial, name).mean())) for name in trial.expected},
        bias=float(trial.expected[DEFAULT_COUNTS].sum() / trial.came.sum() - 1),
        auc=auc,
    )


def inner_origins(histories: Histories, window: int) -> Sequence[Origin]:
    """Rule 1; empty where the histories hold no such origin."""
    if not window or not histories.size:
        return []
    newest = histories.until - window
    least = int(histories.days.min()) + int(window * LEAST_PAST)
    cuts = sorted({newest - trial * max(window // 2, 1) for trial in range(TRIALS)}, reverse=True)
    return [origin_at(histories, cut, [window]) for cut in cuts if cut >= least]


def _tried(origins: Sequence[Origin], window: int) -> _Trial:
    typical: dict[str, Numbers] = {}
    expected: dict[str, Numbers] = {}
    totals = [float(Recalibrated().forecast(origin.known, [window]).expected[window].sum()) for origin in origins]
    for name, method in COUNT_METHODS.items():
        told = [method.forecast(origin.known, [window]) for origin in origins]
        typical[name] = np.concatenate([one.per_client(window) for one in told])
        if name in EXPECTED_CANDIDATES:
            alike = zip(told, totals, strict=True)
            expected[name] = np.concatenate([scaled_to(one.expected[window], total) for one, total in alike])
    return _Trial(
        clients=np.concatenate([origin.known.client_ids for origin in origins]),
        came=np.concatenate([origin.came[window].orders for origin in origins]),
        typical=typical,
        expected=expected,
    )


def _absolute(trial: _Trial, name: str) -> Numbers:
    return np.abs(trial.typical[name] - trial.came)


def _squared(trial: _Trial, name: str) -> Numbers:
    return np.asarray((trial.expected[name] - trial.came) ** 2)


def _best_typical(trial: _Trial) -> str:
    misses = {name: _absolute(trial, name) for name in trial.typical}
    return _beating_default(misses, trial.clients)


def _best_expected(trial: _Trial) -> str:
    return _beating_default({name: _squared(trial, name) for name in EXPECTED_CANDIDATES}, trial.clients)


def _beating_default(misses: Mapping[str, Numbers], clients: Indices) -> str:
    usual = misses[DEFAULT_COUNTS]
    better = [name for name in misses if paired_difference(misses[name], usual, clients).is_better]
    return min(better, key=lambda name: float(misses[name].mean()), default=DEFAULT_COUNTS)


def _aucs(origins: Sequence[Origin], window: int) -> Mapping[str, float]:
    """Mean AUC of P(alive) over the origins where some ordered and some did not; one half where there is none."""
    found = {}
    for name, method in STATUS_METHODS.items():
        scores = [
            score_status(_ordered(one, window), score=alive, chance=alive).auc
            for one, alive in ((origin, method.p_alive(origin.known)) for origin in origins)
        ]
        told = [score for score in scores if score is not None]
        found[name] = float(np.mean(told)) if told else 0.5
    return found


def _ordered(origin: Origin, window: int) -> Numbers:
    return (origin.came[window].orders > 0).astype(float)
