"""A new seller: a name, a first day, terms; his plan begins in his first month (1.8.11)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User, name_key

from ..choices import PortfolioVerb
from ..rules import can_lead_portfolios
from .terms import TermsWritten, set_terms

SOURCE = "clientarium"
"""The source of sellers who were added here and not named in a file."""
NAME_CHARACTERS = 200
FIRST_TERMS = N_("Taken on")


@transaction.atomic
def add_seller(name: str, *, started_on: date, terms: TermsWritten, department: str = "", by: User) -> Seller:
    """A seller nobody has named in a file yet; a file that names him later finds him by his name.

    Raises UserError: no name, a seller of that name works here already, numbers that contradict.
    """
    if not can_lead_portfolios(by):
        raise PermissionDenied
    name = " ".join(name.replace("\0", "").split())[:NAME_CHARACTERS]
    if not name:
        raise UserError(N_("A seller needs a name."))
    if Seller.objects.filter(name_key=name_key(name), left_on__isnull=True).exists():
        raise UserError(
            N_("There is a seller “%(name)s” already."), cure=N_("Add a patronymic or a city to the name."), name=name
        )
    key = name if not Seller.objects.filter(source=SOURCE, key=name).exists() else f"{name} {started_on.isoformat()}"
    seller = Seller.objects.create(
        source=SOURCE,
        key=key,
        name=name,
        name_key=name_key(name),
        department=department.strip()[:NAME_CHARACTERS],
        started_on=started_on,
    )
    record(PortfolioVerb.SELLER_ADDED, target=seller, by=by, data={"started_on": started_on})
    set_terms(seller, terms, reason=str(FIRST_TERMS), by=by)
    return seller
