"""Closed sets of the contacts' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class TouchKind(TextChoices):
    """How we were in contact; the same words as the ledger's, without those people do not log by hand."""

    CALL = "call", _("Call")
    LETTER = "letter", _("Letter")
    MEETING = "meeting", _("Meeting")
    MESSAGE = "message", _("Message")
    VISIT = "visit", _("Visit")


class Direction(TextChoices):
    """Who began."""

    OUT = "out", _("We to the client")
    IN = "in", _("The client to us")


class Result(TextChoices):
    """How a touch ended."""

    REACHED = "reached", _("Spoke, no order yet")
    ORDERED = "ordered", _("Ordered")
    QUOTE_SENT = "quote_sent", _("Quote sent")
    CALL_LATER = "call_later", _("Asked to call later")
    REFUSED = "refused", _("He refused")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


REACHED_RESULTS = (Result.REACHED, Result.ORDERED, Result.QUOTE_SENT, Result.CALL_LATER, Result.REFUSED)
"""A person was reached: the next date has to be agreed, or it is said why there is none (1.9.3)."""

DATED_RESULTS = (Result.CALL_LATER,)
"""Makes no sense without the agreed date: “later” is a day."""


class RefusalReason(TextChoices):
    """Why he refused, in the words sellers hear."""

    JUST_BOUGHT = "just_bought", _("Bought only just now")
    NO_NEED = "no_need", _("No need at the moment")
    PRICE = "price", _("The price")
    TERMS = "terms", _("Delivery or payment terms")
    STOCK = "stock", _("We did not have the goods")
    QUALITY = "quality", _("Quality or service")
    COMPETITOR = "competitor", _("Buys from another supplier")
    NO_MONEY = "no_money", _("No money")
    CLOSED = "closed", _("Closed or changed business")
    OTHER = "other", _("Something else (see the comment)")


class NoNextReason(TextChoices):
    """Why a talk ended without a date."""

    BY_RHYTHM = "by_rhythm", _("Call when his rhythm says so")
    CLIENT_COMES = "client_comes", _("He will come himself")
    ASKED_NOT_TO = "asked_not_to", _("Asked not to be called")
    NOT_OURS = "not_ours", _("Not our client")
    CLOSED = "closed", _("Closed or changed business")
    PASSED_ON = "passed_on", _("Passed to a colleague")


NO_MORE_CALLS = (NoNextReason.ASKED_NOT_TO, NoNextReason.NOT_OURS, NoNextReason.CLOSED)
"""After these the list names him no more, until another talk says otherwise."""


class Verified(TextChoices):
    """What of a contact was checked in the talk (1.3.2)."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    PERSON = "person", _("Contact person")


class Finding(TextChoices):
    """What the check found."""

    CONFIRMED = "confirmed", _("Confirmed")
    CHANGED = "changed", _("Changed")
    WRONG = "wrong", _("Wrong")


class LineKind(TextChoices):
    """Why a client stands in the day's list; the same words as core's."""

    AGREED = "agreed", _("Agreed with the client")
    QUOTE = "quote", _("Quote waits for an answer")
    DUE = "due", _("Usually orders about now")
    OVERDUE = "overdue", _("The order is late")
    SECOND_PURCHASE = "second_purchase", _("Bought once: lead to the second purchase")
    ANCHOR_SILENT = "anchor_silent", _("An anchor keeps silent")
    THROWN_AWAY = "thrown_away", _("Thrown away after mistimed calls")
    WIN_BACK = "win_back", _("Win back")


@name_verbs
class ContactVerb(TextChoices):
    """What the journal says about contacts with clients."""

    TOUCH_RECORDED = "touch_recorded", _("Contact with the client recorded")
    TOUCH_UNDONE = "touch_undone", _("Contact with the client taken back")
    CONTACT_VERIFIED = "contact_verified", _("Contact details checked with the client")
    HOLD_OUT_STARTED = "hold_out_started", _("A group of clients is left without calls, to measure what calls give")
    HOLD_OUT_STOPPED = "hold_out_stopped", _("The group without calls is dissolved")
    CALENDAR_OPENED = "calendar_opened", _("Calendar feed opened")
    CALENDAR_CLOSED = "calendar_closed", _("Calendar feed closed")
