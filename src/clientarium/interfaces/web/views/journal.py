"""The journal of decisions: who, what, when, why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clientarium.decisions.journal import entries_visible_to
from clientarium.decisions.people import rules
from clientarium.interfaces.web.screens import screen

ENTRIES_ON_A_PAGE = 50


@require_GET
@screen(rules.sees_journal)
def page(request: HttpRequest) -> HttpResponse:
    """Newest first, fifty at a time, by keyset: `before` is the last entry of the page before."""
    before = request.GET.get("before", "")
    entries = entries_visible_to(request.user).order_by("-pk")
    older = entries.filter(pk__lt=int(before)) if before.isdecimal() else entries
    shown = list(older[: ENTRIES_ON_A_PAGE + 1])
    next_before = shown[ENTRIES_ON_A_PAGE - 1].pk if len(shown) > ENTRIES_ON_A_PAGE else None
    context = {"entries": shown[:ENTRIES_ON_A_PAGE], "next_before": next_before, "is_first": not before}
    return render(request, "journal/page.html", context)
