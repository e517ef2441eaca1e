"""A scheme's whole text, and the versions of it: who changed what, when, what for; any of them can come back."""

import difflib
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.grades import (
    POLICY,
    SchemeVersion,
    policy_path,
    restore_version,
    scheme_versions,
    text_hash,
)
from clientarium.decisions.people import rules
from clientarium.decisions.runs import start_pulse
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.scheme_edit import text_of
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.categories import scheme_head, scheme_or_404, text_context

LINES_AROUND = 2


@dataclass(frozen=True)
class DiffLine:
    """One line of a difference: `kind` is added, removed, same or gap."""

    kind: str
    text: str


@dataclass(frozen=True)
class VersionOnPage:
    version: SchemeVersion
    diff: tuple[DiffLine, ...]
    is_current: bool
    is_first: bool

    @property
    def key(self) -> str:
        """The version in an element's id."""
        return str(self.version.pk)


@require_GET
@screen(everyone_signed_in)
def text(request: HttpRequest, scheme: str) -> HttpResponse:
    """The scheme as the file says it."""
    found = scheme_or_404(scheme)
    written = text_of(scheme)
    context = {"scheme": found, "text": written, "hash": text_hash(written)}
    return render(request, "categories/text.html", text_context(request, context))


@require_GET
@screen(everyone_signed_in)
def versions(request: HttpRequest, scheme: str) -> HttpResponse:
    """Saved texts, the newest first, each with what it changed in the one before."""
    found = scheme_or_404(scheme)
    context = scheme_head(request, found) | {
        "versions": versions_of(scheme, current=text_of(scheme)),
        "policy_versions": versions_of(POLICY, current=policy_path().read_text(encoding="utf-8")),
        "edits": rules.can_edit_schemes(request.user),
    }
    return render(request, "categories/versions.html", context)


@require_POST
@screen(rules.can_edit_schemes)
def restore(request: HttpRequest, version_id: int) -> HttpResponse:
    """Make an earlier text the one in force again."""
    version = get_object_or_404(SchemeVersion, pk=version_id)
    back = request.POST.get("scheme", "") if version.scheme == POLICY else version.scheme
    back = scheme_or_404(back).name
    try:
        restore_version(version, by=request.user, note=request.POST.get("note", "").strip())
    except UserError as error:
        messages.error(request, said(error))
    else:
        start_pulse(by=request.user)
        messages.success(request, _("The earlier text is in force again. The base is being counted by it."))
    return redirect("scheme_versions", scheme=back)


def versions_of(scheme: str, *, current: str) -> list[VersionOnPage]:
    """Every version with its difference from the one before it."""
    saved = list(scheme_versions(scheme))
    shown = []
    for place, version in enumerate(saved):
        earlier = saved[place + 1] if place + 1 < len(saved) else None
        diff = difference(earlier.text, version.text) if earlier else ()
        is_current = place == 0 and version.text == current
        shown.append(VersionOnPage(version, diff, is_current, is_first=earlier is None))
    return shown


def difference(before: str, after: str) -> tuple[DiffLine, ...]:
    """Changed lines with two around them."""
    kinds = {"+": "added", "-": "removed", " ": "same"}
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=LINES_AROUND, lineterm=""))[2:]
    return tuple(
        DiffLine("gap", "⋯") if line.startswith("@@") else DiffLine(kinds[line[0]], line[1:]) for line in lines
    )
