"""Duplicates from the command line; imported only when a home is open."""

from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, DuplicatePair, Merge, MergeCause, merge_clients, unmerge_clients
from clientarium.decisions.runs import run_now, start_identity

from .progress import Listener
from .running import finished


def found(listener: Listener) -> dict[str, Any]:
    """What the search did: clients, pairs, merged, waiting."""
    return finished(run_now(start_identity(by=None), listener=listener))


def pair_rows(limit: int) -> list[dict[str, Any]]:
    """Pairs to decide about, the likeliest first."""
    stand = DuplicatePair.objects.filter(a__merged_into__isnull=True, b__merged_into__isnull=True)
    return [
        {
            "a": pair.a_id,
            "a_name": pair.a.name,
            "b": pair.b_id,
            "b_name": pair.b.name,
            "probability": pair.probability,
            "sure": pair.is_sure,
            "agree": [reason["field"] for reason in pair.reasons if reason["weight"] > 0],
            "reasons": pair.reasons,
        }
        for pair in stand.select_related("a", "b").order_by("-probability", "pk")[:limit]
    ]


def merge_rows(limit: int) -> list[dict[str, Any]]:
    """Merges in force, the newest first."""
    merges = Merge.objects.filter(undone_at__isnull=True).select_related("alias", "into").order_by("-pk")
    return [row_of(merge) for merge in merges[:limit]]


def merged(alias: str, *, into: str, despite_answer: bool) -> dict[str, Any]:
    """Merge by the one at the console; UserError for cards that are not there, or not to be merged."""
    made = merge_clients(
        card_named(alias), into=card_named(into), by=None, cause=MergeCause.PERSON, despite_answer=despite_answer
    )
    return row_of(made)


def taken_apart(alias: str, *, reason: str) -> dict[str, Any]:
    """Undo the merge in force of that card; UserError where there is none."""
    card = card_named(alias, is_merged=True)
    merge = Merge.objects.select_related("alias", "into").get(alias=card, undone_at__isnull=True)
    unmerge_clients(merge, by=None, reason=reason)
    return row_of(merge)


def row_of(merge: Merge) -> dict[str, Any]:
    return {
        "merge": merge.pk,
        "alias": merge.alias_id,
        "alias_name": merge.alias.name,
        "into": merge.into_id,
        "into_name": merge.into.name,
        "cause": merge.cause,
        "at": merge.merged_at,
    }


def card_named(text: str, *, is_merged: bool = False) -> Client:
    """The card of that number, code or name; UserError where there is none, or several."""
    cards = Client.objects.filter(merged_into__isnull=not is_merged)
    for condition in ({"pk": int(text)} if text.isdecimal() and len(text) < 19 else {}, {"code": text}, {"name": text}):
        rows = list(cards.filter(**condition)[:2]) if condition else []
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise UserError(N_("Several cards are called “%(text)s”."), cure=N_("Give the number."), text=text)
    message = N_("No merged card is called “%(text)s”.") if is_merged else N_("No card is called “%(text)s”.")
    raise UserError(message, cure=N_("Look for its number with “clientarium duplicates list”."), text=text)
