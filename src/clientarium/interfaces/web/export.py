"""A selection of clients as a file for people: the columns of the screen, nothing that runs in Excel."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clientarium.decisions.clients import note_export, read_sort, vocabulary_for
from clientarium.interfaces.sheets import csv_cell, write_workbook

from .category_titles import category_titles
from .cells import value_of
from .listing import DEFAULT_SORT, Asked, shown_columns

ROWS_AT_ONCE = 2000
BOM = "\ufeff"  # Excel reads UTF-8 only with it


def exported(
    request: HttpRequest, states: "QuerySet[Any]", *, asked: Asked, form: str
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """CSV streamed, XLSX written in constant memory; the journal says who took how many by which condition."""
    names = shown_columns(request)
    language = (get_language() or "ru").partition("-")[0]
    note_export(where=asked.where, rows=states.count(), form=form, by=request.user)
    titles = category_titles(language)
    heads = [_("Client"), _("Code"), *(name.title(language) for name in names)]
    sort = read_sort(asked.sort or DEFAULT_SORT, vocabulary_for(request.user))
    order = f"-{sort.word}" if sort.descending else sort.word
    found = states.select_related("client", "holder").order_by(order, "client_id")

    def rows() -> Iterator[list[Any]]:
        for state in found.iterator(chunk_size=ROWS_AT_ONCE):
            values = [value_of(state, name) for name in names]
            told = [
                titles.title(name.name, value) if name.choices and value else value
                for name, value in zip(names, values, strict=True)
            ]
            yield [state.name, state.client.code, *told]

    filename = f"clients-{timezone.localdate():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return _workbook(heads, rows(), filename=filename)
    response = StreamingHttpResponse(_csv_lines(heads, rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _workbook(heads: list[str], rows: Iterable[list[Any]], *, filename: str) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / filename
        write_workbook(path, heads, rows)
        return FileResponse(path.open("rb"), as_attachment=True, filename=filename)


def _csv_lines(heads: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    writer.writerow(heads)
    yield BOM + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([csv_cell(value) for value in row])
        yield line.getvalue()
