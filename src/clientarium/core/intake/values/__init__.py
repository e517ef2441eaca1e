"""Text of cells → typed columns, a block at a time; what cannot be read is told apart with its reason."""

from clientarium.core.intake.values.dates import DateReader, latest_day, read_date
from clientarium.core.intake.values.numbers import MONEY, parse_numbers, read_number
from clientarium.core.intake.values.problem import Problem
from clientarium.core.intake.values.texts import as_text, client_keys, empty_to_null, may_hold

__all__ = [
    "MONEY",
    "DateReader",
    "Problem",
    "as_text",
    "client_keys",
    "empty_to_null",
    "latest_day",
    "may_hold",
    "parse_numbers",
    "read_date",
    "read_number",
]
