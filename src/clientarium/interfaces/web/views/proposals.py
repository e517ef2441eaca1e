"""What the rules propose and a leader decides: confirm, set otherwise, dismiss, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import N_, UserError
from clientarium.decisions.grades import (
    GradeVerb,
    Proposal,
    confirm_proposals,
    dismiss_proposals,
    override_category,
    proposals_visible_to,
    undo_decision,
)
from clientarium.decisions.journal import Entry, entries_visible_to
from clientarium.decisions.people import rules
from clientarium.interfaces.web import figures
from clientarium.interfaces.web.category_titles import category_titles
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.proposal_queue import PAGE_SIZE, Asked, moves_of, selected, sellers_of
from clientarium.interfaces.web.proposal_reasons import Reasoner
from clientarium.interfaces.web.pulse import company_words
from clientarium.interfaces.web.scheme_page import Code
from clientarium.interfaces.web.screens import everyone_signed_in, is_fragment, screen
from clientarium.interfaces.web.views.categories import language

DECISIONS_SHOWN = 5


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The queue by money, with the reason in the row; who may not confirm reads."""
    asked = Asked.by(request)
    everything, waiting = proposals_visible_to(request.user), selected(request, asked)
    counted = waiting.aggregate(money=Sum("money"))
    count = waiting.count()
    sees_money, reasoner = rules.sees_money(request.user), _reasoner()
    context = {
        "asked": asked,
        "rows": [_row(proposal, reasoner=reasoner, sees_money=sees_money) for proposal in _paged(waiting, asked)],
        "count": count,
        "money": counted["money"],
        "schemes": _schemes(everything, asked),
        "moves": _moves(selected(request, Asked(asked.scheme, "", asked.seller, 1)), asked) if asked.scheme else [],
        "sellers": sellers_of(selected(request, Asked(asked.scheme, asked.move, "", 1))),
        "first": (asked.page - 1) * PAGE_SIZE + 1,
        "last": min(asked.page * PAGE_SIZE, count),
        "previous": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "next": asked.address(page=asked.page + 1) if asked.page * PAGE_SIZE < count else "",
        "decides": rules.can_confirm(request.user),
        "sees_money": sees_money,
        "decisions": _recent(request) if rules.can_confirm(request.user) else [],
    }
    return render(request, "categories/proposals.html", context)


@require_POST
@screen(rules.can_confirm)
def confirm(request: HttpRequest) -> HttpResponse:
    """Put in force what is proposed: one row, the marked rows, or everything the filter finds."""
    return _decide(request, confirm_proposals, done=_confirmed)


@require_POST
@screen(rules.can_confirm)
def dismiss(request: HttpRequest) -> HttpResponse:
    """Leave the categories as they are."""
    return _decide(request, dismiss_proposals, done=_dismissed)


