"""The ladder of release: groups worth a talk, scenarios side by side, one decision and what came of it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.clients import segments_visible_to, state_as_of, states_visible_to
from clientarium.decisions.contacts import policy_days, working_day
from clientarium.decisions.people import User
from clientarium.decisions.releases import (
    Ladder,
    LadderStep,
    Release,
    ReleaseClient,
    can_release,
    effect_of,
    kept_figures,
    ladder_of,
    members_of,
    offered_groups,
    releases_visible_to,
    selected,
    stopped_of,
)
from clientarium.interfaces.web import pulse
from clientarium.interfaces.web.release_forms import DecisionForm, Typed, asked_group, typed_in
from clientarium.interfaces.web.releases_page import (
    RungRow,
    assumed_field,
    effect_words,
    group_title,
    ladder_chart,
    measured_rows,
    offered_rows,
    rung_rows,
    service_rows,
    service_title,
    service_titles,
    too_early_words,
)
from clientarium.interfaces.web.screens import screen

RELEASES_SHOWN = 50
CLIENTS_SHOWN = 50
HEAVIEST_SHOWN = 20
HEAVIEST_COLUMNS = ("name", "grade", "revenue_12m", "margin_12m", "minutes_12m", "margin_after_service_12m")
MINUTES_IN_HOUR = 60


@require_GET
@screen(can_release)
def page(request: HttpRequest) -> HttpResponse:
    """Decisions, the newest first, and the way to a new one."""
    as_of, least, pairs = state_as_of(), policy_days("release_least_days"), policy_days("release_least_pairs")
    rows = [
        {
            "release": one,
            "kept": kept_figures(one),
            "days": _days(one, as_of),
            "few": one.measured_of < pairs,
            "needs_owner": _needs_owner(one),
        }
        for one in releases_visible_to(request.user)[:RELEASES_SHOWN]
    ]
    context = {"rows": rows, "least": least, "as_of": as_of, "segments": segments_visible_to(request.user)}
    return render(request, "strategy/releases/page.html", context)


@require_GET
@screen(can_release)
def groups(request: HttpRequest) -> HttpResponse:
    """Groups that take more of the load than they bring."""
    return render(request, "strategy/releases/_groups.html", {"rows": offered_rows(offered_groups(request.user))})


@require_GET
@screen(can_release)
def new(request: HttpRequest) -> HttpResponse:
    """The frame of a scenario: the condition; the figures come as a fragment."""
    return scenario_page(request, asked_group(request), typed_in(request.GET))


def scenario_page(request: HttpRequest, where: str, typed: Typed, *, form: DecisionForm | None = None) -> HttpResponse:
    """Also for a decision that was refused: its form comes back with what was written."""
    problem, clients = None, None
    if where:
        try:
            clients = selected(where, by=request.user).count()
        except UserError as error:
            problem = error
    segments = list(segments_visible_to(request.user))
    title = group_title(where, segments)
    context = {
        "where": where,
        "group_title": title,
        "address": typed.address(where),
        "clients": clients,
        "clients_url": pulse.clients_where(where),
        "problem": problem,
        "form": form or _decision_form(request, title),
        "segments": segments,
        "is_refused": form is not None,
        "typed": typed,
    }
    return render(request, "strategy/releases/new.html", context, status=422 if form or problem else 200)


@require_GET
@screen(can_release)
def scenarios(request: HttpRequest) -> HttpResponse:
    """The rungs side by side under the assumptions of the address."""
    where, typed = asked_group(request), typed_in(request.GET)
    try:
        found = ladder_of(where, by=request.user, moved=typed.moved)
    except UserError as error:
        return render(request, "frame/user_error.html", {"error": error})
    rows = rung_rows(found, typed)
    context = {
        "where": where,
        "typed": typed,
        "found": found,
        "group": found.group,
        "own": found.group.own,
        "rows": rows,
        "growth": assumed_field("growth", found, typed),
        "services": service_rows(found),
        "service_titles": service_titles(found),
        "mildest": _mildest(rows),
        "last": rows[-1],
        "chart": ladder_chart(found),
        "by_revenue": found.group.own.measure == "revenue",
        "clients_url": pulse.clients_where(where),
        "growth_url": pulse.clients_where("layer = 'growth'"),
        "heaviest": _heaviest(request, found),
    }
    return render(request, "strategy/releases/_ladder.html", context)


@require_GET
@screen(can_release)
def one(request: HttpRequest, release_id: int) -> HttpResponse:
    """One decision as it was made, and its clients."""
    return render(request, "strategy/releases/release.html", _release_context(request, release_id))


@require_GET
@screen(can_release)
def effect(request: HttpRequest, release_id: int) -> HttpResponse:
    """Before and after, beside clients like them: it asks the ledger, so the page does not wait for it."""
    release = _release(request, release_id)
    found = effect_of(release)
    rows = measured_rows(found)
    context = {
        "release": release,
        "found": found,
        "rows": rows,
        "answer": effect_words(rows),
        "too_early": too_early_words(found),
        "unpaired": release.sampled - release.measured_of,
    }
    return render(request, "strategy/releases/_effect.html", context)


def _release(request: HttpRequest, release_id: int) -> Release:
    return get_object_or_404(releases_visible_to(request.user), pk=release_id)


def _release_context(request: HttpRequest, release_id: int) -> dict[str, Any]:
    release = _release(request, release_id)
    kept = kept_figures(release)
    text = request.GET.get("page", "1")
    number_of_page = max(int(text), 1) if text.isdecimal() else 1
    first = (number_of_page - 1) * CLIENTS_SHOWN
    members = list(members_of(release, by=request.user)[first : first + CLIENTS_SHOWN + 1])
    return {
        "release": release,
        "kept": kept,
        "freed": [(service_title(name), hours) for name, hours in kept.freed.items() if hours],
        "days": _days(release, state_as_of()),
        "was_early": release.starts_on <= release.as_of,
        "is_stop": release.step == LadderStep.STOP,
        "stopped": stopped_of(release),
        "rows": _member_rows(request, members[:CLIENTS_SHOWN]),
        "first": first + 1,
        "last": first + min(len(members), CLIENTS_SHOWN),
        "previous": f"?page={number_of_page - 1}#clients" if number_of_page > 1 else "",
        "next": f"?page={number_of_page + 1}#clients" if len(members) > CLIENTS_SHOWN else "",
        "people": User.objects.filter(is_active=True).order_by("name"),
        "needs_owner": _needs_owner(release),
    }


def _member_rows(request: HttpRequest, members: list[ReleaseClient]) -> list[dict[str, Any]]:
    """A client with what he brings and takes by the latest figures."""
    ids = [member.client.merged_into_id or member.client_id for member in members]
    states = {row["pk"]: row for row in _columns(states_visible_to(request.user).filter(pk__in=ids))}
    return [
        {"member": member, "client": member.client, "state": _told(states.get(client, {}))}
        for member, client in zip(members, ids, strict=True)
    ]


def _mildest(rows: list[RungRow]) -> RungRow | None:
    """The first step that gives more than it takes."""
    return next((row for row in rows if (row.outcome.balance or row.outcome.change) > 0), None)


def _heaviest(request: HttpRequest, found: Ladder) -> list[dict[str, Any]]:
    """The clients of the group who take most time."""
    states = selected(found.group.where, by=request.user)
    by_time = any(field.name == "minutes_12m" for field in states.model._meta.concrete_fields)
    ordered = states.order_by("-minutes_12m", "pk") if by_time else states.order_by("pk")
    return [_told(row) for row in _columns(ordered[:HEAVIEST_SHOWN])]


def _columns(states: "QuerySet[Any]") -> Any:
    present = {field.name for field in states.model._meta.concrete_fields}
    return states.values("pk", *(name for name in HEAVIEST_COLUMNS if name in present))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    minutes = row.get("minutes_12m")
    return {**row, "hours": None if minutes is None else minutes / MINUTES_IN_HOUR}


def _days(release: Release, as_of: date | None) -> int:
    """Days of data since the decision came into force."""
    return 0 if as_of is None else max((as_of - release.starts_on).days + 1, 0)


def _needs_owner(release: Release) -> bool:
    return release.is_open and not release.owner.is_active


def _decision_form(request: HttpRequest, title: str) -> DecisionForm:
    return DecisionForm(initial={"owner": request.user.pk, "starts_on": working_day(), "title": title})
