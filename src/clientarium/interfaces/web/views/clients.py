"""Clients: the list with its filter, columns, sums, export and bulk transfer."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import clients_visible_to, segments_visible_to, totals, transfer_client
from clientarium.decisions.people import Seller, rules
from clientarium.interfaces.web.category_titles import category_titles
from clientarium.interfaces.web.cells import cell, value_of
from clientarium.interfaces.web.errors import said, user_error
from clientarium.interfaces.web.export import exported
from clientarium.interfaces.web.listing import (
    Asked,
    choose_columns,
    is_figure,
    ordered_page,
    selected,
    shown_columns,
    words_of_vocabulary,
)
from clientarium.interfaces.web.screens import everyone_signed_in, is_fragment, screen

EXPORT_FORMATS = ("csv", "xlsx")
MOST_AT_ONCE = 200  # as many as a page of the list can hold


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """One page of the list; a condition that cannot be read is shown beside its text, and nothing is listed."""
    asked = Asked.by(request)
    context: dict[str, Any] = {
        "asked": asked,
        "segments": [(segment, asked.where == segment.expression) for segment in segments_visible_to(request.user)],
        "can_export": rules.can_export(request.user),
        "can_share": rules.can_share_segments(request.user),
        "can_transfer": rules.can_confirm(request.user),
    }
    try:
        context |= _table(request, asked)
    except UserError as error:
        context["error"] = error
        return render(request, "clients/page.html", context, status=422)
    template = "clients/_list.html" if is_fragment(request) else "clients/page.html"
    return render(request, template, context)


@require_GET
@screen(everyone_signed_in)
def sums(request: HttpRequest) -> HttpResponse:
    """Sums of the whole selection, loaded after the page: they read every row."""
    try:
        found = totals(selected(request, Asked.by(request).where))
    except UserError as error:
        return user_error(request, error)
    return render(request, "clients/_totals.html", {"totals": found, "sees_money": rules.sees_money(request.user)})


@require_POST
@screen(everyone_signed_in)
def columns(request: HttpRequest) -> HttpResponse:
    """Remember which columns this person wants, in the order of the form."""
    try:
        choose_columns(request, request.POST.getlist("column"))
    except UserError as error:
        return user_error(request, error)
    return redirect(f"/clients/{Asked.by(request).address()}")


@require_GET
@screen(everyone_signed_in)
def words(request: HttpRequest) -> JsonResponse:
    """The words of the filter language this person may use."""
    return JsonResponse({"words": words_of_vocabulary(request, get_language() or "ru")})


@require_GET
@screen(everyone_signed_in)
def check(request: HttpRequest) -> HttpResponse:
    """How many clients the condition finds, or what is wrong with it; asked while it is being written."""
    try:
        count = selected(request, Asked.by(request).where).count()
    except UserError as error:
        return user_error(request, error)
    return render(request, "clients/_found.html", {"count": count})


@require_POST
@screen(rules.can_export)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole selection as a file; journaled with its condition and its size."""
    form = request.POST.get("format", "csv")
    asked = Asked.by(request)
    try:
        states = selected(request, asked.where)
        _sort, _first = ordered_page(request, states, asked)
        return exported(request, states, asked=asked, form=form if form in EXPORT_FORMATS else "csv")
    except UserError as error:
        return user_error(request, error)


@require_POST
@screen(rules.can_confirm)
def transfer(request: HttpRequest) -> HttpResponse:
    """Hand the marked clients to one seller, all or none."""
    numbers = [int(text) for text in request.POST.getlist("client") if text.isdecimal()][:MOST_AT_ONCE]
    seller = get_object_or_404(Seller, pk=request.POST.get("seller") or 0)
    marked = list(clients_visible_to(request.user).filter(pk__in=numbers))
    try:
        with transaction.atomic():
            for client in marked:
                transfer_client(
                    client,
                    to=seller,
                    on=timezone.localdate(),
                    reason=request.POST.get("reason", "").strip(),
                    by=request.user,
                )
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(
            request, _("Handed over to %(seller)s: %(count)s.") % {"seller": seller.name, "count": len(marked)}
        )
    return redirect(f"/clients/{Asked.by(request).address()}")


def _table(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Everything the table shows, cells included."""
    states = selected(request, asked.where)
    sort, shown = ordered_page(request, states.select_related("client"), asked)
    language = (get_language() or "ru").partition("-")[0]
    titles, names = category_titles(language), shown_columns(request)
    rows = [
        (
            state,
            [(is_figure(name), cell(value_of(state, name), name, titles=titles, language=language)) for name in names],
        )
        for state in shown.states
    ]
    return {
        "heads": [_head(name, asked, sort_text=sort.text, language=language) for name in names],
        "name_head": _name_head(asked, sort_text=sort.text),
        "rows": rows,
        "next": asked.address(after=shown.next, sort=sort.text) if shown.next else "",
        "previous": asked.address(after=shown.previous, sort=sort.text) if shown.previous else "",
        "sort": sort.text,
        "chosen": [name.name for name in names],
        "sellers": Seller.objects.order_by("name") if rules.can_confirm(request.user) else (),
    }


def _head(name: Any, asked: Asked, *, sort_text: str, language: str) -> dict[str, Any]:
    sorted_by = {name.name: "asc", f"-{name.name}": "desc"}.get(sort_text, "")
    # Figures are looked at from the largest down, words from А on.
    first = f"-{name.name}" if is_figure(name) or name.type.value == "date" else name.name
    following = name.name if sort_text == f"-{name.name}" else f"-{name.name}" if sort_text == name.name else first
    return {
        "title": name.title(language),
        "name": name.name,
        "href": asked.address(sort=following),
        "sorted": sorted_by,
        "num": is_figure(name),
    }


def _name_head(asked: Asked, *, sort_text: str) -> dict[str, str]:
    sorted_by = {"search_name": "asc", "-search_name": "desc"}.get(sort_text, "")
    return {"href": asked.address(sort="-name" if sort_text == "search_name" else "name"), "sorted": sorted_by}
