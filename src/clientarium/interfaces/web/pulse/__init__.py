"""The first screen: what it shows, computed over the clients a person may see, and the sentences that say it."""

from .links import clients_where, equals
from .order import colour_token, rank
from .periods import Period, chosen_period
from .state_facts import Composition, Headline, Part, Row, Tally, composition, headline, money_measure, rows_of, tallies
from .words import CompanyWords, company_words

__all__ = [
    "CompanyWords",
    "Composition",
    "Headline",
    "Part",
    "Period",
    "Row",
    "Tally",
    "chosen_period",
    "clients_where",
    "colour_token",
    "company_words",
    "composition",
    "equals",
    "headline",
    "money_measure",
    "rank",
    "rows_of",
    "tallies",
]