@require_http_methods(["GET", "POST"])
@screen(rules.can_confirm)
def override(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The dialog for deciding otherwise; what the domain refuses stands in it, with everything that was written."""
    proposal = get_object_or_404(proposals_visible_to(request.user).select_related("client"), pk=proposal_id)
    if request.method == "GET":
        return _dialog(request, proposal)
    try:
        entry = override_category(
            proposal.client,
            scheme=proposal.scheme,
            category=request.POST.get("category", ""),
            by=request.user,
            reason=request.POST.get("reason", "").strip(),
            expires_on=_day(request.POST.get("expires_on", "")),
        )
    except UserError as error:
        return _dialog(request, proposal, error=error)
    text = _("%(client)s: the category is set by your decision.") % {"client": proposal.client.name}
    messages.success(request, _with_undo(text, entry))
    address = reverse("proposals") + Asked.by(request).address()
    if not is_fragment(request):
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


@require_POST
@screen(rules.can_confirm)
def undo(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take a decision back, exactly."""
    entry = get_object_or_404(entries_visible_to(request.user).filter(verb__in=GradeVerb.values), pk=entry_id)
    try:
        undo_decision(entry, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The decision is taken back: categories and proposals are as before it."))
    return redirect(reverse("proposals") + Asked.by(request).address())


Decide = Callable[..., Entry]


def _decide(request: HttpRequest, decide: Decide, *, done: Callable[[int], str]) -> HttpResponse:
    asked = Asked.by(request)
    try:
        entry = decide(_chosen(request, asked), by=request.user, reason=request.POST.get("reason", "").strip())
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _with_undo(done(entry.data["proposals"]), entry))
    return redirect(reverse("proposals") + asked.address(page=asked.page))


def _chosen(request: HttpRequest, asked: Asked) -> Any:
    """One row, everything of the filter (if it is still as many as were shown), or the marked rows."""
    only, expected = request.POST.get("only", ""), request.POST.get("all", "")
    if only.isdecimal():
        return [int(only)]
    if expected:
        waiting = selected(request, asked)
        if str(waiting.count()) != expected:
            raise UserError(
                N_("The queue has changed: it is no longer the same proposals."),
                cure=N_("Look at it again, then confirm all."),
            )
        return waiting
    marked = [int(key) for key in request.POST.getlist("proposal") if key.isdecimal()][:PAGE_SIZE]
    if not marked:
        raise UserError(N_("Nothing is marked."), cure=N_("Mark the rows you decide upon."))
    return marked


def _confirmed(count: int) -> str:
    words = ngettext("%(n)s category is confirmed.", "%(n)s categories are confirmed.", count)
    return words % {"n": figures.number(count, language=language())}


def _dismissed(count: int) -> str:
    words = ngettext("%(n)s proposal is dismissed.", "%(n)s proposals are dismissed.", count)
    return words % {"n": figures.number(count, language=language())}


def _with_undo(text: str, entry: Entry) -> str:
    """The toast with a button of the form that stands among the recent decisions of the page."""
    button = '{} <button class="btn btn-small toast-undo" form="undo-{}">{}</button>'
    return format_html(button, text, entry.pk, _("Undo"))


def _reasoner() -> Reasoner:
    return Reasoner(company_words().definitions, category_titles(language()), language())


def _paged(waiting: Any, asked: Asked) -> list[Proposal]:
    first = (asked.page - 1) * PAGE_SIZE
    return list(waiting.select_related("client__holder")[first : first + PAGE_SIZE])


def _row(proposal: Proposal, *, reasoner: Reasoner, sees_money: bool) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "before": _code(proposal.scheme, proposal.from_category, outside=_("not graded")),
        "after": _code(proposal.scheme, proposal.to_category, outside=_("outside the scheme")),
        "scheme": _title(proposal.scheme),
        "reason": reasoner.reason(proposal) if sees_money else None,
    }


def _code(scheme: str, code: str | None, *, outside: str) -> Code:
    return Code(scheme, code, category_titles(language()).title(scheme, code) if code else outside)


def _title(scheme: str) -> str:
    words = company_words()
    return words.scheme(scheme) if scheme in words.definitions.schemes else scheme


def _schemes(waiting: Any, asked: Asked) -> list[dict[str, Any]]:
    """Tabs: each scheme with what waits in it."""
    counted: dict[str, int] = {}
    for move in moves_of(waiting):
        counted[move["scheme"]] = counted.get(move["scheme"], 0) + move["clients"]
    return [
        {"name": name, "title": _title(name), "count": count, "is_current": asked.scheme == name}
        for name, count in sorted(counted.items())
    ]


def _moves(waiting: Any, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "before": _code(move["scheme"], move["from_category"], outside=_("not graded")),
            "after": _code(move["scheme"], move["to_category"], outside=_("outside the scheme")),
            "clients": move["clients"],
            "money": move["money"],
            "is_current": move["key"] == asked.move,
            "address": asked.address(move="" if move["key"] == asked.move else move["key"]),
        }
        for move in moves_of(waiting)
    ]


def _recent(request: HttpRequest) -> list[Entry]:
    """The newest decisions about categories, with their undoing."""
    decisions = entries_visible_to(request.user).filter(verb__in=GradeVerb.values)
    return list(decisions.order_by("-pk")[:DECISIONS_SHOWN])


def _dialog(request: HttpRequest, proposal: Proposal, *, error: UserError | None = None) -> HttpResponse:
    schemes = company_words().definitions.schemes
    codes = schemes[proposal.scheme].codes if proposal.scheme in schemes else ()
    context = {
        "proposal": proposal,
        "asked": Asked.by(request),
        "before": _code(proposal.scheme, proposal.from_category, outside=_("not graded")),
        "after": _code(proposal.scheme, proposal.to_category, outside=_("outside the scheme")),
        "codes": [_code(proposal.scheme, code, outside="") for code in codes],
        "chosen": request.POST.get("category", proposal.from_category or ""),
        "reason": request.POST.get("reason", ""),
        "expires_on": request.POST.get("expires_on", ""),
        "error": error,
    }
    return render(request, "categories/_override.html", context, status=422 if error else 200)


def _day(text: str) -> Any:
    """The day, or None for an empty box. Raises UserError for what is no day."""
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    if text and day is None:
        raise UserError(N_("“%(word)s” is not a date."), word=text)
    return day
