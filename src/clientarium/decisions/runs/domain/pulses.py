"""The pulse as a run: ledger → snapshot → lists, intervals and proposals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.ledger import EngineKind, Ledger, SnapshotInfo
from clientarium.core.pipeline import pulse
from clientarium.decisions.clients import aliases_table, clients_table
from clientarium.decisions.contacts import plan_days, send_touches
from clientarium.decisions.grades import standing_table
from clientarium.decisions.people import User, can_run_pulse
from clientarium.decisions.quality import checked_cards, note_quality

from ..choices import LEDGER_LANE, RunKind
from ..models import Run, Snapshot
from ..queries import published_snapshot
from .backdate import make_backdated
from .homes import current_definitions, open_ledger, open_snapshots, program_version, staging_folder
from .known import loads_undone_since
from .lease import Lease
from .methods_in_use import chosen_methods, queue_due_accuracy
from .publish import forget_later, note_snapshot, publish_snapshot
from .queue import enqueue

ENGINES: tuple[EngineKind, ...] = ("duckdb", "spark")


def start_pulse(
    *,
    as_of: date | None = None,
    engine: str = "duckdb",
    by: User | None,
    force: bool = False,
    today: date | None = None,
) -> Run:
    """Queue a pulse. Without `as_of`: for the last day with a sale, never later than `today`, and always published.

    With an `as_of` before the published one the snapshot is only stored, unless `force`.
    A pulse of the same kind that already waits is returned instead.
    """
    if by is not None and not can_run_pulse(by):
        raise PermissionDenied
    if engine not in ENGINES:
        raise UserError(
            N_("There is no engine “%(engine)s”."),
            cure=N_("Use one of: %(known)s."),
            engine=engine,
            known="duckdb, spark",
        )
    arguments = {
        "as_of": as_of.isoformat() if as_of else None,
        "engine": engine,
        "force": force,
        "today": today.isoformat() if today else None,
    }
    key = ":".join(["pulse", *(str(value) for value in arguments.values())])
    return enqueue(RunKind.PULSE, arguments=arguments, by=by, lane=LEDGER_LANE, unique_key=key)


def queue_pulse(*, by: User | None) -> Run:
    """The pulse that follows an import or its undoing; one that waits serves several of them."""
    arguments = {"as_of": None, "engine": "duckdb", "force": False, "today": None}
    key = ":".join(["pulse", *(str(value) for value in arguments.values())])
    return enqueue(RunKind.PULSE, arguments=arguments, by=by, lane=LEDGER_LANE, unique_key=key)


SENDING = N_("Taking over contacts recorded here")
CHECKING = N_("Checking the cards")
PLANNING = N_("Planning the sellers’ days")

STEPS = {
    "facts": N_("Reading the facts"),
    "forecast": N_("Forecasting the orders"),
    "metrics": N_("Computing the metrics"),
    "categories": N_("Grading"),
    "snapshot": N_("Making the snapshot"),
    "fingerprint": N_("Checking the snapshot"),
    "write": N_("Writing the snapshot"),
}
"""The core's steps as people read them."""


@dataclass(frozen=True)
class Order:
    """What a queued pulse was asked for."""

    as_of: date | None
    engine: EngineKind
    is_forced: bool
    today: date

    @classmethod
    def of(cls, run: Run) -> "Order":
        asked = run.arguments
        return cls(
            as_of=date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None,
            engine=asked.get("engine", "duckdb"),
            is_forced=bool(asked.get("force")),
            today=date.fromisoformat(asked["today"]) if asked.get("today") else timezone.localdate(),
        )


def pulse_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind pulse. A failed or cancelled one leaves what people see as it was."""
    order, ledger, snapshots = Order.of(lease.run), open_ledger(), open_snapshots()
    definitions = current_definitions()
    published = published_snapshot()
    send_touches(
        ledger,
        staging=staging_folder(f"touches-{lease.run.pk}"),
        program_version=program_version(),
        before_load=lambda: lease.progress(SENDING),
    )
    as_of = order.as_of or last_day(ledger, today=order.today, published=published)
    standing = standing_table(as_of)
    lease.progress(CHECKING)
    cards = checked_cards(definitions, as_of=as_of)
    info = pulse(
        ledger,
        snapshots,
        definitions,
        as_of=as_of,
        clients=clients_table(),
        standing=standing,
        cards=cards,
        aliases=aliases_table(),
        choice=chosen_methods(),
        engine=order.engine,
        program_version=program_version(),
        memory_limit=settings.CLIENTARIUM_MEMORY_LIMIT,
        made_at=timezone.now().isoformat(),
        progress=lambda step, done, total: lease.progress(STEPS.get(step, step), done, total),
        cancelled=lease.cancelled,
    )
    lease.check()
    if not _is_published(order, as_of, published=published):
        note_snapshot(info, lease=lease)
        return _result(info, is_published=False)
    changes = publish_snapshot(info, snapshots=snapshots, definitions=definitions, standing=standing, lease=lease)
    is_earlier = bool(
        order.as_of is None and published and loads_undone_since(ledger, version=published.ledger_version)
    )
    if is_earlier:
        forget_later(as_of, snapshots=snapshots)
    note_quality(as_of, forget_later=is_earlier)
    lease.progress(PLANNING)
    plan_days(today=order.today)
    backdated = make_backdated(as_of, ledger=ledger, snapshots=snapshots, definitions=definitions, lease=lease)
    queue_due_accuracy(ledger)
    return _result(info, is_published=True) | {"changes": changes, "backdated": backdated}


def last_day(ledger: Ledger, *, today: date, published: Snapshot | None = None) -> date:
    """The last day with a sale, never later than `today`. Raises UserError without sales.

    Not earlier than what people see already (somebody asked for the end of a month) unless facts were undone since.
    """
    span = ledger.span()
    if span is None:
        raise UserError(N_("There are no sales to compute from yet."), cure=N_("Load a file with sales first."))
    last = span[1]
    if published and not loads_undone_since(ledger, version=published.ledger_version):
        last = max(last, published.as_of)
    return min(today, last)


def _is_published(order: Order, as_of: date, *, published: Snapshot | None) -> bool:
    return order.as_of is None or order.is_forced or published is None or as_of >= published.as_of


def _result(info: SnapshotInfo, *, is_published: bool) -> dict[str, Any]:
    return {
        "as_of": info.as_of.isoformat(),
        "rows": info.rows,
        "ledger_version": info.ledger_version,
        "engine": info.engine,
        "content_hash": info.content_hash,
        "published": is_published,
    }
