"""Reading searches, findings and the company's numbers."""

from .numbers import ingredients, zone_rules
from .searches import condition_of, findings, latest_search, live_search, searches, sentence_of, zone_words

__all__ = [
    "condition_of",
    "findings",
    "ingredients",
    "latest_search",
    "live_search",
    "searches",
    "sentence_of",
    "zone_rules",
    "zone_words",
]
