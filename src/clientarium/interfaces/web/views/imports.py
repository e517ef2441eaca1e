"""Import: drop a file, see it understood, load it with progress, take it back."""

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.core.pipeline import KINDS, MEANINGS, Understanding
from clientarium.decisions.people import rules
from clientarium.decisions.runs import (
    LIVE_RUN_STATES,
    Import,
    ImportMode,
    ImportState,
    ReceivedFile,
    imports,
    message_of,
    preview_import,
    receive_file,
    refused_file,
    start_import,
    start_undo,
    understand_file,
    usual_source,
)
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.reading_form import (
    DATE_ORDERS,
    DECIMAL_MARKS,
    NO_CLIENT,
    chosen_layout,
    columns_of,
    kinds,
)
from clientarium.interfaces.web.refused import refused_sample, refused_workbook_of
from clientarium.interfaces.web.screens import is_fragment, screen

IMPORTS_ON_A_PAGE = 30
REFUSED_SHOWN = 20


@require_GET
@screen(rules.can_import)
def page(request: HttpRequest) -> HttpResponse:
    """The drop place and the history; `before` is the last import of the page before."""
    before = request.GET.get("before", "")
    listed = imports().filter(pk__lt=int(before)) if before.isdecimal() else imports()
    shown = list(listed[: IMPORTS_ON_A_PAGE + 1])
    next_before = shown[IMPORTS_ON_A_PAGE - 1].pk if len(shown) > IMPORTS_ON_A_PAGE else None
    context = {"imports": shown[:IMPORTS_ON_A_PAGE], "next_before": next_before, "is_first": not before}
    return render(request, "imports/page.html", context)


@require_POST
@screen(rules.can_import)
def receive(request: HttpRequest) -> HttpResponse:
    """Keep the file as it came and go on to what was understood."""
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("imports")
    try:
        received = receive_file(upload, name=upload.name or "file", by=request.user)
    except UserError as error:
        return _problem(request, error)
    return redirect("received_file", file_id=received.pk)


@require_GET
@screen(rules.can_import)
def understood(request: HttpRequest, file_id: int) -> HttpResponse:
    """Columns as guessed, first rows as we read them, doubts; nothing is written."""
    received = get_object_or_404(ReceivedFile, pk=file_id)
    try:
        understanding = _understanding(request, received)
    except UserError as error:
        return _problem(request, error, received=received)
    return render(request, "imports/understood.html", _form_context(received, understanding))


@require_POST
@screen(rules.can_import)
def try_out(request: HttpRequest, file_id: int) -> HttpResponse:
    """Read the whole file and throw the result away: totals, refused rows, who is new."""
    received = get_object_or_404(ReceivedFile, pk=file_id)
    try:
        layout = chosen_layout(_understanding(request, received), request.POST)
        preview = preview_import(received, layout=layout, source=request.POST.get("source", ""))
    except UserError as error:
        return user_error(request, error)
    context = {"preview": preview, "skipped": sum(preview.staged.skipped.values())}
    return render(request, "imports/_preview.html", context)


@require_POST
@screen(rules.can_import)
def load(request: HttpRequest, file_id: int) -> HttpResponse:
    """Queue the loading and show its progress."""
    received = get_object_or_404(ReceivedFile, pk=file_id)
    mode = request.POST.get("mode", "")
    try:
        understanding = _understanding(request, received)
        run = start_import(
            received,
            layout=chosen_layout(understanding, request.POST),
            source=request.POST.get("source", ""),
            mode=mode if mode in ImportMode.values else None,
            by=request.user,
            force=request.POST.get("force") == "1",
            save_as=request.POST.get("save_as", ""),
        )
    except UserError as error:
        return _problem(request, error, received=received)
    return redirect("import", import_id=run.imports.get().pk)


@require_GET
@screen(rules.can_import)
def result(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import: under way, or what came of it."""
    return render(request, "imports/result.html", _result_context(import_id))


@require_GET
@screen(rules.can_import)
def state(request: HttpRequest, import_id: int) -> HttpResponse:
    """The part of the result page that changes while the import runs."""
    return render(request, "imports/_state.html", _result_context(import_id))


@require_GET
@screen(rules.can_import)
def refused(_request: HttpRequest, import_id: int) -> FileResponse:
    """The refused rows as a workbook to mend and send again."""
    import_ = get_object_or_404(Import.objects.select_related("file"), pk=import_id)
    if not import_.refused or not refused_file(import_.import_id).is_file():
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "refused.xlsx"
        refused_workbook_of(import_, path=workbook, language=get_language() or "ru")
        stem = slugify(Path(import_.file.name).stem, allow_unicode=True) or "file"
        name = f"{stem}-{_('refused')}.xlsx"
        return FileResponse(workbook.open("rb"), as_attachment=True, filename=name)


@require_POST
@screen(rules.can_import)
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Queue the undoing; the base is counted again after it."""
    import_ = get_object_or_404(Import, pk=import_id)
    try:
        start_undo(import_, by=request.user, reason=request.POST.get("reason", "").strip())
    except UserError as error:
        return _problem(request, error)
    messages.success(request, _("The import is being taken back; the base will be counted again."))
    return redirect("import", import_id=import_id)


def _understanding(request: HttpRequest, received: ReceivedFile) -> Understanding:
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind")
    return understand_file(received, kind=kind if kind in KINDS else None, sheet=asked.get("sheet") or None)


def _form_context(received: ReceivedFile, understanding: Understanding) -> dict[str, Any]:
    layout = understanding.proposal
    return {
        "received": received,
        "understanding": understanding,
        "layout": layout,
        "columns": columns_of(understanding, layout),
        "headers": [column.header for column in understanding.columns],
        "rows": [[row.get(column.header) for column in understanding.columns] for row in understanding.sample],
        "meanings": MEANINGS[understanding.kind],
        "kinds": kinds(),
        "date_orders": DATE_ORDERS,
        "decimal_marks": DECIMAL_MARKS,
        "no_client": NO_CLIENT,
        "modes": ImportMode.choices,
        "source": usual_source(),
    }


def _result_context(import_id: int) -> dict[str, Any]:
    import_ = get_object_or_404(imports(), pk=import_id)
    run = import_.run
    problem, cure = message_of(run.message) if run and run.message else (None, None)
    return {
        "import": import_,
        "run": run,
        "is_live": bool(run and run.state in LIVE_RUN_STATES),
        "problem": problem,
        "cure": cure,
        "totals": {column: _amounts(sums) for column, sums in import_.totals.items()},
        "refused_rows": refused_sample(import_, most=REFUSED_SHOWN),
        "can_undo": import_.state == ImportState.LOADED,
    }


def _amounts(sums: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(text) for name, text in sums.items()}


def _problem(request: HttpRequest, error: UserError, *, received: ReceivedFile | None = None) -> HttpResponse:
    """The problem as a fragment for htmx, as a page with the way back for a plain form."""
    if is_fragment(request):
        return user_error(request, error)
    context = {"error": error, "received": received, "kinds": kinds()}
    return render(request, "imports/problem.html", context, status=422)
