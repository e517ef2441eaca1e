"""Reading portfolios: terms on a day, who works, how loaded everybody is, the pool."""

from .figures import SellerFigures, figures_of_sellers, load_of_seller
from .history import dismissal_of, holdings_of_seller
from .hours import hours_of, with_hours, work_rules
from .load import Load, load_of, loads_by_holder, totals_of
from .pool import HiringCase, PoolFigures, case_for_hiring, overview, pool_of
from .terms import TermsOn, default_terms, terms_of, terms_on
from .working import absences_on, hours_left, left_sellers, working_sellers

__all__ = [
    "HiringCase",
    "Load",
    "PoolFigures",
    "SellerFigures",
    "TermsOn",
    "absences_on",
    "case_for_hiring",
    "default_terms",
    "dismissal_of",
    "figures_of_sellers",
    "holdings_of_seller",
    "hours_left",
    "hours_of",
    "left_sellers",
    "load_of",
    "load_of_seller",
    "loads_by_holder",
    "overview",
    "pool_of",
    "terms_of",
    "terms_on",
    "totals_of",
    "with_hours",
    "work_rules",
    "working_sellers",
]
