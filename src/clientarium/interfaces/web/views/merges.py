"""Merges made and taken back, answers given, the rule of merging without asking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import answers_seen_by, merge_rule, merges_seen_by, set_merge_rule
from clientarium.decisions.people import rules
from clientarium.decisions.runs import unmerge_and_recount
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.duplicates import PAGE_SIZE, page_number


@require_GET
@screen(rules.can_merge)
def page(request: HttpRequest) -> HttpResponse:
    """Every merge, the newest first."""
    number = page_number(request)
    rows = list(merges_seen_by(request.user)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    context = {
        "rows": rows[:PAGE_SIZE],
        "sets_rule": rules.can_set_merge_rule(request.user),
        "previous": f"?page={number - 1}" if number > 1 else "",
        "next": f"?page={number + 1}" if len(rows) > PAGE_SIZE else "",
    }
    return render(request, "duplicates/merges.html", context)


@require_POST
@screen(rules.can_merge)
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Take two cards apart, exactly."""
    merge = get_object_or_404(merges_seen_by(request.user), pk=merge_id)
    try:
        unmerge_and_recount(merge, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as error:
        messages.error(request, said(error))
    else:
        names = {"alias": merge.alias.name, "client": merge.into.name}
        messages.success(request, _("“%(alias)s” and “%(client)s” are two clients again.") % names)
    return redirect("client", client_id=merge.alias_id) if request.POST.get("from") == "card" else redirect("merges")


@require_GET
@screen(rules.can_merge)
def answers(request: HttpRequest) -> HttpResponse:
    """Pairs that somebody called different."""
    number = page_number(request)
    rows = list(answers_seen_by(request.user)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    context = {
        "rows": rows[:PAGE_SIZE],
        "sets_rule": rules.can_set_merge_rule(request.user),
        "previous": f"?page={number - 1}" if number > 1 else "",
        "next": f"?page={number + 1}" if len(rows) > PAGE_SIZE else "",
    }
    return render(request, "duplicates/answers.html", context)


@require_http_methods(["GET", "POST"])
@screen(rules.can_set_merge_rule)
def rule(request: HttpRequest) -> HttpResponse:
    """What is merged without asking."""
    if request.method == "GET":
        return render(request, "duplicates/rule.html", {"rule": merge_rule(), "sets_rule": True})
    try:
        set_merge_rule(
            merges_sure=request.POST.get("merges_sure") == "1",
            looks_after_imports=request.POST.get("looks_after_imports") == "1",
            sure_from=percent(request.POST.get("sure_from", "")),
            asks_from=percent(request.POST.get("asks_from", "")),
            by=request.user,
        )
    except UserError as error:
        context = {"rule": merge_rule(), "sets_rule": True, "error": error}
        return render(request, "duplicates/rule.html", context, status=422)
    messages.success(request, _("The rule is set. It holds from the next search on."))
    return redirect("merge_rule")


def percent(text: str) -> float:
    """A probability written as a percentage; raises UserError for what is no number."""
    try:
        return round(float(text.strip().replace(",", ".").removesuffix("%")) / 100, 9)
    except ValueError as error:
        raise UserError(
            N_("“%(text)s” is no percentage."), cure=N_("Write a number between 0 and 100."), text=text
        ) from error
