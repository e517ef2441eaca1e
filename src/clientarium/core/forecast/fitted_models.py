"""A published model fitted on a base, as plain numbers for the command line."""

from dataclasses import asdict
from typing import Any

from clientarium.core.forecast.fitting import Fitted
from clientarium.core.forecast.gamma_gamma import GammaGamma, spending_of
from clientarium.core.forecast.histories import Histories, date_of
from clientarium.core.forecast.model_methods import MODELS
from clientarium.core.forecast.statistics import statistics_of
from clientarium.core.ground import N_, Message, UserError

GAMMA_GAMMA = "gamma-gamma"
FITTED_MODELS = (*(name.replace("_", "-") for name in MODELS), GAMMA_GAMMA)
"""As the command line spells them."""

DAYS_IN_UNITS = {"day": 1.0, "week": 7.0}

FEW_CLIENTS = 20
FEW_SAID = N_("Fewer than %(few)d clients have bought twice: the parameters say little of the base.")


def fit_report(histories: Histories, *, model: str, unit: str = "week") -> dict[str, Any]:
    """Parameters, log-likelihood, k, clients, convergence, standard errors; NothingToFit where there is nothing.

    Gamma-gamma leaves the first purchase of a client out, as its paper does, and counts those with repeat purchases.
    """
    if model not in FITTED_MODELS:
        raise UserError(
            N_("There is no model “%(model)s”."),
            cure=N_("Use one of: %(known)s."),
            model=model,
            known=", ".join(FITTED_MODELS),
        )
    if unit not in DAYS_IN_UNITS:
        raise UserError(N_("There is no unit “%(unit)s”."), cure=N_("Use one of: %(known)s."), unit=unit,
                        known=", ".join(DAYS_IN_UNITS))  # fmt: skip
    found = _fitted(histories, model, DAYS_IN_UNITS[unit])
    repeating = int((histories.counts > 1).sum())
    warnings = [Message(FEW_SAID, {"few": FEW_CLIENTS})] if repeating < FEW_CLIENTS else []
    return {
        "model": model,
        "unit": unit,
        "until": date_of(histories.until),
        "clients": int(found.clients),
        "purchase_days": int(histories.days.size),
        "parameters": {name: float(value) for name, value in asdict(found.parameters).items() if name != "k"},
        "standard_errors": dict(found.standard_errors),
        "k": found.k,
        "log_likelihood": found.log_likelihood,
        "log_likelihood_by_k": dict(found.log_likelihood_by_k) if found.log_likelihood_by_k else None,
        "converged": found.converged,
        "messages": [found.message, *warnings],
    }


def _fitted(histories: Histories, model: str, days_in_unit: float) -> Fitted[Any]:
    if model == GAMMA_GAMMA:
        return GammaGamma.fit(spending_of(histories, is_first_counted=False))
    fitted: Fitted[Any] = MODELS[model.replace("-", "_")].fit(statistics_of(histories, days_in_unit=days_in_unit))
    return fitted
