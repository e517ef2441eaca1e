"""Redistributions: the list, one draft with what it does, changing it by hand, doing it and taking it back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.moves import (
    OPEN,
    Draft,
    apply_draft,
    approve_draft,
    can_redistribute,
    changes_since,
    costs_of,
    drafts,
    drop_draft,
    edit_move,
    effective_moves,
    impact_of,
    moves_in,
    remake_draft,
    reopen_draft,
    start_draft,
    take_back_edit,
    total_of,
    undo_draft,
)
from clientarium.decisions.people import Seller
from clientarium.decisions.portfolios import working_sellers
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.moves_page import DraftRow, MoveRow, change_words, side_by_side
from clientarium.interfaces.web.screens import screen

DRAFTS_SHOWN = 30
MOVES_SHOWN = 50
NAMES_SHOWN = 5
MOST_COMPARED = 4


@require_GET
@screen(can_redistribute)
def page(request: HttpRequest) -> HttpResponse:
    """Drafts, the newest first, and what is wanted of a new one."""
    rows = [DraftRow.of(draft) for draft in drafts(request.user)[:DRAFTS_SHOWN]]
    day = working_day()
    context = {"rows": rows, "sellers": len(working_sellers(day)), "any_live": any(row.is_live for row in rows)}
    return render(request, "moves/page.html", context)


@require_POST
@screen(can_redistribute)
def start(request: HttpRequest) -> HttpResponse:
    """Queue a new draft."""
    ceiling = request.POST.get("ceiling", "").strip()
    if ceiling and not ceiling.isdecimal():
        messages.error(request, _("The ceiling is a whole number of clients."))
        return redirect("moves")
    draft = start_draft(
        by=request.user,
        ceiling=int(ceiling) if ceiling else None,
        counts_hours=request.POST.get("counts_hours") == "1",
        title=request.POST.get("title", ""),
    )
    return redirect("moves_draft", draft.pk)


@require_GET
@screen(can_redistribute)
def draft_page(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft: what it is worth, what it does to each seller, every move with its reason."""
    draft = _draft(request, draft_id)
    row = DraftRow.of(draft)
    if not draft.figures:
        return render(request, "moves/making.html", {"draft": draft, "row": row})
    impact = impact_of(draft)
    is_open = draft.state in OPEN
    changes = changes_since(draft) if is_open else []
    context = {
        "draft": draft,
        "row": row,
        "impact": impact,
        "total": total_of(impact),
        "figures": draft.figures,
        "month": date.fromisoformat(draft.figures["month"]),
        "moved": effective_moves(draft).count(),
        "is_open": is_open,
        "changes": [change_words(one) for one in changes],
        "is_outdated": bool(changes),
        **_listed(request, draft, impact),
    }
    return render(request, "moves/draft.html", context)


@require_GET
@screen(can_redistribute)
def state(request: HttpRequest, draft_id: int) -> HttpResponse:
    """How far a draft in the making has come; when it is made, the page opens itself."""
    draft = _draft(request, draft_id)
    if draft.figures:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "moves/_making.html", {"draft": draft, "row": DraftRow.of(draft)})


@require_http_methods(["GET", "POST"])
@screen(can_redistribute)
def edit(request: HttpRequest, draft_id: int, client_id: int) -> HttpResponse:
    """Give one client to another seller: each choice with its cost; then do it in the draft."""
    draft = _draft(request, draft_id)
    client = get_object_or_404(clients_visible_to(request.user).select_related("holder"), pk=client_id)
    sellers: list[Seller | None] = [*working_sellers(working_day()), None]
    if request.method == "POST":
        return _edited(request, draft, client, {str(one.pk if one else 0): one for one in sellers})
    move = draft.moves.filter(client=client).select_related("before", "proposed", "chosen").first()
    chosen = move.chosen_id if move else client.holder_id
    costs = costs_of(draft, client, sellers, by=request.user)
    options = sorted(zip(sellers, costs, strict=True), key=lambda one: -one[1].change)
    context = {"draft": draft, "client": client, "move": move, "options": options, "chosen": chosen}
    return render(request, "moves/_edit.html", context)


@require_POST
@screen(can_redistribute)
def take_back(request: HttpRequest, draft_id: int, client_id: int) -> HttpResponse:
    """The solver's word stands again."""
    draft = _draft(request, draft_id)
    move = get_object_or_404(draft.moves.select_related("client"), client=client_id)
    return _told(request, draft, lambda: take_back_edit(draft, move.client, by=request.user))


@require_POST
@screen(can_redistribute)
def do(request: HttpRequest, draft_id: int, action: str) -> HttpResponse:
    """Approve, reopen, apply, undo, drop or make again."""
    draft = _draft(request, draft_id)
    if action not in ACTIONS:
        raise Http404
    return _told(request, draft, lambda: ACTIONS[action](request, draft))


