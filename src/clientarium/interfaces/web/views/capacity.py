"""Capacity: the example to play with, lists of one's own, scenarios side by side, the decision."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.capacity import (
    EXAMPLE_PLACES,
    Scenario,
    Shortlist,
    Source,
    Wanted,
    add_scenario,
    answer_of,
    can_choose,
    contenders_of,
    decide,
    drop_list,
    edit_row,
    example,
    fix_row,
    keep_example,
    list_lines,
    list_of_base,
    list_of_table,
    list_of_text,
    remove_scenario,
    reopen,
    restore_list,
    shortlists,
)
from clientarium.decisions.clients import segments_visible_to
from clientarium.interfaces.web.capacity_form import figures_of, hands_of, wanted_of
from clientarium.interfaces.web.capacity_page import LAYERS, Side, answer_shown, kept_text, layer_titles
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen

LISTS_SHOWN = 30
ROWS_SHOWN = 200


@require_GET
@screen(can_choose)
def page(request: HttpRequest) -> HttpResponse:
    """Ten clients, room for six, at once; below it how to make a list of one's own, and the lists there are."""
    context = _played(request) | {
        "lists": list_lines(request.user, most=LISTS_SHOWN),
        "segments": segments_visible_to(request.user).order_by("name"),
        "where": request.GET.get("where", ""),
    }
    return render(request, "capacity/page.html", context)


@require_GET
@screen(can_choose)
def play(request: HttpRequest) -> HttpResponse:
    """The answer to the example under the capacity and the hands of the form."""
    return render(request, "capacity/_answer.html", _played(request))


@require_POST
@screen(can_choose)
def make(request: HttpRequest) -> HttpResponse:
    """A list of the example, of a pasted table, of a file, or of clients of the base."""
    try:
        shortlist = _made(request)
    except UserError as error:
        messages.error(request, said(error))
        return redirect("capacity")
    try:
        add_scenario(shortlist, wanted_of(request.POST, []), by=request.user)
    except UserError:
        messages.info(request, _("The list is kept. Say how much there is."))
    return redirect("capacity_list", shortlist.pk)


@require_GET
@screen(can_choose)
def list_page(request: HttpRequest, list_id: int) -> HttpResponse:
    """One list: scenarios side by side, and the one chosen in full."""
    shortlist = _list(request, list_id)
    scenarios = list(shortlist.scenarios.select_related("made_by", "decided_by"))
    asked = request.GET.get("scenario", "")
    chosen = next((one for one in scenarios if str(one.pk) == asked), scenarios[-1] if scenarios else None)
    contenders = contenders_of(shortlist)
    context: dict[str, Any] = {
        "shortlist": shortlist,
        "sides": [Side.of(one) for one in scenarios],
        "chosen": chosen,
        "decided": next((one for one in scenarios if one.decided_at), None),
        "notes": [kept_text(one) for one in shortlist.notes],
        "set_aside": [one | {"why": kept_text(one), "do": one["cure"] and kept_text(one["cure"])}
                      for one in shortlist.set_aside],
        "contenders": len(contenders),
        "form": _form(shortlist, chosen, contenders),
        "has_dates": any(one.months for one in contenders),
    }  # fmt: skip
    if chosen is not None:
        side = next(side for side in context["sides"] if side.scenario is chosen)
        fixed = {int(key): one for key, one in chosen.fixed.items()}
        ids = dict(shortlist.rows.filter(client__isnull=False).values_list("position", "client_id"))
        answer = answer_shown(side.choice, contenders, fixed=fixed, client_ids=ids)
        context |= {"answer": answer, "rows": answer.rows[:ROWS_SHOWN], "hidden": max(len(answer.rows) - ROWS_SHOWN, 0)}
    return render(request, "capacity/list.html", context)


@require_POST
@screen(can_choose)
def scenario(request: HttpRequest, list_id: int) -> HttpResponse:
    """One more scenario of the list."""
    shortlist = _list(request, list_id)

    def add() -> Scenario:
        wanted = wanted_of(request.POST, shortlist.hours)
        return add_scenario(shortlist, wanted, by=request.user, title=request.POST.get("title", ""))

    return _told(request, shortlist, add)


@require_POST
@screen(can_choose)
def do(request: HttpRequest, list_id: int, scenario_id: int, action: str) -> HttpResponse:
    """Fix by hand, decide, reopen or remove a scenario."""
    shortlist = _list(request, list_id)
    found = get_object_or_404(shortlist.scenarios.select_related("shortlist"), pk=scenario_id)
    if action not in ACTIONS:
        raise Http404
    return _told(request, shortlist, lambda: ACTIONS[action](request, found))


