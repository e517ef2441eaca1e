"""Opening and closing intervals by a decision, so that taking the decision back is exact."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from clientarium.decisions.journal import Entry

from ..models import CategoryInterval
from ..queries import ONE_DAY

ROWS_PER_INSERT = 2_000  # CHECKS.md, design rule 3


def close_intervals(intervals: QuerySet[CategoryInterval], *, on: date, entry: Entry) -> None:
    """End the open ones of `intervals` on the day before `on`; one that begins later never was in force."""
    still_open = intervals.filter(last_day__isnull=True)
    for later in still_open.filter(first_day__gt=on):
        CategoryInterval.objects.filter(pk=later.pk).update(last_day=later.first_day - ONE_DAY, closed_by=entry)
    still_open.update(last_day=on - ONE_DAY, closed_by=entry)


def insert_intervals(intervals: Iterable[CategoryInterval]) -> int:
    """Insert all, in statements of a bearable size; their number."""
    rows, count = iter(intervals), 0
    while batch := list(islice(rows, ROWS_PER_INSERT)):
        CategoryInterval.objects.bulk_create(batch)
        count += len(batch)
    return count
