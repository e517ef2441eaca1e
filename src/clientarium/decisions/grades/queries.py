"""What stands, what stood, and what waits for a decision."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import F, Q, QuerySet

from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.people import User, sees_all_clients

from .choices import ProposalState
from .models import CategoryInterval, Proposal, SchemeVersion

STANDING_SCHEMA = pa.schema(
    [
        ("client_id", pa.int64()),
        ("scheme", pa.string()),
        ("category", pa.string()),
        ("since", pa.date32()),
        ("by_person", pa.bool_()),
        ("expires_on", pa.date32()),
    ]
)
DECIDED_SCHEMA = pa.schema([("client_id", pa.int64()), ("category", pa.string())])
BATCH_ROWS = 50_000
ONE_DAY = timedelta(days=1)

was_in_force = Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals waiting for a decision about clients that `user` may see, the largest margin at stake first."""
    waiting = Proposal.objects.filter(state=ProposalState.WAITING, client__merged_into__isnull=True).order_by(
        F("money").desc(nulls_last=True), "pk"
    )
    return waiting if sees_all_clients(user) else waiting.filter(client__in=clients_visible_to(user))


def history_of(client: Client) -> QuerySet[CategoryInterval]:
    """Every category the client ever stood in, newest first; those overtaken on their first day are left out."""
    intervals = CategoryInterval.objects.filter(was_in_force, client=client)
    return intervals.select_related("decided_by").order_by("scheme", "-first_day", "-pk")


def category_in_force(client: Client, *, scheme: str) -> CategoryInterval | None:
    """The open interval of `client` in `scheme`."""
    return CategoryInterval.objects.filter(client=client, scheme=scheme, last_day__isnull=True).first()


def scheme_versions(scheme: str) -> QuerySet[SchemeVersion]:
    """Saved texts of `scheme`, the newest first."""
    return SchemeVersion.objects.filter(scheme=scheme).select_related("by")


def standing_table(as_of: date) -> pa.Table:
    """What the rules have to reckon with on `as_of`: STANDING_SCHEMA, one row per client and scheme.

    A rule's category counts as of the day before (so that computing one day twice gives the same), a person's decision
    from the day it was made; so does his decision that the scheme concerns a client no more.
    """
    known = Q(first_day__lt=as_of) | Q(first_day=as_of, is_decision=True)
    ended_by_rule = Q(last_day=as_of - ONE_DAY, closed_by__isnull=True)
    lasted = Q(last_day__isnull=True) | Q(last_day__gte=as_of) | ended_by_rule
    rows = (
        CategoryInterval.objects.filter(was_in_force, known, lasted, client__merged_into__isnull=True)
        .order_by("client_id", "scheme", "first_day", "pk")
        .values_list("client_id", "scheme", "category", "first_day", "is_decision", "expires_on")
    )
    return table_of(_last_of_each(rows.iterator(BATCH_ROWS)), schema=STANDING_SCHEMA)


def decided_since(moment: datetime, *, scheme: str) -> pa.Table:
    """Clients about whom a person decided in `scheme` after `moment`: DECIDED_SCHEMA, the category they stand in now.

    A decision made before `moment` and taken back after it leaves no trace here: the next pulse shows it.
    """
    changed = Q(opened_by__at__gt=moment) | Q(closed_by__at__gt=moment)
    clients = CategoryInterval.objects.filter(changed, scheme=scheme).values_list("client_id", flat=True).distinct()
    standing = CategoryInterval.objects.filter(scheme=scheme, last_day__isnull=True, client__in=clients)
    categories = dict(standing.values_list("client_id", "category"))
    return table_of(((one, categories.get(one)) for one in clients.order_by("client_id")), schema=DECIDED_SCHEMA)


StandingRow = tuple[int, str, str, date, bool, date | None]


def _last_of_each(rows: Iterator[StandingRow]) -> Iterator[StandingRow]:
    """The last row of each (client, scheme) of `rows` sorted by them."""
    previous: StandingRow | None = None
    for row in rows:
        if previous and previous[:2] != row[:2]:
            yield previous
        previous = row
    if previous:
        yield previous


def table_of(rows: Iterable[Sequence[Any]], *, schema: pa.Schema) -> pa.Table:
    """Database rows as a table; flat in memory apart from the table itself."""
    iterator, batches = iter(rows), []
    while held := list(islice(iterator, BATCH_ROWS)):
        columns = zip(*held, strict=True)
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)