@require_http_methods(["GET", "POST"])
@screen(can_choose)
def row(request: HttpRequest, list_id: int, position: int) -> HttpResponse:
    """The figures of one who asks, to be changed; every scenario is counted anew."""
    shortlist = _list(request, list_id)
    found = get_object_or_404(shortlist.rows, position=position)
    if request.method == "GET":
        context = {"shortlist": shortlist, "row": found, "percent": 100 * found.probability}
        context["scenario"] = request.GET.get("scenario", "")
        return render(request, "capacity/_row_edit.html", context)
    try:
        edit_row(shortlist, position, **figures_of(request.POST), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    return _back(shortlist, request.POST.get("scenario", ""))


@require_POST
@screen(can_choose)
def drop(request: HttpRequest, list_id: int) -> HttpResponse:
    """Put a list away, or bring it back."""
    if request.POST.get("back") == "1":
        shortlist = get_object_or_404(Shortlist, pk=list_id)
        restore_list(shortlist, by=request.user)
        return redirect("capacity_list", shortlist.pk)
    shortlist = _list(request, list_id)
    drop_list(shortlist, by=request.user)
    context = {"shortlist": shortlist}
    return render(request, "capacity/dropped.html", context)


def _played(request: HttpRequest) -> dict[str, Any]:
    """The example under what the form says; a mistake in it is said and the last sense of it stands."""
    contenders = example()
    hours = list(dict.fromkeys(name for one in contenders for name in one.needs))
    error = ""
    try:
        wanted = wanted_of(request.GET, hours) if "places" in request.GET else Wanted(EXAMPLE_PLACES)
    except UserError as problem:
        error, wanted = said(problem), Wanted(EXAMPLE_PLACES)
    hands = hands_of(request.GET, [one.key for one in contenders])
    choice = answer_of(contenders, wanted, fixed=hands)
    fixed = {key: {"is_taken": is_taken} for key, is_taken in hands.items()}
    beside = [
        (places, answer_of(contenders, Wanted(places, wanted.hours, layers=wanted.layers), fixed=hands, explains=False))
        for places in (wanted.places - 1, wanted.places, wanted.places + 1, wanted.places + 2)
        if places >= 0
    ] if wanted.places is not None else []  # fmt: skip
    return {
        "answer": (answer := answer_shown(choice, contenders, fixed=fixed)),
        "rows": answer.rows,
        "wanted": wanted,
        "form": _fields(hours, wanted, contenders),
        "beside": beside,
        "is_example": True,
        "form_error": error,
    }


def _form(shortlist: Shortlist, chosen: Scenario | None, contenders: Any) -> dict[str, Any]:
    wanted = Wanted.of(chosen.capacity, chosen.weights) if chosen else Wanted()
    return _fields(shortlist.hours, wanted, contenders)


def _fields(hours: list[str], wanted: Wanted, contenders: Any) -> dict[str, Any]:
    asked = {name: sum(one.needs.get(name, 0.0) for one in contenders) for name in hours}
    present = {one.layer for one in contenders}
    return {
        "places": wanted.places,
        "hours": [(number, _(name), wanted.hours.get(name), asked[name]) for number, name in enumerate(hours)],
        "layers": [
            (code, title, 100 * wanted.layers.get(code, 0.0))
            for code, title in layer_titles([layer for layer in LAYERS if layer in present])
        ],
        "is_monthly": wanted.is_monthly,
    }


def _made(request: HttpRequest) -> Shortlist:
    source, title = request.POST.get("source", ""), request.POST.get("title", "")
    if source == Source.BASE:
        return list_of_base(request.POST.get("where", ""), by=request.user, title=title)
    if source == Source.EXAMPLE:
        return keep_example(by=request.user)
    sent = request.FILES.get("file")
    if sent is None:
        return list_of_text(request.POST.get("table", ""), by=request.user, title=title)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as kept:
            for chunk in sent.chunks():
                kept.write(chunk)
        return list_of_table(path, name=Path(sent.name or "table").name, by=request.user, title=title)


def _list(request: HttpRequest, list_id: int) -> Shortlist:
    return get_object_or_404(shortlists(request.user), pk=list_id)


def _told(request: HttpRequest, shortlist: Shortlist, act: Callable[[], Scenario | str | None]) -> HttpResponse:
    """Do it, say how it went, and come back to the scenario."""
    try:
        done = act()
    except UserError as error:
        messages.error(request, said(error))
        return _back(shortlist, request.POST.get("scenario", ""))
    if isinstance(done, str):
        messages.success(request, done)
        done = None
    return _back(shortlist, str(done.pk) if done else "")


def _back(shortlist: Shortlist, scenario_id: str) -> HttpResponse:
    response = redirect("capacity_list", shortlist.pk)
    if scenario_id.isdecimal():
        response["Location"] += f"?scenario={scenario_id}"
    return response


def _fix(request: HttpRequest, found: Scenario) -> Scenario:
    position, hand = request.POST.get("row", ""), request.POST.get("hand", "")
    is_taken = {"in": True, "out": False}.get(hand)
    number = int(position) if position.isdecimal() else 0
    return fix_row(found, number, is_taken=is_taken, by=request.user, reason=request.POST.get("reason", ""))


def _decide(request: HttpRequest, found: Scenario) -> Scenario:
    decided = decide(found, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Decided. Nobody is refused by this alone: talk to those who are."))
    return decided


def _reopen(request: HttpRequest, found: Scenario) -> Scenario:
    messages.success(request, _("The decision is taken back."))
    return reopen(found, by=request.user, reason=request.POST.get("reason", ""))


def _remove(request: HttpRequest, found: Scenario) -> str:
    remove_scenario(found, by=request.user)
    return _("The scenario is removed.")


ACTIONS: dict[str, Callable[[HttpRequest, Scenario], Scenario | str | None]] = {
    "fix": _fix,
    "decide": _decide,
    "reopen": _reopen,
    "remove": _remove,
}
