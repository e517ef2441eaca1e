"""The check of the forecast as a run: the base's own backtest, and the methods it chose."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from clientarium.core.ground import N_
from clientarium.core.pipeline import backtest
from clientarium.decisions.clients import aliases_table
from clientarium.decisions.journal import record

from ..choices import RunVerb
from ..models import Backtest
from .homes import current_definitions, open_ledger
from .lease import Lease
from .methods_in_use import chosen_methods, sales_rows
from .pulses import last_day, queue_pulse

CHECKING = N_("Checking the forecast against the past")


def accuracy_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind accuracy. Where it chooses other methods than those in force, a pulse follows.

    A run taken over from a dead worker begins anew: nothing is kept before its end.
    """
    ledger, by = open_ledger(), lease.run.created_by
    before, version, rows = chosen_methods(), ledger.version(), sales_rows(ledger)
    # The last sale, not the last pulse: days without facts would look like clients who stopped.
    as_of = last_day(ledger, today=timezone.localdate())
    lease.progress(CHECKING)
    found = backtest(
        ledger,
        as_of=as_of,
        norms=current_definitions().norms,
        aliases=aliases_table(),
        memory_limit=settings.CLIENTARIUM_MEMORY_LIMIT,
        progress=lambda done, total: lease.progress(CHECKING, done, total),
    )
    is_changed = found.choice.hash != before.hash
    with lease.commit():
        made = Backtest.objects.create(
            as_of=as_of,
            ledger_version=version,
            sales_rows=rows,
            report=dict(found.report),
            chosen=found.choice.as_dict(),
            run=lease.run,
        )
        record(RunVerb.BACKTEST_MADE, target=made, by=by, data={"chosen": made.chosen})
        if is_changed:
            queue_pulse(by=by)
    return {"backtest": made.pk, "chosen": made.chosen, "changed": is_changed}
