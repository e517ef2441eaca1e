"""The queue of pairs that look like one client, and two cards side by side."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import (
    Client,
    DuplicatePair,
    clients_visible_to,
    duplicate_pairs,
    merge_rule,
    say_not_duplicate,
    search,
)
from clientarium.decisions.people import rules
from clientarium.decisions.runs import RunKind, live_runs, merge_and_recount, start_identity
from clientarium.interfaces.web.compared_cards import compared
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen

PAGE_SIZE = 50
REASONS_SHOWN = 4

FIGURES = (
    ("orders_all", gettext_lazy("Documents"), "count"),
    ("revenue_12m", gettext_lazy("Revenue of 12 months"), "money"),
    ("margin_12m", gettext_lazy("Margin of 12 months"), "money"),
    ("last_purchase_on", gettext_lazy("Last purchase"), "day"),
)


@require_GET
@screen(rules.can_merge)
def page(request: HttpRequest) -> HttpResponse:
    """The queue, the likeliest first."""
    number = page_number(request)
    waiting = duplicate_pairs(request.user)
    pairs = list(waiting[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    context = {
        "rows": [(pair, strongest(pair)) for pair in pairs[:PAGE_SIZE]],
        "count": waiting.count(),
        "run": live_runs().filter(kind=RunKind.IDENTITY).first(),
        "rule": merge_rule(),
        "sets_rule": rules.can_set_merge_rule(request.user),
        "previous": f"?page={number - 1}" if number > 1 else "",
        "next": f"?page={number + 1}" if len(pairs) > PAGE_SIZE else "",
    }
    return render(request, "duplicates/page.html", context)


@require_POST
@screen(rules.can_merge)
def search_all(request: HttpRequest) -> HttpResponse:
    """Compare all cards anew, in the background."""
    start_identity(by=request.user)
    messages.success(request, _("The cards are being compared."))
    return redirect("duplicates")


@require_GET
@screen(rules.can_merge)
def compare(request: HttpRequest) -> HttpResponse:
    """Two cards side by side; with one card and a text, who else it might be."""
    kept, alias = asked_client(request, "a"), asked_client(request, "b")
    if kept is None:
        raise Http404
    text = request.GET.get("q", "").strip()
    if alias is None or alias == kept:
        found = [one for one in search(request.user, text) if one != kept] if text else []
        return render(request, "duplicates/choose.html", {"client": kept, "found": found, "text": text})
    pair = compared(kept, alias)
    context = {
        "pair": pair,
        "sees_money": rules.sees_money(request.user),
        "figures": [(title, kind, *pair.figures(word)) for word, title, kind in FIGURES],
        "swapped": address_of(alias, kept),
        "left_in_queue": duplicate_pairs(request.user).count(),
        "next": next_address(request, after=None, passed=(kept.pk, alias.pk)),
    }
    return render(request, "duplicates/compare.html", context)


@require_POST
@screen(rules.can_merge)
def merge(request: HttpRequest) -> HttpResponse:
    """`b` becomes a part of `a`."""
    kept, alias = both(request)
    pair = pair_of(kept, alias)
    onward = next_address(request, after=pair, passed=(kept.pk, alias.pk))
    try:
        merge_and_recount(
            alias,
            into=kept,
            by=request.user,
            probability=pair.probability if pair else None,
            reasons=pair.reasons if pair else [],
            despite_answer=request.POST.get("despite") == "1",
        )
    except UserError as error:
        messages.error(request, said(error))
        return redirect(address_of(kept, alias))
    messages.success(request, _("“%(alias)s” is now a part of “%(client)s”.") % {"alias": alias, "client": kept})
    return redirect(onward if pair else reverse("client", args=[kept.pk]))


@require_POST
@screen(rules.can_merge)
def apart(request: HttpRequest) -> HttpResponse:
    """The two are no duplicates: nobody is asked again."""
    kept, alias = both(request)
    onward = next_address(request, after=pair_of(kept, alias), passed=(kept.pk, alias.pk))
    try:
        say_not_duplicate(kept, alias, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as error:
        messages.error(request, said(error))
        return redirect(address_of(kept, alias))
    messages.success(request, _("Remembered: two different clients. Nobody will be asked again."))
    return redirect(onward)


def both(request: HttpRequest) -> tuple[Client, Client]:
    kept, alias = asked_client(request, "a"), asked_client(request, "b")
    if kept is None or alias is None:
        raise Http404
    return kept, alias


def asked_client(request: HttpRequest, name: str) -> Client | None:
    """The client the address or the form names; 404 for one this person does not see, or who is merged."""
    sent = request.POST if request.method == "POST" else request.GET
    key = sent.get(name, "")
    if not key:
        return None
    found = clients_visible_to(request.user).select_related("holder")
    client = found.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= 18 else None
    if client is None:
        raise Http404
    return client


def address_of(kept: Client, alias: Client) -> str:
    return f"{reverse('compare_cards')}?{urlencode({'a': kept.pk, 'b': alias.pk})}"


def next_address(request: HttpRequest, *, after: DuplicatePair | None, passed: tuple[int, int]) -> str:
    """The next pair of the queue to look at, or the queue itself where it is empty."""
    first, second = sorted(passed)
    waiting = duplicate_pairs(request.user).exclude(a_id=first, b_id=second)
    here = after or DuplicatePair.objects.filter(a_id=first, b_id=second).first()
    following = waiting.filter(probability__lte=here.probability).first() if here else None
    found: Any = following or waiting.first()
    return address_of(found.a, found.b) if found else reverse("duplicates")


def pair_of(kept: Client, alias: Client) -> DuplicatePair | None:
    first, second = sorted((kept.pk, alias.pk))
    return DuplicatePair.objects.filter(a_id=first, b_id=second).first()


def strongest(pair: DuplicatePair) -> list[dict[str, Any]]:
    """What speaks most for one client, or against it."""
    return sorted(pair.reasons, key=lambda reason: -abs(float(reason["weight"])))[:REASONS_SHOWN]


def page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
