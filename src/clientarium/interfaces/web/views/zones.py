"""Growth zones: what the last search found, a search under way, one zone with whom it describes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.reviews import WANTED_AT_MOST, can_lead_reviews, decisions_visible_to, lines_of, results_of
from clientarium.decisions.zones import (
    Finding,
    ZoneTarget,
    can_search_zones,
    can_see_zones,
    condition_of,
    findings,
    latest_search,
    live_search,
    save_zone,
    searches,
    start_search,
    zone_words,
)
from clientarium.interfaces.web import zones_page
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.review_page import decided_rows
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.zone_plan import ZonePlan

SEARCHES_SHOWN = 5


@require_GET
@screen(can_see_zones)
def page(request: HttpRequest) -> HttpResponse:
    """The zones of one target as they were found last."""
    target = _target(request.GET.get("target", ""))
    search = latest_search(request.user, target=target)
    live = live_search(request.user, target=target)
    found = findings(request.user).filter(search=search).order_by("place") if search else ()
    words = zone_words()
    rows = [zones_page.ZoneRow.of(finding, words=words) for finding in found]
    published = state_as_of()
    context = {
        "target": target,
        "targets": [(code, title, f"{reverse('zones')}?target={code}") for code, title in ZoneTarget.choices],
        "question": zones_page.QUESTIONS[target],
        "formula": zones_page.FORMULAS[target],
        "search": search,
        "live": zones_page.SearchRow.of(live) if live else None,
        "failed": None if live else _last_failed(request, target, search.pk if search else 0),
        "above": [row for row in rows if row.finding.is_above],
        "below": [row for row in rows if not row.finding.is_above],
        "empty": zones_page.empty_text(search) if search else "",
        "is_old": bool(search and published and search.as_of != published),
        "can_search": can_search_zones(request.user),
        "is_computed": published is not None,
    }
    return render(request, "strategy/zones/page.html", context)


@require_POST
@screen(can_search_zones)
def start(request: HttpRequest) -> HttpResponse:
    """Queue a search."""
    target = _target(request.POST.get("target", ""))
    start_search(target, by=request.user)
    return redirect(f"{reverse('zones')}?target={target}")


@require_GET
@screen(can_see_zones)
def state(request: HttpRequest, search_id: int) -> HttpResponse:
    """How far a search has come; when it is over, the page opens itself anew."""
    row = zones_page.SearchRow.of(get_object_or_404(searches(request.user), pk=search_id))
    if not row.is_live:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "strategy/zones/_state.html", {"live": row, "can_search": can_search_zones(request.user)})


@require_GET
@screen(can_see_zones)
def finding_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One zone: the figures, how sure they are, what its clients are like, whom to attract."""
    finding = _finding(request, finding_id)
    words = zone_words()
    row = zones_page.ZoneRow.of(finding, words=words)
    context = {
        "row": row,
        "finding": finding,
        "search": finding.search,
        "condition": condition_of(finding),
        "formula": zones_page.FORMULAS[finding.search.target],
        "segment_name": zones_page.segment_name(row.title, finding.search),
        "sizes": zones_page.size_rows(finding.portrait, words=words),
        "traits": zones_page.trait_rows(finding.portrait, words=words),
        "text": zones_page.whom_to_attract(row, words=words),
        "can_lead": can_lead_reviews(request.user),
        "plan": ZonePlan.of(row),
        "most_wanted": WANTED_AT_MOST,
        "release_url": f"{reverse('releases_new')}?{urlencode({'where': condition_of(finding)})}",
        "decisions": _decisions(request, finding),
        "back": f"zone{finding.pk}",
    }
    return render(request, "strategy/zones/finding.html", context)


@require_POST
@screen(can_see_zones)
def save_segment(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Make a segment of the zone, and say where it is."""
    finding = _finding(request, finding_id)
    try:
        segment = save_zone(finding, name=request.POST.get("name", ""), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(
            request, _("The segment “%(name)s” is among the segments of clients.") % {"name": segment.name}
        )
    return redirect("zone", finding_id=finding.pk)


def _decisions(request: HttpRequest, finding: Finding) -> list[dict[str, Any]]:
    """What was decided about the zone, with the facts since."""
    lines = lines_of(list(decisions_visible_to(request.user).filter(zone=finding)), by=request.user)
    return decided_rows(results_of(lines, by=request.user), language=zones_page.language_now())


def _target(text: str) -> str:
    return text if text in ZoneTarget.values else ZoneTarget.MARGIN_PER_HOUR.value


def _finding(request: HttpRequest, finding_id: int) -> Finding:
    return get_object_or_404(findings(request.user), pk=finding_id)


def _last_failed(request: HttpRequest, target: str, after: int) -> zones_page.SearchRow | None:
    """The last search, if it is newer than the one that is shown and came to nothing."""
    last = searches(request.user).filter(target=target, pk__gt=after).first()
    return zones_page.SearchRow.of(last) if last else None
