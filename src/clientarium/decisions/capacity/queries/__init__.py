"""What is asked of the capacity room."""

from .base import FoundInBase, of_base
from .example import EXAMPLE_HOURS, EXAMPLE_PLACES, example
from .lists import ListLine, contenders_of, list_lines, shortlists
from .wanted import Wanted, resources_of

__all__ = [
    "EXAMPLE_HOURS",
    "EXAMPLE_PLACES",
    "FoundInBase",
    "ListLine",
    "Wanted",
    "contenders_of",
    "example",
    "list_lines",
    "of_base",
    "resources_of",
    "shortlists",
]
