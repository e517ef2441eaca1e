"""Files into staged facts: intake's door for the house of decisions, which may not enter intake itself."""

from clientarium.core.intake import (
    KINDS,
    LIMITS,
    MEANINGS,
    ColumnGuess,
    Layout,
    LayoutColumn,
    Limits,
    Meaning,
    Question,
    Staged,
    TableInfo,
    Totals,
    Understanding,
    meaning_names,
    write_refused_rows,
)
from clientarium.core.intake import Cancelled as StagingCancelled
from clientarium.core.intake import inspect_file as understand
from clientarium.core.intake import stage_file as stage
from clientarium.core.intake import write_refused_workbook as refused_workbook

__all__ = [
    "KINDS",
    "LIMITS",
    "MEANINGS",
    "ColumnGuess",
    "Layout",
    "LayoutColumn",
    "Limits",
    "Meaning",
    "Question",
    "Staged",
    "StagingCancelled",
    "TableInfo",
    "Totals",
    "Understanding",
    "meaning_names",
    "refused_workbook",
    "stage",
    "understand",
    "write_refused_rows",
]
