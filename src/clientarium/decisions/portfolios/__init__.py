"""What each seller can serve and does serve: terms, norms, hours, absences, the pool of clients nobody holds.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import OVERFULL, Fill, PortfolioVerb, Strategy
    from .domain import (
        DismissalPreview,
        TermsWritten,
        add_seller,
        dismiss_seller,
        free_from,
        note_absence,
        preview_dismissal,
        remove_absence,
        set_terms,
        take_back_dismissal,
        undo_terms,
    )
    from .models import Absence, Terms
    from .queries import (
        HiringCase,
        Load,
        PoolFigures,
        SellerFigures,
        TermsOn,
        absences_on,
        case_for_hiring,
        default_terms,
        dismissal_of,
        figures_of_sellers,
        holdings_of_seller,
        hours_left,
        hours_of,
        left_sellers,
        load_of,
        load_of_seller,
        loads_by_holder,
        overview,
        pool_of,
        terms_of,
        terms_on,
        totals_of,
        with_hours,
        work_rules,
        working_sellers,
    )
    from .rules import can_lead_portfolios, can_see_portfolio, has_portfolio

__all__ = [
    "OVERFULL",
    "Absence",
    "DismissalPreview",
    "Fill",
    "HiringCase",
    "Load",
    "PoolFigures",
    "PortfolioVerb",
    "SellerFigures",
    "Strategy",
    "Terms",
    "TermsOn",
    "TermsWritten",
    "absences_on",
    "add_seller",
    "can_lead_portfolios",
    "can_see_portfolio",
    "case_for_hiring",
    "default_terms",
    "dismiss_seller",
    "dismissal_of",
    "figures_of_sellers",
    "free_from",
    "has_portfolio",
    "holdings_of_seller",
    "hours_left",
    "hours_of",
    "left_sellers",
    "load_of",
    "load_of_seller",
    "loads_by_holder",
    "note_absence",
    "overview",
    "pool_of",
    "preview_dismissal",
    "remove_absence",
    "set_terms",
    "take_back_dismissal",
    "terms_of",
    "terms_on",
    "totals_of",
    "undo_terms",
    "with_hours",
    "work_rules",
    "working_sellers",
]

PLACES = {
    ".choices": ("OVERFULL", "Fill", "PortfolioVerb", "Strategy"),
    ".models": ("Absence", "Terms"),
    ".rules": ("can_lead_portfolios", "can_see_portfolio", "has_portfolio"),
    ".queries": (
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
        "loads_by_holder",
        "overview",
        "pool_of",
        "terms_of",
        "terms_on",
        "totals_of",
        "with_hours",
        "work_rules",
        "working_sellers",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
