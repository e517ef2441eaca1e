"""Rhythm: when a client will order next, how often, and whether he is still alive; each model as published."""

from clientarium.core.forecast.histories import Histories, date_of, day_number, histories_of
from clientarium.core.forecast.statistics import Statistics, statistics_of

__all__ = ["Histories", "Statistics", "date_of", "day_number", "histories_of", "statistics_of"]
