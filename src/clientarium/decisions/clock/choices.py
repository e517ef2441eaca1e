"""Closed sets of the clock's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class RuleKind(TextChoices):
    """How long a client may go without a purchase."""

    STRICT = "strict", _("strict: the same days for everybody")
    RHYTHM = "rhythm", _("by rhythm: the client’s own gaps where they are longer")


class PurchaseIs(TextChoices):
    """What stops the clock; chosen once for the firm."""

    SHIPMENT = "shipment", _("Shipment")
    PAYMENT = "payment", _("Payment")
    ORDER = "order", _("Order")


class ExceptionState(TextChoices):
    """The life of an exception; only an approved one moves the clock."""

    ASKED = "asked", _("waits for a decision")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended early")


@name_verbs
class ClockVerb(TextChoices):
    """What the journal says about the clock."""

    CLOCK_RULE_SET = "clock_rule_set", _("Rule of the clock set")
    CLOCK_RULE_WITHDRAWN = "clock_rule_withdrawn", _("Announced rule of the clock withdrawn")
    CLOCK_EXCEPTION_ASKED = "clock_exception_asked", _("Exception from the clock asked for")
    CLOCK_EXCEPTION_APPROVED = "clock_exception_approved", _("Exception from the clock approved")
    CLOCK_EXCEPTION_REFUSED = "clock_exception_refused", _("Exception from the clock refused")
    CLOCK_EXCEPTION_ENDED = "clock_exception_ended", _("Exception from the clock ended early")
