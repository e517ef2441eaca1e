"""Reading the journal."""

from django.db import models

from clientarium.decisions.people.rules import Visitor, sees_journal

from .models import Entry


def entries_visible_to(user: Visitor) -> models.QuerySet[Entry]:
    """The whole journal for those who keep it, nothing for others; newest first."""
    entries = Entry.objects.select_related("by", "undone_by__by")
    return entries if sees_journal(user) else entries.none()


def history_of(target: models.Model) -> models.QuerySet[Entry]:
    """Entries about one thing, newest first; the caller has already made sure that it may be seen."""
    entries = Entry.objects.select_related("by", "undone_by__by")
    return entries.filter(target_kind=target._meta.label_lower, target_id=str(target.pk))
