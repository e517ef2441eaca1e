"""Refused rows as a workbook to mend and send again: the file's own columns, then where, what and why.

Every cell is written as text, so no value of a foreign file becomes a formula or a link (CHECKS 16).
"""

import gettext
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from clientarium.core.ground import N_
from clientarium.core.intake.layout import SERVICE_PREFIX
from clientarium.core.intake.staged import Staged

_PLACE, _REASON, _CURE = N_("line of the file"), N_("why it was refused"), N_("what to do")
_LOCALES = Path(__file__).parents[2] / "locale"
_SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "constant_memory": True}
_SHEET_ROWS = 1_048_576
_CELL_CHARACTERS = 32_767
Translate = Callable[[str], str]


def write_refused_workbook(staged: Staged, path: Path, *, language: str, translate: Translate | None = None) -> None:
    """Write the refused rows of `staged` to `path` as XLSX; the same layout reads the mended workbook."""
    write_refused_rows(staged.refused_rows, path, headers=staged.headers, language=language, translate=translate)


def write_refused_rows(
    rows: Path | None, path: Path, *, headers: Sequence[str], language: str, translate: Translate | None = None
) -> None:
    """Write the refused rows kept in the parquet file `rows`; `headers` are the columns of the received file."""
    _ = translate or gettext.translation("django", localedir=_LOCALES, languages=[language], fallback=True).gettext
    headers = [*headers, *_further_headers(rows, known=set(headers))]
    service = [SERVICE_PREFIX + _(title) for title in (_PLACE, _REASON, _CURE)]
    import xlsxwriter  # noqa: PLC0415 -- most who come by read files and write no workbook

    with xlsxwriter.Workbook(path, _SAFE) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, title in enumerate([*headers, *service]):
            sheet.write_string(0, column, title, bold)
        sheet.freeze_panes(1, 0)
        for row, record in enumerate(_records(rows), start=1):
            if row == _SHEET_ROWS:
                break
            raw = json.loads(record["raw"])
            cells = [raw.get(header, "") for header in headers]
            cells = [raw[""], *cells[1:]] if "" in raw else cells
            for column, text in enumerate([*cells, str(record["line"]), *_why(record, _)]):
                if text:
                    sheet.write_string(row, column, text[:_CELL_CHARACTERS])


def _further_headers(rows: Path | None, *, known: set[str]) -> list[str]:
    """Return columns only the rows know of: the months of a matrix are no part of its layout."""
    raws = (json.loads(record["raw"]) for record in _records(rows))
    return [
        header for header in dict.fromkeys(header for raw in raws for header in raw) if header and header not in known
    ]


def _records(rows: Path | None) -> Iterator[dict[str, Any]]:
    if rows is None:
        return
    for batch in pq.ParquetFile(rows).iter_batches():
        yield from batch.to_pylist()


def _why(record: dict[str, Any], translate: Translate) -> tuple[str, str]:
    """Return (reasons, cures) of one row, each with the column it is about."""
    first = {key: record[key] for key in ("column", "reason", "cure")} | {"params": json.loads(record["params"])}
    problems = [first, *json.loads(record["more"])]
    reasons = [
        f"{one['column']}: {_sentence(one, translate)}" if one["column"] else _sentence(one, translate)
        for one in problems
    ]
    cures = dict.fromkeys(translate(one["cure"]) for one in problems if one["cure"])
    return "; ".join(reasons), " ".join(cures)


def _sentence(problem: dict[str, Any], translate: Translate) -> str:
    text = translate(problem["reason"])
    return text % problem["params"] if problem["params"] else text