@require_GET
@screen(can_redistribute)
def compare(request: HttpRequest) -> HttpResponse:
    """Several drafts side by side, seller by seller."""
    wanted = [int(text) for text in request.GET.getlist("draft") if text.isdecimal()][:MOST_COMPARED]
    found = [draft for draft in drafts(request.user).filter(pk__in=wanted).order_by("pk") if draft.figures]
    if len(found) < 2:
        messages.error(request, _("Mark two drafts or more to compare."))
        return redirect("moves")
    return render(request, "moves/compare.html", side_by_side(found))


def _draft(request: HttpRequest, draft_id: int) -> Draft:
    return get_object_or_404(drafts(request.user), pk=draft_id)


def _listed(request: HttpRequest, draft: Draft, impact: list[Any]) -> dict[str, Any]:
    """The moves of this page under the filter asked for."""
    seller, text = request.GET.get("seller", ""), request.GET.get("q", "").strip()
    number = request.GET.get("page", "1")
    page_number = max(int(number), 1) if number.isdecimal() else 1
    moves = moves_in(
        draft,
        seller=int(seller) if seller.isdecimal() and seller != "0" else None,
        is_pool=seller == "0",
        only_edited=request.GET.get("edited") == "1",
        text=text,
    )
    first = (page_number - 1) * MOVES_SHOWN
    found = list(moves[first : first + MOVES_SHOWN + 1])
    return {
        "rows": [MoveRow.of(move) for move in found[:MOVES_SHOWN]],
        "asked": {"seller": seller, "q": text, "edited": request.GET.get("edited") == "1"},
        "sellers": [row.seller for row in impact if row.seller],
        "previous": _address(request, page_number - 1) if page_number > 1 else "",
        "next": _address(request, page_number + 1) if len(found) > MOVES_SHOWN else "",
        "first": first + 1,
        "last": first + min(len(found), MOVES_SHOWN),
        "others": clients_visible_to(request.user).filter(search_name__contains=text.casefold())[:NAMES_SHOWN]
        if text and not found
        else (),
    }


def _address(request: HttpRequest, page_number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page_number)
    return f"?{asked.urlencode()}#moves"


def _edited(request: HttpRequest, draft: Draft, client: Any, sellers: dict[str, Seller | None]) -> HttpResponse:
    wanted = request.POST.get("seller", "")
    if wanted not in sellers:
        messages.error(request, _("Choose a seller."))
        return redirect("moves_draft", draft.pk)
    reason = request.POST.get("reason", "")
    return _told(
        request, draft, lambda: edit_move(draft, client, sellers[wanted], by=request.user, reason=reason) and ""
    )


def _told(request: HttpRequest, draft: Draft, act: Callable[[], Any]) -> HttpResponse:
    """Do it, say how it went, and come back to the draft (or to the one made anew)."""
    try:
        done = act()
    except UserError as error:
        messages.error(request, said(error))
        return redirect("moves_draft", draft.pk)
    if isinstance(done, Draft):
        return redirect("moves_draft", done.pk)
    if done:
        messages.success(request, str(done))
    return redirect("moves_draft", draft.pk)


def _approve(request: HttpRequest, draft: Draft) -> str:
    approve_draft(draft, by=request.user, reason=request.POST.get("reason", ""))
    return _("Approved. Nothing is moved yet.")


def _reopen(request: HttpRequest, draft: Draft) -> str:
    reopen_draft(draft, by=request.user)
    return _("The approval is taken back.")


def _apply(request: HttpRequest, draft: Draft) -> str:
    apply_draft(draft, by=request.user)
    moved = draft.moves.filter(kept__isnull=False).count()
    text = ngettext("%(n)s client has a new seller.", "%(n)s clients have new sellers.", moved)
    return text % {"n": moved}


def _undo(request: HttpRequest, draft: Draft) -> str:
    left = undo_draft(draft, by=request.user, reason=request.POST.get("reason", ""))
    text = _("Everybody is back where he was.")
    if left:
        names = ", ".join(left[:NAMES_SHOWN]) + ("…" if len(left) > NAMES_SHOWN else "")
        text = ngettext(
            "Taken back, but for %(n)s client moved by somebody since: %(names)s.",
            "Taken back, but for %(n)s clients moved by somebody since: %(names)s.",
            len(left),
        ) % {"n": len(left), "names": names}
    return text


def _drop(request: HttpRequest, draft: Draft) -> str:
    drop_draft(draft, by=request.user)
    return _("The draft is thrown away.")


def _remake(request: HttpRequest, draft: Draft) -> Draft:
    return remake_draft(draft, by=request.user)


ACTIONS: dict[str, Callable[[HttpRequest, Draft], Any]] = {
    "approve": _approve,
    "reopen": _reopen,
    "apply": _apply,
    "undo": _undo,
    "drop": _drop,
    "remake": _remake,
}
