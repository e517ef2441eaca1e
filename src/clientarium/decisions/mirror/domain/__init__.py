"""What the mirror shows, read once from a snapshot and kept."""

from .outcomes import JUDGED, PREDICTABILITY, RESILIENCE, STRENGTH, Change, Outcome, Outcomes, outcomes_of
from .strength import GroupLine, Strengths, strengths_of

__all__ = [
    "JUDGED",
    "PREDICTABILITY",
    "RESILIENCE",
    "STRENGTH",
    "Change",
    "GroupLine",
    "Outcome",
    "Outcomes",
    "Strengths",
    "outcomes_of",
    "strengths_of",
]
