"""Lists of redistributions and of their moves."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet, Sum

from clientarium.decisions.people import Visitor

from ..models import Draft, Move
from ..rules import can_redistribute


def drafts(by: Visitor) -> QuerySet[Draft]:
    """Every redistribution, the newest first, with `moved`, `edited` by hand and `edits_cost`; PermissionDenied."""
    if not can_redistribute(by):
        raise PermissionDenied
    rows = Draft.objects.select_related("made_by", "approved_by", "applied_by", "undone_by", "run")
    return rows.annotate(
        moved=Count("moves"), edited=Count("moves", filter=Q(moves__is_edited=True)), edits_cost=Sum("moves__cost")
    ).order_by("-pk")


def moves_in(
    draft: Draft, *, seller: int | None = None, is_pool: bool = False, only_edited: bool = False, text: str = ""
) -> QuerySet[Move]:
    """The moves of a draft, the dearest first: all, those to or from a seller or the pool, those changed by hand."""
    rows = draft.moves.select_related("client", "before", "chosen", "proposed", "edited_by").order_by("-margin", "pk")
    if seller is not None:
        rows = rows.filter(Q(before=seller) | Q(chosen=seller))
    elif is_pool:
        rows = rows.filter(Q(before__isnull=True) | Q(chosen__isnull=True))
    if only_edited:
        rows = rows.filter(is_edited=True)
    return rows.filter(client__search_name__contains=text.casefold()) if text else rows
