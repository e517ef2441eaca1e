"""Closed sets of the clients' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class ContactKind(TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")


class FieldType(TextChoices):
    """Kinds of a company's own fields."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHOICE = "choice", _("One of a list")
    YES_NO = "yes_no", _("Yes or no")


class HoldingCause(TextChoices):
    """Why somebody came to hold a client."""

    IMPORT = "import", _("from a clients file")
    SALES = "sales", _("from sales")
    PERSON = "person", _("by a decision")


class LegalStatus(TextChoices):
    """What a register of legal entities says."""

    ACTIVE = "active", pgettext_lazy("firm", "Active")
    LIQUIDATING = "liquidating", _("Being liquidated")
    LIQUIDATED = "liquidated", _("Liquidated")
    BANKRUPT = "bankrupt", _("Bankrupt")
    REORGANISING = "reorganising", _("Being reorganised")


class MergeCause(TextChoices):
    """Who said that two cards are one client."""

    RULE = "rule", _("by the rule")
    PERSON = "person", _("by a person")


class Stage(TextChoices):
    """The life of a state table."""

    BUILDING = "building", "building"
    CURRENT = "current", "current"
    PAST = "past", "past"


@name_verbs
class ClientVerb(TextChoices):
    """What the journal says about clients, their cards, fields and segments."""

    CLIENT_CREATED = "client_created", _("Client created")
    CLIENTS_RESOLVED = "clients_resolved", _("Clients of a file recognised")
    CLIENT_EDITED = "client_edited", _("Card edited")
    CLIENT_TRANSFERRED = "client_transferred", _("Client transferred")
    HOLDERS_FROM_SALES = "holders_from_sales", _("Clients given to the sellers of their latest sales")
    CLIENT_STOPPED = "client_stopped", _("Put on the stop list")
    CLIENT_UNSTOPPED = "client_unstopped", _("Taken off the stop list")
    BAD_REVIEW_MARKED = "bad_review_marked", _("Bad review marked")
    BAD_REVIEW_CLEARED = "bad_review_cleared", _("Bad review cleared")
    NOTE_ADDED = "note_added", _("Note added")
    NOTE_EDITED = "note_edited", _("Note edited")
    NOTE_REMOVED = "note_removed", _("Note removed")
    CONTACT_ADDED = "contact_added", _("Contact added")
    CONTACT_EDITED = "contact_edited", _("Contact edited")
    CONTACT_REMOVED = "contact_removed", _("Contact removed")
    FIELD_DEFINED = "field_defined", _("Field defined")
    FIELD_EDITED = "field_edited", _("Field changed")
    FIELD_REMOVED = "field_removed", _("Field removed")
    FIELD_RESTORED = "field_restored", _("Field brought back")
    CLIENTS_MERGED = "clients_merged", _("Cards merged")
    CLIENTS_UNMERGED = "clients_unmerged", _("Cards taken apart")
    NOT_DUPLICATE_SAID = "not_duplicate_said", _("Said to be no duplicate")
    MERGE_RULE_SET = "merge_rule_set", _("Rule of merging set")
    DUPLICATES_FOUND = "duplicates_found", _("Duplicates looked for")
    LEGAL_STATUS_SET = "legal_status_set", _("Status of a legal entity set")
    SEGMENT_SAVED = "segment_saved", _("Segment saved")
    SEGMENT_REMOVED = "segment_removed", _("Segment removed")
    CARDS_APPLIED = "cards_applied", _("Cards filled from a file")
    CARDS_UNDONE = "cards_undone", _("Cards of a file taken back")
    STATE_PUBLISHED = "state_published", _("Snapshot published")
    CLIENTS_EXPORTED = "clients_exported", _("List exported")
