"""Files of every shape → facts staged for the ledger, and refused rows with their reasons; it writes nowhere else."""

from clientarium.core.intake.guess import ColumnGuess
from clientarium.core.intake.layout import Layout, LayoutColumn
from clientarium.core.intake.limits import LIMITS, Limits
from clientarium.core.intake.meanings import KINDS, MEANINGS, Meaning, meaning_names
from clientarium.core.intake.purchase_file import PurchaseFile, read_purchases
from clientarium.core.intake.readers import TableInfo
from clientarium.core.intake.refused_workbook import write_refused_rows, write_refused_workbook
from clientarium.core.intake.staged import Staged, Totals
from clientarium.core.intake.supervision import Cancelled, inspect_file, stage_file
from clientarium.core.intake.understanding import Question, Understanding

__all__ = [
    "KINDS",
    "LIMITS",
    "MEANINGS",
    "Cancelled",
    "ColumnGuess",
    "Layout",
    "LayoutColumn",
    "Limits",
    "Meaning",
    "PurchaseFile",
    "Question",
    "Staged",
    "TableInfo",
    "Totals",
    "Understanding",
    "inspect_file",
    "meaning_names",
    "read_purchases",
    "stage_file",
    "write_refused_rows",
    "write_refused_workbook",
]
