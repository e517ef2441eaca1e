"""Rhythm: when a client will order next, how often, and whether he is still alive; each model as published."""

from clientarium.core.forecast.choice import Choice
from clientarium.core.forecast.forecast import forecast
from clientarium.core.forecast.histories import Histories, date_of, day_number, histories_of
from clientarium.core.forecast.naming import DEFAULT_CHOICE
from clientarium.core.forecast.spend import net_of_returns
from clientarium.core.forecast.statistics import Statistics, statistics_of

__all__ = [
    "DEFAULT_CHOICE",
    "Choice",
    "Histories",
    "Statistics",
    "date_of",
    "day_number",
    "forecast",
    "histories_of",
    "net_of_returns",
    "statistics_of",
]
