"""Reading what the mirror shows from the published state and from people's own records."""

from .cuts import VALUED_FOR, Division, division_called, divisions
from .health import HealthFigure, health_of
from .resistance import Refusal, Resistance, SignCount, SignsOfGroup, resistance_of
from .valued import Answer, Valued, valued_of

__all__ = [
    "VALUED_FOR",
    "Answer",
    "Division",
    "HealthFigure",
    "Refusal",
    "Resistance",
    "SignCount",
    "SignsOfGroup",
    "Valued",
    "division_called",
    "divisions",
    "health_of",
    "resistance_of",
    "valued_of",
]
