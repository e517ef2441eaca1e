"""Maximum likelihood for a handful of positive parameters: bounds, several starts, standard errors, an honest verdict.

1. Parameters are positive, so their logarithms are searched: a step is a ratio, and every unit of time is as good.
2. A likelihood answers its mean per client and the exact gradient of it in the logarithms.
3. All starts are looked at; the best one is followed by L-BFGS-B within the bounds (a worse one only where that fails)
   and the end is polished by Newton steps, so that the answer does not depend on the way to it.
4. With very many distinct clients the way is walked on an evenly spread sample of them and only the end on all.
5. Standard errors come from the inverse of the Hessian (central differences of the exact gradient): the delta method
   from logarithms to parameters. Where the data say nothing of a parameter there is none, and the verdict says so.

Nothing here is random and nothing looks at the clock: the same clients give the same parameters to the bit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from clientarium.core.forecast.statistics import Numbers, Statistics
from clientarium.core.ground import N_, Message, UserError

Likelihood = Callable[[Numbers], tuple[float, Numbers]]
"""Logarithms of the parameters -> mean log-likelihood per client and its gradient in those logarithms."""

Parameters = TypeVar("Parameters", covariant=True)

ROUGH_ROWS = 20_000
"""Distinct clients on which the way is walked: their optimum is within a per cent or so of that of all."""
GRADIENT_ENOUGH = 1e-6
"""Mean log-likelihood per unit of a logarithm that counts as the top; the polish goes a thousand times lower."""
POLISHED = 1e-10
POLISH_STEPS = 12
HESSIAN_STEP = 1e-4
LONGEST_STEP = 1.0
"""A Newton step multiplies no parameter by more than e."""
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
    logs = walked.walk([np.log(start) for start in space.starts])
    if rough:
        logs, _ = walked.polish(logs)
    logs, hessian = search.polish(logs)
    return _verdict(search, logs, hessian, space.names, clients)


class _Search:
    def __init__(self, likelihood: Likelihood, lower: Numbers, upper: Numbers) -> None:
        self.likelihood, self.lower, self.upper = likelihood, lower, upper

    def loss(self, logs: Numbers) -> tuple[float, Numbers]:
        value, gradient = self.likelihood(logs)
        return -value, -gradient

    def walk(self, starts: list[Numbers]) -> Numbers:
        """Near the top: from the best start, and from the others only where that does not end."""
        starts = [np.clip(start, self.lower, self.upper) for start in starts]
        starts.sort(key=lambda start: self.loss(start)[0])
        best, least = starts[0], np.inf
        for start in starts:
            found = minimize(
                self.loss, start, jac=True, method="L-BFGS-B", bounds=list(zip(self.lower, self.upper, strict=True))
            )
            if found.fun < least:
                best, least = found.x, found.fun
            if found.success and np.isfinite(found.fun):
                break
        return best

    def polish(self, logs: Numbers) -> tuple[Numbers, Numbers]:
        """The top itself by Newton steps over the parameters not held by a bound, and the Hessian there."""
        value, gradient = self.loss(logs)
        hessian, made_at = self.hessian(logs), logs
        for _ in range(POLISH_STEPS):
            free = self.free(logs, gradient)
            if not free.any() or np.abs(gradient[free]).max() < POLISHED:
                break
            tried = self.newton(logs, gradient, hessian, free)
            tried_value, tried_gradient = self.loss(tried)
            if not tried_value <= value + 1e-12 * max(1.0, abs(value)):
                break
            moved = np.abs(tried - made_at).max()
            logs, value, gradient = tried, tried_value, tried_gradient
            if moved > NEAR_BOUND:
                hessian, made_at = self.hessian(logs), logs
        return logs, hessian

    def newton(self, logs: Numbers, gradient: Numbers, hessian: Numbers, free: NDArray[np.bool_]) -> Numbers:
        roots, vectors = np.linalg.eigh(hessian[np.ix_(free, free)])
        # A direction that is flat or curves the wrong way is followed downhill by its size.
        roots = np.maximum(np.abs(roots), 1e-12)
        step = np.zeros_like(logs)
        step[free] = -(vectors / roots) @ (vectors.T @ gradient[free])
        longest = np.abs(step).max()
        return np.clip(logs + step * min(1.0, LONGEST_STEP / longest) if longest else logs, self.lower, self.upper)

    def free(self, logs: Numbers, gradient: Numbers) -> NDArray[np.bool_]:
        """Parameters that no bound holds: bool[parameters]."""
        held_low = (logs <= self.lower + NEAR_BOUND) & (gradient > 0)
        held_high = (logs >= self.upper - NEAR_BOUND) & (gradient < 0)
        return ~(held_low | held_high)

    def hessian(self, logs: Numbers) -> Numbers:
        steps = np.eye(logs.size) * HESSIAN_STEP
        rows = [(self.loss(logs + step)[1] - self.loss(logs - step)[1]) / (2 * HESSIAN_STEP) for step in steps]
        made = np.array(rows)
        return np.asarray((made + made.T) / 2)


def _verdict(search: _Search, logs: Numbers, hessian: Numbers, names: tuple[str, ...], clients: float) -> Optimum:
    value, gradient = search.loss(logs)
    free = search.free(logs, gradient)
    log_errors = _log_errors(hessian * clients, free)
    values = np.exp(logs)
    held = [name for name, is_free in zip(names, free, strict=True) if not is_free]
    loose = [name for name, error in zip(names, log_errors, strict=True) if error is None or error > LOOSE]
    if held:
        message = Message(AT_BOUND, {"parameters": ", ".join(held)})
    elif np.abs(gradient).max() > GRADIENT_ENOUGH:
        message = Message(NOT_FOUND)
    elif loose:
        message = Message(TOO_FLAT, {"parameters": ", ".join(loose)})
    else:
        message = Message(FOUND)
    return Optimum(
        values={name: float(number) for name, number in zip(names, values, strict=True)},
        mean_log_likelihood=-value,
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
