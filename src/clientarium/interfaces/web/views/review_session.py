"""The quarter's session on categories: proposals by money and by doubt, and what has changed since the last one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import ids_seen_by
from clientarium.decisions.grades import Proposal, confirm_proposals, dismiss_proposals, override_category
from clientarium.decisions.people import rules
from clientarium.decisions.reviews import (
    Kind,
    Review,
    by_doubt,
    can_lead_reviews,
    decisions_visible_to,
    lines_of,
    moves_since,
    previous_of,
    session_proposals,
    since_last,
)
from clientarium.interfaces.web import pulse
from clientarium.interfaces.web.category_titles import category_titles
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.proposal_reasons import Reasoner
from clientarium.interfaces.web.review_form import typed_day
from clientarium.interfaces.web.review_page import decided_rows
from clientarium.interfaces.web.review_words import review_title
from clientarium.interfaces.web.scheme_page import Code
from clientarium.interfaces.web.screens import is_fragment, screen
from clientarium.interfaces.web.views.card import language
from clientarium.interfaces.web.views.reviews import seen_review

PAGE_SIZE = 50
MOVES_SHOWN = 12
SORTS = ("money", "doubt")
SCHEME = "grade"


@require_GET
@screen(can_lead_reviews)
def page(request: HttpRequest, review_id: int) -> HttpResponse:
    """The queue of the session, decisions about it, what people decided since the last one."""
    review = seen_review(request, review_id, kind=Kind.GRADES)
    sort, number = asked(request)
    waiting = session_proposals(request.user, review)
    count, money = waiting.count(), waiting.order_by().aggregate(money=Sum("money"))["money"]
    ordered = by_doubt(waiting) if sort == "doubt" else waiting
    first = (number - 1) * PAGE_SIZE
    rows = ordered.select_related("client__holder")[first : first + PAGE_SIZE]
    reasoner = Reasoner(pulse.company_words().definitions, category_titles(language()), language())
    lines = lines_of(list(decisions_visible_to(request.user).filter(review=review).order_by("pk")), by=request.user)
    address = f"{reverse('review_session', args=[review.pk])}?"
    context = {
        "review": review,
        "title": review_title(review),
        "rows": [row(one, reasoner) for one in rows],
        "count": count,
        "money": money,
        "sort": sort,
        "page": number,
        "before": address + urlencode({"sort": sort, "page": number - 1}) if number > 1 else "",
        "after": address + urlencode({"sort": sort, "page": number + 1}) if first + PAGE_SIZE < count else "",
        "first": first + 1,
        "last": min(first + PAGE_SIZE, count),
        "since": since_last(request.user, review),
        "earlier": previous_of(review),
        "decisions": decided_rows(lines),
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "reviews/session.html", context)


@require_GET
@screen(can_lead_reviews)
def moves(request: HttpRequest, review_id: int) -> HttpResponse:
    """Who changed category since the last session: a fragment, for it reads two snapshots."""
    review = seen_review(request, review_id, kind=Kind.GRADES)
    found = moves_since(review, scheme=SCHEME, client_ids=ids_seen_by(request.user))
    base = reverse("pulse_behind")
    rows = [
        {
            "flow": flow,
            "before": code(SCHEME, flow.before, outside=_("not graded")),
            "after": code(SCHEME, flow.after, outside=_("outside the scheme")),
            "url": f"{base}?"
            + urlencode(
                {
                    "of": "flow",
                    "scheme": SCHEME,
                    "since": review.since,
                    "until": review.as_of,
                    "before": flow.before or "-",
                    "after": flow.after or "-",
                }
            ),
        }
        for flow in found[:MOVES_SHOWN]
    ]
    context = {"review": review, "rows": rows, "total": sum(flow.clients for flow in found)}
    return render(request, "reviews/_moves.html", context)


@require_POST
@screen(can_lead_reviews)
def confirm(request: HttpRequest, review_id: int) -> HttpResponse:
    """Put the marked proposals in force, or all that wait."""
    return settle(request, review_id, confirm_proposals, done=_("Confirmed: %s."))


@require_POST
@screen(can_lead_reviews)
def dismiss(request: HttpRequest, review_id: int) -> HttpResponse:
    """Leave the categories as they are."""
    return settle(request, review_id, dismiss_proposals, done=_("Left as it is: %s."))


@require_http_methods(["GET", "POST"])
@screen(can_lead_reviews)
def override(request: HttpRequest, review_id: int, proposal_id: int) -> HttpResponse:
    """Decide otherwise, with a reason and, if wanted, the last day."""
    review = seen_review(request, review_id, kind=Kind.GRADES)
    waiting = session_proposals(request.user, review).select_related("client")
    proposal = get_object_or_404(waiting, pk=proposal_id)
    error = None
    if request.method == "POST":
        try:
            override_category(
                proposal.client,
                scheme=proposal.scheme,
                category=request.POST.get("category", ""),
                by=request.user,
                reason=request.POST.get("reason", "").strip(),
                expires_on=typed_day(request.POST.get("expires_on", "")),
            )
        except UserError as refused:
            error = refused
        else:
            text = _("%(client)s: the category is set by your decision.") % {"client": proposal.client.name}
            messages.success(request, text)
            return back(request, review)
    schemes = pulse.company_words().definitions.schemes
    codes = schemes[proposal.scheme].codes if proposal.scheme in schemes else ()
    context = {
        "review": review,
        "proposal": proposal,
        "before": code(proposal.scheme, proposal.from_category, outside=_("not graded")),
        "after": code(proposal.scheme, proposal.to_category, outside=_("outside the scheme")),
        "codes": [code(proposal.scheme, one, outside="") for one in codes],
        "chosen": request.POST.get("category", proposal.from_category or ""),
        "reason": request.POST.get("reason", ""),
        "expires_on": request.POST.get("expires_on", ""),
        "error": error,
    }
    return render(request, "reviews/_override.html", context, status=422 if error else 200)


def settle(request: HttpRequest, review_id: int, decide: Callable[..., Any], *, done: str) -> HttpResponse:
    review = seen_review(request, review_id, kind=Kind.GRADES)
    reason = request.POST.get("reason", "").strip()
    try:
        entry = decide(chosen(request, review), by=request.user, reason=reason)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done % entry.data["proposals"])
    return back(request, review)


def chosen(request: HttpRequest, review: Review) -> Any:
    """One row, everything that waits (if it is still as many as were shown), or the marked rows."""
    only, expected = request.POST.get("only", ""), request.POST.get("all", "")
    if only.isdecimal():
        return [int(only)]
    if expected:
        waiting = session_proposals(request.user, review)
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


def back(request: HttpRequest, review: Review) -> HttpResponse:
    """To the same place of the queue."""
    sort, number = asked(request)
    url = f"{reverse('review_session', args=[review.pk])}?{urlencode({'sort': sort, 'page': number})}"
    if not is_fragment(request):
        return redirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def asked(request: HttpRequest) -> tuple[str, int]:
    """(sort, page) of the address or of the form."""
    sent = request.POST if request.method == "POST" else request.GET
    sort, told = sent.get("sort", ""), sent.get("page", "")
    number = int(told) if told.isdecimal() and len(told) < len("1000000") else 1
    return sort if sort in SORTS else SORTS[0], max(1, number)


def row(proposal: Proposal, reasoner: Reasoner) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "before": code(proposal.scheme, proposal.from_category, outside=_("not graded")),
        "after": code(proposal.scheme, proposal.to_category, outside=_("outside the scheme")),
        "scheme": pulse.company_words().scheme(proposal.scheme)
        if proposal.scheme in reasoner.definitions.schemes
        else proposal.scheme,
        "reason": reasoner.reason(proposal),
        "distance": getattr(proposal, "distance", None),
    }


def code(scheme: str, value: str | None, *, outside: str) -> Code:
    return Code(scheme, value, category_titles(language()).title(scheme, value) if value else outside)
