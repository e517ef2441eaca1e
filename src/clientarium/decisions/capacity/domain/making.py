"""Making a list: from the example, from a table, from the base."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.pipeline import ContenderFile, read_contenders, read_contenders_text
from clientarium.core.strategy import Contender
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import CapacityVerb, Source
from ..models import Row, Shortlist
from ..queries.base import of_base
from ..queries.example import example
from ..rules import can_choose

TITLE_CHARACTERS = 200
ROWS_AT_ONCE = 500


def keep_example(*, by: User) -> Shortlist:
    """The example as a list of one's own, to be changed at will."""
    return write_list(_("Ten clients, room for six"), Source.EXAMPLE, example(), by=by)


def list_of_text(text: str, *, by: User, title: str = "") -> Shortlist:
    """Of a pasted table. Raises UserError where it is no table of this kind, or no row of it can be taken."""
    require(by)
    return _of_file(read_contenders_text(text), title or _("Pasted table"), by=by)


def list_of_table(path: Path, *, name: str, by: User, title: str = "") -> Shortlist:
    """Of a file: CSV, XLSX and whatever else the import reads. Raises UserError as list_of_text."""
    require(by)
    return _of_file(read_contenders(path, name=name), title or Path(name).stem, by=by)


def list_of_base(condition: str, *, by: User, title: str = "") -> Shortlist:
    """Of the clients `condition` finds."""
    require(by)
    found = of_base(condition, by=by)
    notes = [_kept(Message(N_("Of the penalties of these clients the base knows nothing: none is counted.")))]
    if found.left_out:
        text = N_("Left out, for nothing is known of their money: %(number)s.")
        notes.append(_kept(Message(text, {"number": found.left_out})))
    return write_list(
        title or condition.strip() or _("The whole base"),
        Source.BASE,
        found.contenders,
        by=by,
        client_ids=found.client_ids,
        condition=condition.strip(),
        as_of=found.as_of,
        measure=found.measure,
        notes=notes,
    )


@transaction.atomic
def write_list(
    title: str,
    source: Source,
    contenders: Sequence[Contender],
    *,
    by: User,
    client_ids: Mapping[int, int] | None = None,
    **kept: Any,
) -> Shortlist:
    require(by)
    hours = list(dict.fromkeys(name for one in contenders for name in one.needs))
    title = " ".join(title.replace("\0", "").split())[:TITLE_CHARACTERS]
    shortlist = Shortlist.objects.create(title=title, source=source, hours=hours, made_by=by, **kept)
    known = client_ids or {}
    rows = [_row(shortlist, one, known.get(one.key)) for one in contenders]
    Row.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    record(CapacityVerb.LIST_MADE, target=shortlist, by=by, data={"source": source, "contenders": len(rows)})
    return shortlist


def _of_file(found: ContenderFile, title: str, *, by: User) -> Shortlist:
    if not found.contenders:
        first = next(iter(found.faults), None)
        if first is None:
            raise UserError(N_("The table has heads and no rows."))
        raise UserError(
            N_("No row of the table can be taken; the first, line %(line)s: %(why)s"),
            line=first.line, why=str(first.message),
        )  # fmt: skip
    set_aside = [
        {"line": fault.line, "column": fault.column, "cure": fault.cure and _kept(fault.cure)} | _kept(fault.message)
        for fault in found.faults
    ]
    notes = [_kept(note) for note in found.notes]
    if found.unused:
        text = N_("Columns not used: %(columns)s.")
        notes.append(_kept(Message(text, {"columns": ", ".join(found.unused)})))
    return write_list(title, Source.TABLE, found.contenders, by=by, set_aside=set_aside, notes=notes)


def _kept(message: Message) -> dict[str, Any]:
    return {"text": message.msgid, "params": dict(message.params)}


def _row(shortlist: Shortlist, one: Contender, client_id: int | None) -> Row:
    return Row(
        shortlist=shortlist,
        position=one.key,
        client_id=client_id,
        name=one.name,
        margin=_money(one.margin),
        penalty=_money(one.penalty),
        probability=one.probability,
        layer=one.layer[:40],
        grade=one.grade[:40],
        starts=one.starts,
        ends=one.ends,
        return_on_cost=one.return_on_cost,
        needs=dict(one.needs),
    )


def _money(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(Decimal("0.01"))


def require(by: User) -> None:
    if not can_choose(by):
        raise PermissionDenied
