"""Cards as core's checks look at them: contacts of the whole family of merged cards, latest checks, marks, calls."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import Q

from clientarium.core.pipeline import Definitions
from clientarium.core.quality import (
    Assessment,
    CardSeen,
    ContactSeen,
    Needs,
    assess,
    cards_table,
    fields_needed,
)
from clientarium.decisions.clients import Client, Contact
from clientarium.decisions.contacts import REACHED_RESULTS, Finding, Touch, Verification

from ..models import ClientMark, MailDomain

CLIENTS_PER_READING = 5_000
"""Cards read at once: some ten megabytes."""

CLIENTS_PER_QUERY = 500

MEMORY_DAYS = 366
"""Calls of a year are looked at: what was in vain before then says nothing of today."""

HOLDER = "seller"


def needs_in_force(definitions: Definitions) -> Needs:
    """What the rules in force and this firm's clients need of a card."""
    return Needs(
        fields=fields_needed(definitions.schemes, definitions.catalogue),
        inn=Client.objects.filter(inn__isnull=False).exists(),
        dead_domains=frozenset(MailDomain.objects.filter(takes_mail=False).values_list("name", flat=True)),
    )


def checked_cards(definitions: Definitions, *, as_of: date) -> pa.Table:
    """Every client's card checked as of `as_of`, as the pulse takes it."""
    needs = needs_in_force(definitions)
    return cards_table(assessment for chunk in _chunks() for assessment in _assessed(chunk, needs=needs, as_of=as_of))


def assess_clients(client_ids: Collection[int], *, needs: Needs, as_of: date) -> list[Assessment]:
    """The same of these clients; merged cards are left out, for they are parts of another."""
    ids = sorted(client_ids)
    starts = range(0, len(ids), CLIENTS_PER_QUERY)
    return [
        one
        for start in starts
        for one in _assessed(Q(pk__in=ids[start : start + CLIENTS_PER_QUERY]), needs=needs, as_of=as_of)
    ]


def marks_of(client_ids: Collection[int]) -> dict[int, list[ClientMark]]:
    """Marks in force by client."""
    found: dict[int, list[ClientMark]] = defaultdict(list)
    rows = ClientMark.objects.filter(client_id__in=list(client_ids), cleared_at__isnull=True)
    for mark in rows.select_related("by").order_by("pk"):
        found[mark.client_id].append(mark)
    return dict(found)


def _chunks() -> Iterator[Q]:
    last = Client.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, CLIENTS_PER_READING):
        yield Q(pk__gte=start, pk__lt=start + CLIENTS_PER_READING)


def _assessed(which: Q, *, needs: Needs, as_of: date) -> list[Assessment]:
    return [assess(card, needs=needs, as_of=as_of) for card in _cards(which, needs.fields, as_of=as_of)]


def _cards(which: Q, fields: Sequence[str], *, as_of: date) -> Iterator[CardSeen]:
    """Six queries, however many clients."""
    paths = ("pk", "inn", "is_stopped", "holder_id", "city", "segment", "fields")
    clients = list(Client.objects.filter(which, merged_into__isnull=True).order_by("pk").values(*paths))
    roots = _roots(which, clients)
    contacts, wrong_or_right = _contacts(which, roots), _findings(which, roots)
    calls, marks = _calls_in_vain(which, roots, as_of=as_of), _marks(which, roots)
    for row in clients:
        client_id = row["pk"]
        checks = wrong_or_right.get(client_id, {})
        verified = [on for finding, on in checks.values() if finding != Finding.WRONG]
        yield CardSeen(
            client_id=client_id,
            inn=row["inn"],
            contacts=tuple(
                ContactSeen(kind, value, checks.get((kind, pk), (None, None))[0] == Finding.WRONG, pk)
                for pk, kind, value in contacts.get(client_id, ())
            ),
            missing=tuple(word for word in fields if _is_empty(row, word)),
            verified_on=max(verified, default=None),
            calls_in_vain=calls.get(client_id, 0),
            is_unreachable="unreachable" in marks.get(client_id, ()),
            has_refused="refused" in marks.get(client_id, ()),
            is_stopped=row["is_stopped"],
        )


def _is_empty(row: Mapping[str, Any], word: str) -> bool:
    if word == HOLDER:
        return row["holder_id"] is None
    value = row["fields"].get(word.removeprefix("f_")) if word.startswith("f_") else row[word]
    return value is None or value == ""


def _roots(which: Q, clients: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """alias → client, of the clients in hand."""
    merged = Client.objects.filter(merged_into__isnull=False, merged_into__in=Client.objects.filter(which))
    return dict(merged.values_list("pk", "merged_into_id")) if clients else {}


def _of(which: Q, roots: Mapping[int, int]) -> Q:
    """Rows with a client among those in hand or merged into one of them."""
    of_clients = Q(client_id__in=Client.objects.filter(which).values("pk"))
    return of_clients | Q(client_id__in=list(roots)) if roots else of_clients


def _contacts(which: Q, roots: Mapping[int, int]) -> dict[int, list[tuple[int, str, str]]]:
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    rows = Contact.objects.filter(_of(which, roots)).order_by("pk").values_list("client_id", "pk", "kind", "value")
    for client_id, pk, kind, value in rows.iterator(chunk_size=CLIENTS_PER_READING):
        found[roots.get(client_id, client_id)].append((pk, kind, value))
    return found


def _findings(which: Q, roots: Mapping[int, int]) -> dict[int, dict[tuple[str, int | None], tuple[str, date]]]:
    """The latest check of each thing: client → (what, contact) → (finding, day); those of undone talks count not."""
    found: dict[int, dict[tuple[str, int | None], tuple[str, date]]] = defaultdict(dict)
    in_force = Q(touch__isnull=True) | Q(touch__undone_at__isnull=True)
    rows = Verification.objects.filter(_of(which, roots), in_force).order_by("at", "pk")
    for client_id, what, contact, finding, on in rows.values_list("client_id", "what", "contact_id", "finding", "on"):
        found[roots.get(client_id, client_id)][what, contact] = (finding, on)
    return found


def _calls_in_vain(which: Q, roots: Mapping[int, int], *, as_of: date) -> dict[int, int]:
    """Calls recorded here since the client was last reached."""
    found: dict[int, int] = defaultdict(int)
    rows = Touch.objects.filter(
        _of(which, roots), undone_at__isnull=True, on__range=(as_of - timedelta(days=MEMORY_DAYS), date.max)
    )
    for client_id, result in rows.order_by("on", "pk").values_list("client_id", "result"):
        client_id = roots.get(client_id, client_id)
        found[client_id] = 0 if result in REACHED_RESULTS else found[client_id] + 1
    return found


def _marks(which: Q, roots: Mapping[int, int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = ClientMark.objects.filter(_of(which, roots), cleared_at__isnull=True)
    for client_id, kind in rows.values_list("client_id", "kind"):
        found[roots.get(client_id, client_id)].add(kind)
    return found
