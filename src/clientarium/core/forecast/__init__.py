"""Rhythm: when a client will order next, how often, and whether he is still alive; each model as published.

The door is lazy: SciPy takes a second to load, and most processes forecast nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientarium.core.forecast.accuracy_report import Accuracy, accuracy
    from clientarium.core.forecast.choice import DEFAULT_CHOICE, Choice, quick
    from clientarium.core.forecast.expectations import forecast
    from clientarium.core.forecast.fitted_models import FITTED_MODELS, fit_report
    from clientarium.core.forecast.foreseen import chosen_for, prediction
    from clientarium.core.forecast.histories import Histories, date_of, day_number, histories_of
    from clientarium.core.forecast.naming import known_choice
    from clientarium.core.forecast.spend import net_of_returns
    from clientarium.core.forecast.statistics import Statistics, statistics_of

__all__ = [
    "DEFAULT_CHOICE",
    "FITTED_MODELS",
    "Accuracy",
    "Choice",
    "Histories",
    "Statistics",
    "accuracy",
    "chosen_for",
    "date_of",
    "day_number",
    "fit_report",
    "forecast",
    "histories_of",
    "known_choice",
    "net_of_returns",
    "prediction",
    "quick",
    "statistics_of",
]

PLACES = {
    "accuracy_report": ("Accuracy", "accuracy"),
    "choice": ("DEFAULT_CHOICE", "Choice", "quick"),
    "expectations": ("forecast",),
    "fitted_models": ("FITTED_MODELS", "fit_report"),
    "histories": ("Histories", "date_of", "day_number", "histories_of"),
    "naming": ("known_choice",),
    "foreseen": ("chosen_for", "prediction"),
    "spend": ("net_of_returns",),
    "statistics": ("Statistics", "statistics_of"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next(place for place, names in PLACES.items() if name in names)
    return getattr(import_module(f"{__name__}.{place}"), name)
