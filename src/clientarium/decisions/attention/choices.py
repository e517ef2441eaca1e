"""Closed sets of the attention's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Basis(TextChoices):
    """What the load is counted by."""

    ALL = "all", _("By all that is known")
    DOCUMENTS = "documents", _("By documents alone")


class By(TextChoices):
    """Whose load stands beside whose money: a column of the snapshot each."""

    GRADE = "grade", _("Grades")
    LAYER = "layer", _("Layers")
    SELLER = "seller", _("Sellers")


class Service(TextChoices):
    """The services of a firm, by the names core knows them by; others keep the names of the files."""

    SALES = "sales", pgettext_lazy("service", "Sales")
    SUPPORT = "support", pgettext_lazy("service", "Support")
    ACCOUNTING = "accounting", pgettext_lazy("service", "Accounting")
    WAREHOUSE = "warehouse", pgettext_lazy("service", "Warehouse")
    LOGISTICS = "logistics", pgettext_lazy("service", "Logistics")
    MARKETING = "marketing", pgettext_lazy("service", "Marketing")


class Work(TextChoices):
    """Kinds of work: touches, and what a service does with a sales document."""

    CALL = "call", pgettext_lazy("work", "Calls")
    LETTER = "letter", pgettext_lazy("work", "Letters")
    MEETING = "meeting", pgettext_lazy("work", "Meetings")
    MESSAGE = "message", pgettext_lazy("work", "Messages")
    VISIT = "visit", pgettext_lazy("work", "Visits")
    TICKET = "ticket", pgettext_lazy("work", "Tickets")
    DOCUMENT = "document", pgettext_lazy("work", "Other documents")
    DELIVERY = "delivery", pgettext_lazy("work", "Deliveries")
    CAMPAIGN = "campaign", pgettext_lazy("work", "Campaigns")
    SALE = "sale", pgettext_lazy("work", "Sales documents")


def service_title(service: str) -> str:
    """A known service in the reader's language; others as the files name them."""
    return str(Service(service).label) if service in Service.values else service


def work_title(kind: str) -> str:
    """The same for a kind of work."""
    return str(Work(kind).label) if kind in Work.values else kind
