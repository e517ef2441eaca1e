"""Terms of the demo company's sellers, set as a leader sets them; imported only when a home is open."""

from clientarium.decisions.people import Seller, User
from clientarium.decisions.portfolios import Strategy, Terms, TermsWritten, set_terms

from .demo_company import REGIONS, STRATEGIES

REASON = "Регионы и роли отдела продаж"


def set_demo_terms(head: User) -> None:
    """Regions and ways of working; nothing where somebody has terms already."""
    if Terms.objects.exists():
        return
    for seller in Seller.objects.filter(name__in={*REGIONS, *STRATEGIES}):
        written = TermsWritten(
            strategy=STRATEGIES.get(seller.name, Strategy.KEEPER), cities=REGIONS.get(seller.name, ())
        )
        set_terms(seller, written, reason=REASON, by=head)
