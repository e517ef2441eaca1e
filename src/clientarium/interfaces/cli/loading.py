"""Loading files from the command line and telling what came of it; imported only when a home is open."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast

import pyarrow.parquet as pq

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.pipeline import KINDS, Layout, Staged, Understanding, write_refused_rows
from clientarium.decisions.runs import (
    Import,
    ImportMode,
    ReceivedFile,
    SavedLayout,
    preview_import,
    receive_file,
    run_now,
    start_import,
    start_undo,
    understand_file,
)

from .language import _, language, sentence
from .printing import note
from .progress import Listener
from .running import finished

NoClient = Literal["refuse", "skip", "anonymous"]
NO_CLIENT = ("refuse", "skip", "anonymous")
SHOWN_REFUSED = 10
SHOWN_DIFFERENCES = 20


@dataclass(frozen=True)
class Wishes:
    """What the command line asked for; empty means: as the program understands it."""

    kind: str = ""
    layout: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    no_client: str = ""
    source: str = ""
    mode: str = ""
    is_trial: bool = False
    is_again: bool = False

    def __post_init__(self) -> None:
        for value, known in ((self.kind, KINDS), (self.no_client, NO_CLIENT), (self.mode, ImportMode.values)):
            if value and value not in known:
                raise UserError(
                    N_("“%(value)s” is not known here."),
                    cure=N_("Use one of: %(known)s."),
                    value=value,
                    known=", ".join(known),
                )


def load_file(path: Path, *, wishes: Wishes, home: Path, listener: Listener) -> dict[str, Any]:
    """Receive, understand and load one file in this process; the report of it."""
    with path.open("rb") as stream:
        received = receive_file(stream, name=path.name, by=None)
    layout, understanding = _layout_for(received, wishes=wishes)
    head = _columns(layout, understanding)
    if wishes.is_trial:
        preview = preview_import(received, layout=layout, source=wishes.source, listener=listener)
        if preview.stop is not None:
            parts = (preview.stop.message, preview.stop.cure)
            head["doubts"].append(" ".join(sentence(part) for part in parts if part))
        return _trial_report(preview.staged, name=path.name) | head
    run = start_import(
        received, layout=layout, source=wishes.source, mode=wishes.mode or None, by=None, force=wishes.is_again
    )
    import_ = Import.objects.get(run=run)
    finished(run_now(run, listener=listener))
    return import_report(import_.pk, home=home) | head


def _layout_for(received: ReceivedFile, *, wishes: Wishes) -> tuple[Layout, Understanding | None]:
    """The layout named, or the one understood, with the columns the user corrected."""
    if wishes.layout:
        layout, understanding = _named_layout(wishes.layout).with_columns(dict(wishes.columns)), None
    else:
        understanding = understand_file(received, kind=wishes.kind or None)
        if understanding.report is not None and not understanding.report.agrees:
            _tell_differences(understanding.report.differences)
        layout = understanding.layout(dict(wishes.columns))
    if wishes.no_client:
        layout = replace(layout, no_client=cast(NoClient, wishes.no_client))
    return layout, understanding


def _tell_differences(differences: Sequence[Any]) -> None:
    """Where the sums of a report differ, beside the sentence that stops the load."""
    for one in differences[:SHOWN_DIFFERENCES]:
        text = _("Row %(line)s “%(name)s”, %(measure)s: stated %(stated)s, its rows %(first)s–%(last)s give %(found)s")
        first, last = one.rows
        note(text % {**asdict(one), "first": first, "last": last})


def _named_layout(name: str) -> Layout:
    if Path(name).is_file():
        return Layout.from_yaml(Path(name).read_text(encoding="utf-8"))
    saved = SavedLayout.objects.filter(title=name).first()
    if saved is None:
        known = ", ".join(SavedLayout.objects.values_list("title", flat=True)) or "—"
        raise UserError(N_("There is no layout “%(name)s”."), cure=N_("Saved ones: %(known)s."), name=name, known=known)
    return Layout.from_dict(saved.layout)


def _columns(layout: Layout, understanding: Understanding | None) -> dict[str, Any]:
    samples = {guess.header: next(iter(guess.samples), "") for guess in understanding.columns} if understanding else {}
    columns = [
        {"header": c.header, "meaning": c.meaning, "sample": str(samples.get(c.header, ""))} for c in layout.columns
    ]
    doubts = [sentence(doubt) for doubt in understanding.doubts] if understanding else []
    return {"columns": columns, "doubts": doubts, "report": _report_of_1c(understanding)}


def _report_of_1c(understanding: Understanding | None) -> dict[str, Any] | None:
    """What was understood about a report with a head, levels and totals; None for a plain table."""
    if understanding is None or understanding.report is None:
        return None
    view = understanding.report
    return {
        "title": view.title,
        "period": view.period_text,
        "first_on": view.first_on,
        "last_on": view.last_on,
        "filters": list(view.filters),
        "levels": [level.name for level in view.levels],
        "levels_by": _(view.way),
        "measures": list(view.measures),
        "across": view.across,
        "leaves": view.leaves,
        "sums_checked": view.sums_checked,
        "totals": {total.measure: {"found": total.found, "stated": total.stated} for total in view.totals},
    }


def import_report(number: int, *, home: Path) -> dict[str, Any]:
    """Everything about one import. UserError for an unknown number."""
    import_ = Import.objects.select_related("file").filter(pk=number).first()
    if import_ is None:
        raise UserError(
            N_("There is no import no. %(number)s."), cure=N_("See “clientarium imports list”."), number=number
        )
    refused = home / import_.refused_path if import_.refused_path else None
    return _summary(import_) | {
        "mode": import_.mode,
        "source": import_.source,
        "skipped_reasons": {_(reason): rows for reason, rows in import_.skipped_reasons.items()},
        "totals": {name: {k: Decimal(v) for k, v in sums.items()} for name, sums in import_.totals.items()},
        "clients_created": import_.clients_created,
        "clients_matched": import_.clients_matched,
        "refused_rows": _refused_rows(refused),
        "refused_workbook": _refused_workbook(import_, refused) if refused else None,
    }


def import_summaries() -> list[dict[str, Any]]:
    """All imports, the newest first."""
    return [_summary(import_) for import_ in Import.objects.select_related("file").order_by("-pk")]


def _summary(import_: Import) -> dict[str, Any]:
    return {
        "id": import_.pk,
        "file": import_.file.name,
        "kind": import_.kind,
        "state": import_.state,
        "rows_read": import_.rows_read,
        "accepted": import_.accepted,
        "refused": import_.refused,
        "skipped": import_.skipped,
        "first_on": import_.first_on,
        "last_on": import_.last_on,
        "loaded_at": import_.loaded_at,
    }


def _trial_report(staged: Staged, *, name: str) -> dict[str, Any]:
    """The report of a dry run: the same shape, nothing loaded."""
    return {
        "id": None,
        "file": name,
        "kind": staged.kind,
        "state": "trial",
        "rows_read": staged.rows_read,
        "accepted": staged.accepted,
        "refused": staged.refused,
        "skipped": sum(staged.skipped.values()),
        "skipped_reasons": {_(reason): rows for reason, rows in staged.skipped.items()},
        "totals": {column: asdict(sums) for column, sums in staged.totals.items()},
        "first_on": staged.first_on,
        "last_on": staged.last_on,
        "refused_rows": [],
    }


def undo_now(number: int, *, listener: Listener) -> None:
    """Undo an import in this process. Raises UserError if it is not loaded."""
    import_ = Import.objects.get(pk=number)
    finished(run_now(start_undo(import_, by=None), listener=listener))


def _refused_rows(path: Path | None) -> list[dict[str, Any]]:
    """The first refused rows, their reasons in the language in force."""
    if path is None or not path.is_file():
        return []
    batch = next(pq.ParquetFile(path).iter_batches(batch_size=SHOWN_REFUSED), None)
    rows = batch.to_pylist() if batch is not None else []
    return [
        {
            "line": row["line"],
            "column": row["column"],
            "value": row["value"],
            "reason": _told(row, "reason"),
            "cure": _told(row, "cure"),
        }
        for row in rows
    ]


def _refused_workbook(import_: Import, refused: Path) -> str | None:
    """Where the workbook of all refused rows lies: mended, it is loaded by the same layout."""
    workbook = refused.with_name(f"{Path(import_.file.name).stem} {import_.pk} refused.xlsx")
    if not refused.is_file():
        return None
    if not workbook.is_file():
        headers = [column["header"] for column in import_.layout["columns"]]
        write_refused_rows(refused, workbook, headers=headers, language=language())
    return str(workbook)


def _told(row: Mapping[str, Any], name: str) -> str:
    return sentence(Message(row[name] or "", json.loads(row["params"] or "{}")))
