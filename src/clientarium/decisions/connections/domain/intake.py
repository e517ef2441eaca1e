"""Files that come by themselves: what an intake connector gives, and what is done with each file.

A connection watches for one report. Every file is loaded through the same door as one dropped by hand: kept as it came,
understood in the disposable child, loaded only by a layout somebody has saved; anything else waits for a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.pipeline import Layout
from clientarium.decisions.journal import record
from clientarium.decisions.runs import (
    Import,
    ImportMode,
    ReceivedFile,
    Run,
    SavedLayout,
    import_in_force,
    problem_of,
    receive_file,
    start_import,
    understand_file,
)

from ..choices import ArrivalState, ConnectionVerb
from ..models import Arrival, Connection
from .connecting import stored_message

DATED_KINDS = ("sales", "touches", "payments")
PERIODS = (
    ("rule", N_("as for a file loaded by hand")),
    ("file", N_("exactly the days of the file")),
    ("previous_month", N_("the whole month before the file came")),
    ("this_month", N_("the whole month in which the file came")),
)


@dataclass(frozen=True)
class Incoming:
    """A file an intake has found. `key` names it for ever within the connection; `reply` is for the answer."""

    key: str
    name: str
    content: bytes | Path
    sender: str = ""
    subject: str = ""
    reply: Mapping[str, Any] = field(default_factory=dict)
    came_on: date | None = None  # the day of the letter; None: today
    fault: UserError | None = None  # why the file cannot be taken at all


@dataclass(frozen=True)
class Outcome:
    """What the sender is told, in the language of the company."""

    name: str
    state: ArrivalState
    lines: tuple[str, ...]


class Intake(Protocol):
    """What a connector of purpose `intake` opens. Raises ConnectionFault."""

    def look(
        self, place: Mapping[str, Any], *, known: frozenset[str]
    ) -> Iterator[tuple[Incoming | None, dict[str, Any]]]:
        """(a new file or None, where the intake stands after it), oldest first; `known` keys are left out."""
        ...

    def answer(self, outcome: Outcome, *, reply: Mapping[str, Any]) -> bool:
        """Tell the sender; False where there is nobody to tell. What was told once is never told again."""
        ...


def take_file(connection: Connection, incoming: Incoming, *, place: Mapping[str, Any]) -> Arrival:
    """Keep and understand a file, queue its loading when its layout is known, and move the connection to `place`.

    The arrival says what was done. The same file a second time is not loaded again; one with other content replaces the
    period of the first. Looking inside comes before the transaction: it takes seconds.
    """
    arrival = Arrival(
        connection=connection,
        key=incoming.key,
        file_name=incoming.name[:255],
        sender=incoming.sender[:320],
        subject=incoming.subject[:500],
        reply=dict(incoming.reply),
    )
    layout: Layout | None = None
    try:
        if incoming.fault is not None:
            raise incoming.fault
        with _opened(incoming) as stream:
            arrival.received = receive_file(stream, name=incoming.name, by=None)
        layout = _layout_for(connection, arrival.received)
        if layout is None:
            text = N_("No saved layout fits this file. Open it, look at its columns and keep the layout.")
            arrival.state, arrival.message = ArrivalState.DOUBTFUL, stored_message(Message(text))
    except UserError as error:
        arrival.state, arrival.message = ArrivalState.REFUSED, problem_of(error)
    with transaction.atomic():
        if layout is not None:
            _begin(arrival, layout=layout, came_on=incoming.came_on or timezone.localdate())
        arrival.save()
        connection.place = dict(place)
        connection.save(update_fields=["place"])
        data = {"connection": connection.title, "from": arrival.sender, "state": str(arrival.state)}
        record(ConnectionVerb.FILE_ARRIVED, target=arrival, by=None, data=data)
    return arrival


def settle(arrival: Arrival) -> bool:
    """Follow the import of a file; True once it has come to an end."""
    loading = arrival.loading
    run = loading.run if loading else None
    if loading is None or (run is not None and run.is_live):
        return False
    if loading.state == "loaded":
        arrival.state, arrival.message = ArrivalState.LOADED, stored_message(_loaded(loading))
    else:
        stopped = stored_message(Message(N_("The loading was stopped.")))
        arrival.state, arrival.message = ArrivalState.REFUSED, (run.message if run else None) or stopped
    arrival.save(update_fields=["state", "message"])
    return True


def period_for(wish: str, *, came_on: date) -> tuple[date, date] | None:
    """The days a file replaces; None: the file's own."""
    first = came_on.replace(day=1)
    if wish == "previous_month":
        return (first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)
    if wish == "this_month":
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None


def _opened(incoming: Incoming) -> BinaryIO:
    content = incoming.content
    return BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _layout_for(connection: Connection, received: ReceivedFile) -> Layout | None:
    """The layout named in the connection, or the saved one with these columns; None: a person has to look."""
    named = str(connection.settings.get("layout") or "")
    saved = SavedLayout.objects.filter(title=named).first() if named else None
    if named and saved is None:
        raise UserError(N_("There is no layout “%(name)s”."), name=named)
    if saved is not None:
        return Layout.from_dict(saved.layout)
    return understand_file(received).matched_layout


def _begin(arrival: Arrival, *, layout: Layout, came_on: date) -> None:
    """Start the import, or say why it is not started."""
    received = arrival.received
    assert received is not None
    wish = str(arrival.connection.settings.get("period") or "rule")
    is_dated = layout.kind in DATED_KINDS and wish != "rule"
    try:
        with transaction.atomic():
            run: Run = start_import(
                received,
                layout=layout,
                source=str(arrival.connection.settings.get("source") or ""),
                mode=ImportMode.REPLACE if is_dated else None,
                period=period_for(wish, came_on=came_on) if is_dated else None,
                by=None,
            )
    except UserError as error:
        earlier = import_in_force(received, kind=layout.kind, part=layout.sheet or "")
        arrival.loading = earlier
        arrival.state = ArrivalState.SAME if earlier else ArrivalState.REFUSED
        arrival.message = problem_of(error)
        return
    arrival.loading = Import.objects.get(run=run)


def _loaded(loading: Import) -> Message:
    params = {name: getattr(loading, name) or 0 for name in ("accepted", "refused", "skipped")}
    return Message(
        N_("Loaded: %(accepted)s rows; refused: %(refused)s, skipped: %(skipped)s. Import no. %(number)s."),
        params | {"number": loading.pk},
    )
