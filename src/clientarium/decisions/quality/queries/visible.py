"""Which changes of many clients a person sees."""

from django.db.models import Exists, OuterRef, QuerySet

from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.people import User, sees_all_clients

from ..models import BulkChange, BulkRow


def bulk_changes_visible_to(user: User) -> QuerySet[BulkChange]:
    """Those he made himself, and those that touched a client he sees; newest first."""
    changes = BulkChange.objects.select_related("by", "undone_by")
    if sees_all_clients(user):
        return changes
    own = BulkRow.objects.filter(change=OuterRef("pk"), client__in=clients_visible_to(user))
    return changes.filter(by=user) | changes.filter(Exists(own))
