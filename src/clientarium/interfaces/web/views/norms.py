"""The norms of time: every number as an input, what each change does, and the versions of the file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.core.metrics import KINDS
from clientarium.decisions.attention import (
    By,
    NormsTrial,
    can_edit_norms,
    counts,
    current_norms,
    norms_of_services,
    restore_norms,
    sees_attention,
    set_norms,
    try_norms,
    unnamed_departments,
    waits_for_pulse,
    work_title,
)
from clientarium.decisions.grades import NORMS, SchemeVersion, norms_path, text_hash
from clientarium.decisions.runs import start_pulse
from clientarium.interfaces.web.attention_page import rows_of
from clientarium.interfaces.web.errors import said, user_error
from clientarium.interfaces.web.norms_page import changes_in, norms_form
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.scheme_text import versions_of


@require_GET
@screen(sees_attention)
def page(request: HttpRequest) -> HttpResponse:
    """Every norm; whoever may not change them reads them."""
    text = norms_path().read_text(encoding="utf-8")
    norms = current_norms()
    counted = counts(By.GRADE, user=request.user)
    context = {
        "form": norms_form(norms, counted),
        "unnamed": unnamed_departments(counted, norms),
        "packaged": [work_title(kind).lower() for kind in norms.packaged_kinds],
        "kinds": [(kind, work_title(kind)) for kind in KINDS],
        "hash": text_hash(text),
        "edits": can_edit_norms(request.user),
        "waits": waits_for_pulse(),
        "versions": versions_of(NORMS, current=text),
        "restore_route": "norms_restore",
    }
    return render(request, "attention/norms.html", context)


@require_POST
@screen(can_edit_norms)
def preview(request: HttpRequest) -> HttpResponse:
    """What the typed norms would do to the shares of each grade."""
    counted = counts(By.GRADE, user=request.user)
    try:
        changes = changes_in(request.POST.dict(), norms_form(current_norms(), counted))
        trial = try_norms(changes, user=request.user)
    except UserError as error:
        return user_error(request, error, status=200)
    return render(request, "attention/_norms_trial.html", _trial_context(trial, len(changes)))


@require_POST
@screen(can_edit_norms)
def save(request: HttpRequest) -> HttpResponse:
    """Write the norms into the company's file, and count the base by them."""
    try:
        form = norms_form(current_norms(), counts(By.GRADE, user=request.user))
        saved = set_norms(
            changes_in(request.POST.dict(), form),
            by=request.user,
            note=request.POST.get("note", ""),
            expected_hash=request.POST.get("hash") or None,
        )
    except UserError as error:
        messages.error(request, said(error))
        return redirect("norms")
    if saved is None:
        messages.info(request, _("Nothing was changed."))
    else:
        start_pulse(by=request.user)
        messages.success(request, _("The norms are saved. The base is being counted by them."))
    return redirect("norms")


@require_POST
@screen(can_edit_norms)
def name_departments(request: HttpRequest) -> HttpResponse:
    """Give the departments of the files the norms of the services they are."""
    norms = current_norms()
    unnamed = unnamed_departments(counts(By.GRADE, user=request.user), norms)
    try:
        saved = set_norms(norms_of_services(unnamed, norms), by=request.user, note=", ".join(unnamed))
    except UserError as error:
        messages.error(request, said(error))
        return redirect("norms")
    if saved is None:
        messages.info(request, _("Nothing was changed."))
    else:
        start_pulse(by=request.user)
        messages.success(request, _("The norms are saved. The base is being counted by them."))
    return redirect("norms")


@require_POST
@screen(can_edit_norms)
def restore(request: HttpRequest, version_id: int) -> HttpResponse:
    """Make an earlier text of the norms the one in force again."""
    version = get_object_or_404(SchemeVersion, pk=version_id, scheme=NORMS)
    try:
        restore_norms(version, by=request.user, note=request.POST.get("note", ""))
    except UserError as error:
        messages.error(request, said(error))
    else:
        start_pulse(by=request.user)
        messages.success(request, _("The earlier norms are in force again. The base is being counted by them."))
    return redirect("norms")


def _trial_context(trial: NormsTrial, changed: int) -> dict[str, Any]:
    before, after = trial.before, trial.after
    if before is None or after is None:
        return {"is_counted": False}
    then = {row.code: row.load for row in rows_of(before, By.GRADE)}
    rows = [(row, then[row.code]) for row in rows_of(after, By.GRADE) if row.code in then]
    return {"is_counted": True, "changed": changed, "before": before, "after": after, "rows": rows}
