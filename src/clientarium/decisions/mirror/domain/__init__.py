"""What the mirror shows, read once from a snapshot and kept."""

from .asking import ask_values
from .keeping import measure_in_force
from .mix import SCHEMES, mix_of
from .outcomes import JUDGED, PREDICTABILITY, RESILIENCE, STRENGTH, Change, Outcome, Outcomes, outcomes_of
from .ready import read_ahead
from .strength import GroupLine, Strengths, newcomers_of, strengths_of
from .tickets import year_tickets

__all__ = [
    "JUDGED",
    "PREDICTABILITY",
    "RESILIENCE",
    "SCHEMES",
    "STRENGTH",
    "Change",
    "GroupLine",
    "Outcome",
    "Outcomes",
    "Strengths",
    "ask_values",
    "measure_in_force",
    "mix_of",
    "newcomers_of",
    "outcomes_of",
    "read_ahead",
    "strengths_of",
    "year_tickets",
]
