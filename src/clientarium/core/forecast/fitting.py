"""Maximum likelihood for a handful of positive parameters: bounds, several starts, standard errors, an honest verdict.

1. Parameters are positive, so their logarithms are searched: a step is a ratio, and every unit of time is as good.
2. A likelihood answers its mean per client with the exact gradient and Hessian in the logarithms.
3. All starts are looked at; from the best one Newton steps lead up within the bounds (from the next where that finds
   no top), to the last digits: the answer does not depend on the way to it.
4. With very many distinct clients the way is walked on an evenly spread sample of them and only the end on all.
5. Standard errors come from the inverse of the Hessian: the delta method from logarithms to parameters. Where the data
   say nothing of a parameter there is none, and the verdict says so.

Nothing here is random and nothing looks at the clock: the same clients give the same parameters to the bit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.statistics import Numbers, Statistics
from clientarium.core.ground import N_, Message, UserError

Parameters = TypeVar("Parameters")

ROUGH_ROWS = 20_000
"""Distinct clients on which the way is walked: their optimum is within a per cent or so of that of all."""
GRADIENT_ENOUGH = 1e-6
"""Mean log-likelihood per unit of a logarithm that counts as the top; the polish goes a thousand times lower."""
POLISHED = 1e-10
MOST_STEPS = 100
MOST_HALVINGS = 30
LAST_GAIN = 1e-11
"""Mean log-likelihood the next step promises at which it is the last: above what rounding hides."""
SMALLEST_CURVATURE = 1e-12
LONGEST_STEP = 2.0
"""A Newton step multiplies no parameter by more than e²."""
NEAR_BOUND = 1e-3
LOOSE = 3.0
"""A standard error of a logarithm beyond which the parameter is known to within a factor of 400: not at all."""

FOUND = N_("The parameters are found.")
AT_BOUND = N_(
    "The data do not tell %(parameters)s: the best value lies at the edge of what is searched. "
    "Forecasts can be read, the parameters cannot."
)
TOO_FLAT = N_("There are too few clients or orders to tell %(parameters)s. Forecasts lean on very little.")
NOT_FOUND = N_("The search for the parameters did not end. Forecasts are approximate.")


@dataclass(frozen=True, eq=False)
class Point:
    """The mean log-likelihood per client at a place, its gradient and Hessian in the logarithms of the parameters."""

    value: float
    gradient: Numbers
    hessian: Numbers


Likelihood = Callable[[Numbers], Point]
"""Logarithms of the parameters -> how high it is there."""


def in_logarithms(value: float, gradient: Numbers, hessian: Numbers, *, values: Numbers, clients: float) -> Point:
    """A total with derivatives in the parameters as a mean with derivatives in their logarithms."""
    slopes = gradient * values
    return Point(value / clients, slopes / clients, (hessian * np.outer(values, values) + np.diag(slopes)) / clients)


@dataclass(frozen=True)
class Fitted(Generic[Parameters]):
    """What a fit found. `standard_errors` by parameter name; None where the data cannot tell (never NaN).

    `converged` is False when the search did not end at a clear top: `message` says why. `k` is the regularity of the
    CNBD family, 1 for models without one. `log_likelihood` is the total over `clients`, as the papers print it.
    """

    parameters: Parameters
    standard_errors: Mapping[str, float | None]
    log_likelihood: float
    clients: float
    converged: bool
    message: Message
    k: int = 1
    log_likelihood_by_k: Mapping[int, float] | None = None


@dataclass(frozen=True)
class Space:
    """Where parameters are looked for: names, lower and upper bounds, starts; all in the parameters themselves."""

    names: tuple[str, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    starts: Sequence[Sequence[float]]


@dataclass(frozen=True, eq=False)
class Optimum:
    """The top that was found: parameters by name, the mean log-likelihood there, errors and the verdict."""

    values: Mapping[str, float]
    mean_log_likelihood: float
    standard_errors: Mapping[str, float | None]
    converged: bool
    message: Message


class NothingToFit(UserError):
    """The clients hold no repeat order, or no time has passed: no parameter means anything."""


def refuse_nothing_to_fit(statistics: Statistics) -> None:
    """NothingToFit where no time has passed or nobody has ordered twice: no rate could be told."""
    if not statistics.size or not (statistics.T > 0).any():
        raise NothingToFit(N_("All purchases fall on one day."), cure=N_("Add purchases of other days."))
    if not (statistics.x > 0).any():
        raise NothingToFit(
            N_("None of %(clients)d clients has bought on two different days: there is no rhythm to learn."),
            cure=N_("Add a longer history."),
            clients=int(statistics.clients),
        )


def maximise(likelihood: Likelihood, space: Space, *, clients: float, rough: Likelihood | None = None) -> Optimum:
    """The top of `likelihood` within `space`; `rough` is the same over a sample of clients, to come near cheaply."""
    search = _Search(likelihood, np.log(space.lower), np.log(space.upper))
    walked = _Search(rough, search.lower, search.upper) if rough else search
    logs, point = search.climb(walked.best_of([np.log(start) for start in space.starts]))
    return _verdict(logs, point, search.free(logs, point.gradient), space.names, clients)


class _Search:
    def __init__(self, likelihood: Likelihood, lower: Numbers, upper: Numbers) -> None:
        self.likelihood, self.lower, self.upper = likelihood, lower, upper

    def best_of(self, starts: list[Numbers]) -> Numbers:
        """The top reached from the highest start, and from the others only where that is no top."""
        starts = [np.clip(start, self.lower, self.upper) for start in starts]
        starts.sort(key=lambda start: self.likelihood(start).value, reverse=True)
        best, highest = starts[0], -np.inf
        for start in starts:
            logs, point = self.climb(start)
            if point.value > highest:
                best, highest = logs, point.value
            if self.is_top(logs, point):
                break
        return best

    def climb(self, logs: Numbers) -> tuple[Numbers, Point]:
        """Newton steps up, each halved until it does not lead down, to where a step would gain nothing that counts."""
        point = self.likelihood(logs)
        for _ in range(MOST_STEPS):
            free = self.free(logs, point.gradient)
            if not free.any() or np.abs(point.gradient[free]).max() < POLISHED:
                break
            step = _newton_step(point, free)
            if point.gradient @ step < LAST_GAIN:
                # So near the top a Newton step doubles the digits: the last one needs no looking at.
                logs = np.clip(logs + step, self.lower, self.upper)
                return logs, self.likelihood(logs)
            tried, there = self.rise(logs, point, step)
            if there is point:
                break
            logs, point = tried, there
        return logs, point

    def rise(self, logs: Numbers, point: Point, step: Numbers) -> tuple[Numbers, Point]:
        """The end of the longest halving of `step` that does not lead down; where there is none, the same place."""
        for _ in range(MOST_HALVINGS):
            tried = np.clip(logs + step, self.lower, self.upper)
            there = self.likelihood(tried)
            if there.value >= point.value:
                return tried, there
            step = step / 2
        return logs, point

    def free(self, logs: Numbers, gradient: Numbers) -> NDArray[np.bool_]:
        """Parameters that no bound holds: bool[parameters]."""
        held_low = (logs <= self.lower + NEAR_BOUND) & (gradient < 0)
        held_high = (logs >= self.upper - NEAR_BOUND) & (gradient > 0)
        return np.asarray(~(held_low | held_high))

    def is_top(self, logs: Numbers, point: Point) -> bool:
        free = self.free(logs, point.gradient)
        return not free.any() or bool(np.abs(point.gradient[free]).max() <= GRADIENT_ENOUGH)


def _newton_step(point: Point, free: NDArray[np.bool_]) -> Numbers:
    """-H⁻¹g over the free parameters; a direction that curves the wrong way is followed upwards by its size."""
    roots, vectors = np.linalg.eigh(point.hessian[np.ix_(free, free)])
    sizes = np.maximum(np.abs(roots), SMALLEST_CURVATURE)
    step = np.zeros(free.size)
    step[free] = (vectors / sizes) @ (vectors.T @ point.gradient[free])
    longest = float(np.abs(step).max())
    return step * min(1.0, LONGEST_STEP / longest) if longest else step


def fitted_of(
    parameters: Parameters,
    best: Optimum,
    clients: float,
    *,
    k: int = 1,
) -> Fitted[Parameters]:
    """`best` as the fit of a model."""
    return Fitted(
        parameters=parameters,
        standard_errors=best.standard_errors,
        log_likelihood=best.mean_log_likelihood * clients,
        clients=clients,
        converged=best.converged,
        message=best.message,
        k=k,
    )


def _verdict(logs: Numbers, point: Point, free: NDArray[np.bool_], names: tuple[str, ...], clients: float) -> Optimum:
    log_errors = _log_errors(-point.hessian * clients, free)
    values = np.exp(logs)
    held = [name for name, is_free in zip(names, free, strict=True) if not is_free]
    loose = [name for name, error in zip(names, log_errors, strict=True) if error is None or error > LOOSE]
    if held:
        message = Message(AT_BOUND, {"parameters": ", ".join(held)})
    elif np.abs(point.gradient).max() > GRADIENT_ENOUGH:
        message = Message(NOT_FOUND)
    elif loose:
        message = Message(TOO_FLAT, {"parameters": ", ".join(loose)})
    else:
        message = Message(FOUND)
    return Optimum(
        values={name: float(number) for name, number in zip(names, values, strict=True)},
        mean_log_likelihood=point.value,
        standard_errors={
            name: None if error is None or error > LOOSE else float(number * error)
            for name, number, error in zip(names, values, log_errors, strict=True)
        },
        converged=message.msgid == FOUND,
        message=message,
    )


def _log_errors(information: Numbers, free: NDArray[np.bool_]) -> list[float | None]:
    """Standard errors of the logarithms; None for what a bound holds and for all where the top is not one."""
    errors: list[float | None] = [None] * free.size
    inside = information[np.ix_(free, free)]
    if not free.any() or np.linalg.eigvalsh(inside).min() <= 0:
        return errors
    variances = np.diag(np.linalg.inv(inside))
    for position, variance in zip(np.flatnonzero(free), variances, strict=True):
        errors[position] = float(np.sqrt(variance)) if variance > 0 else None
    return errors
