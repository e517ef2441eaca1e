"""Choices under short capacity: lists made, scenarios computed, hands laid on, decided."""

from .deciding import decide, drop_list, reopen, restore_list
from .making import keep_example, list_of_base, list_of_table, list_of_text
from .rows import edit_row
from .scenarios import add_scenario, answer_of, fix_row, remove_scenario

__all__ = [
    "add_scenario",
    "answer_of",
    "decide",
    "drop_list",
    "edit_row",
    "fix_row",
    "keep_example",
    "list_of_base",
    "list_of_table",
    "list_of_text",
    "remove_scenario",
    "reopen",
    "restore_list",
]
