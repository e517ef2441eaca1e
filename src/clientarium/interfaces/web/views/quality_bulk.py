"""The same change of many clients: a preview, the doing, the list of what was done, the undoing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller
from clientarium.decisions.quality import (
    MOST_AT_ONCE,
    BulkAction,
    BulkChange,
    BulkOrder,
    MarkKind,
    bulk_changes_visible_to,
    can_undo_bulk,
    change_many,
    needs_in_force,
    preview_bulk,
    undo_bulk,
)
from clientarium.interfaces.web.errors import said, user_error
from clientarium.interfaces.web.listing import visible, vocabulary_of
from clientarium.interfaces.web.pulse import company_words
from clientarium.interfaces.web.quality_asked import QualityAsked
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import language

CHANGES_SHOWN = 30

MEANT: dict[str, tuple[str, ...]] = {
    BulkAction.SET_FIELD: ("word", "value", "reason"),
    BulkAction.CLEAR_FIELD: ("word", "reason"),
    BulkAction.MARK: ("mark", "reason"),
    BulkAction.UNMARK: ("mark", "reason"),
    BulkAction.STOP: ("reason",),
    BulkAction.HAND_OVER: ("seller", "reason"),
    BulkAction.MARK_WRONG: (),
}
"""The inputs of each action."""

NAMES_SHOWN = 5


@require_POST
@screen(everyone_signed_in)
def preview(request: HttpRequest) -> HttpResponse:
    """What the order would do to each client, before anything is done."""
    try:
        return _preview(request)
    except UserError as error:
        messages.error(request, said(error))
        return redirect(reverse("quality") + QualityAsked.by(request).address())


@require_POST
@screen(everyone_signed_in)
def do(request: HttpRequest) -> HttpResponse:
    """Do what was shown; if anything of it has changed meanwhile, show it anew."""
    asked = QualityAsked.by(request)
    try:
        change = change_many(
            _chosen(request, asked),
            order_of(request),
            token=request.POST.get("token", ""),
            needs=needs_in_force(company_words().definitions),
            by=request.user,
            on=working_day(),
        )
    except UserError as error:
        messages.error(request, said(error))
        try:
            return _preview(request, status=409)
        except UserError as again:
            return user_error(request, again)
    text = ngettext("Done: %(n)s client changed.", "Done: %(n)s clients changed.", change.count)
    messages.success(request, text % {"n": change.count})
    return redirect("quality_changes")


@require_GET
@screen(everyone_signed_in)
def changes(request: HttpRequest) -> HttpResponse:
    """What was done to many clients at once, newest first, each with its way back."""
    found = list(bulk_changes_visible_to(request.user)[:CHANGES_SHOWN])
    sellers = Seller.objects.in_bulk([one.arguments["seller"] for one in found if one.arguments.get("seller")])
    rows = [
        (one, _told(request, one, sellers), one.undone_at is None and can_undo_bulk(request.user, done_by_id=one.by_id))
        for one in found
    ]
    return render(request, "quality/changes.html", {"rows": rows})


@require_POST
@screen(everyone_signed_in)
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Put back what stood there, except where somebody has changed it since."""
    change = get_object_or_404(bulk_changes_visible_to(request.user), pk=change_id)
    try:
        left = undo_bulk(change, needs=needs_in_force(company_words().definitions), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
        return redirect("quality_changes")
    text = _("The change is taken back.")
    if left:
        names = ", ".join(left[:NAMES_SHOWN]) + ("…" if len(left) > NAMES_SHOWN else "")
        text += " " + ngettext(
            "%(n)s client has been changed since and stays as he is: %(names)s.",
            "%(n)s clients have been changed since and stay as they are: %(names)s.",
            len(left),
        ) % {"n": len(left), "names": names}
    messages.success(request, text)
    return redirect("quality_changes")


def order_of(request: HttpRequest) -> BulkOrder:
    """The order as the form says it. Raises UserError."""
    action, told = request.POST.get("action", ""), request.POST
    seller = told.get("seller", "")
    # The form holds the inputs of every action; only those of the chosen one are meant.
    meant = {name: told.get(name, "").strip() for name in MEANT.get(action, ()) if name != "seller"}
    return BulkOrder(
        action, seller_id=int(seller) if "seller" in MEANT.get(action, ()) and seller.isdecimal() else None, **meant
    )


def _chosen(request: HttpRequest, asked: QualityAsked) -> list[int]:
    """The clients marked, or the whole list asked for; one more than allowed shows that there are too many."""
    if request.POST.get("all") == "1":
        states = asked.narrow(visible(request), vocabulary_of(request))
        return list(states.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    return [int(text) for text in request.POST.getlist("client") if text.isdecimal()][: MOST_AT_ONCE + 1]


def _preview(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    asked, order = QualityAsked.by(request), order_of(request)
    chosen = _chosen(request, asked)
    found = preview_bulk(chosen, order, by=request.user, on=working_day())
    context = {
        "asked": asked,
        "order": order,
        "is_all": request.POST.get("all") == "1",
        "chosen": chosen,
        "found": found,
        "title": _order_title(request, order.action, order.arguments, Seller.objects.in_bulk([order.seller_id or 0])),
    }
    return render(request, "quality/preview.html", context, status=status)


def _told(request: HttpRequest, change: BulkChange, sellers: dict[int, Seller]) -> str:
    return _order_title(request, change.action, change.arguments, sellers)


def _order_title(request: HttpRequest, action: str, told: dict[str, Any], sellers: dict[int, Seller]) -> str:
    """«Заполнить поле: Город = Псков»."""
    words = vocabulary_of(request)
    parts = []
    if told.get("word"):
        word = told["word"]
        parts.append(words[word].title(language()) if word in words else word)
    if told.get("value"):
        parts.append(f"«{told['value']}»")
    if told.get("mark") in MarkKind.values:
        parts.append(str(MarkKind(told["mark"]).label))
    if told.get("seller"):
        parts.append(sellers[told["seller"]].name if told["seller"] in sellers else "—")
    return f"{BulkAction(action).label}: {' '.join(parts)}" if parts else str(BulkAction(action).label)
