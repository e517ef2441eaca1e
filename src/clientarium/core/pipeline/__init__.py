"""The order of the rooms: files in, pulse out."""

from clientarium.core.forecast import DEFAULT_CHOICE, Choice
from clientarium.core.pipeline.definitions import Definitions, load_definitions
from clientarium.core.pipeline.forecasting import backtest, known_choice, ledger_histories
from clientarium.core.pipeline.loading import (
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
    StagingCancelled,
    TableInfo,
    Totals,
    Understanding,
    meaning_names,
    refused_workbook,
    stage,
    understand,
    write_refused_rows,
)
from clientarium.core.pipeline.order_of_rooms import STEPS, backfill_dates, pulse
from clientarium.core.pipeline.rhythm_file import FileHistories, file_histories, refuse_future, refuse_no_purchases

__all__ = [
    "DEFAULT_CHOICE",
    "KINDS",
    "LIMITS",
    "MEANINGS",
    "STEPS",
    "Choice",
    "ColumnGuess",
    "Definitions",
    "FileHistories",
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
    "backfill_dates",
    "backtest",
    "file_histories",
    "known_choice",
    "ledger_histories",
    "load_definitions",
    "meaning_names",
    "pulse",
    "refuse_future",
    "refuse_no_purchases",
    "refused_workbook",
    "stage",
    "understand",
    "write_refused_rows",
]
