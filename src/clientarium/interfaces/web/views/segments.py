"""Saved conditions: one's own and shared."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import remove_segment, save_segment, segments_visible_to
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.screens import everyone_signed_in, screen


@require_POST
@screen(everyone_signed_in)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the condition of the list under a name."""
    try:
        segment = save_segment(
            request.POST.get("name", ""),
            expression=request.POST.get("where", ""),
            by=request.user,
            shared=request.POST.get("shared") == "1",
        )
    except UserError as error:
        return user_error(request, error)
    messages.success(request, _("Segment “%(name)s” is saved.") % {"name": segment.name})
    return redirect(f"/clients/?{urlencode({'where': segment.expression})}")


@require_POST
@screen(everyone_signed_in)
def remove(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Remove a segment; the journal keeps what it was."""
    segment = get_object_or_404(segments_visible_to(request.user), pk=segment_id)
    try:
        remove_segment(segment, by=request.user)
    except UserError as error:
        return user_error(request, error)
    messages.success(request, _("Segment “%(name)s” is removed.") % {"name": segment.name})
    return redirect("clients")
