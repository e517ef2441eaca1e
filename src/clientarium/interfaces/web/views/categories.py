"""Categories: the schemes, one scheme's rules with its numbers to change, and who would move if they changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core import readings
from clientarium.core.categories import Scheme, read_policy, read_scheme
from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import ids_seen_by, state_as_of
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.grades import (
    check_scheme,
    proposals_visible_to,
    save_policy,
    save_scheme,
    scheme_path,
    text_hash,
)
from clientarium.decisions.people import User, rules
from clientarium.decisions.runs import start_pulse
from clientarium.interfaces.web import scheme_page
from clientarium.interfaces.web.category_titles import category_titles
from clientarium.interfaces.web.errors import said, user_error
from clientarium.interfaces.web.pulse import company_words
from clientarium.interfaces.web.rule_lines import Speaker
from clientarium.interfaces.web.scheme_edit import Edit, edit_by_numbers, edit_by_text, text_of
from clientarium.interfaces.web.screens import everyone_signed_in, screen

MOVERS_SHOWN = 50
MOST_MOVERS = 500


def language() -> str:
    return scheme_page.language_of(get_language())


def scheme_or_404(name: str) -> Scheme:
    scheme = scheme_page.company_scheme(name)
    if scheme is None:
        raise Http404
    return scheme


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """Every scheme with who stands in its categories, and how many proposals wait."""
    schemes = [_card(request.user, scheme) for scheme in company_words().definitions.schemes]
    context = {
        "schemes": schemes,
        "waiting": sum(card["waiting"] for card in schemes),
        "is_counted": state_as_of() is not None,
        "sees_money": rules.sees_money(request.user),
        "decides": rules.can_confirm(request.user),
    }
    return render(request, "categories/page.html", context)


def _card(user: User, scheme: Scheme) -> dict[str, Any]:
    standing = scheme_page.standings(user, scheme.name)
    codes = [*scheme.codes, *sorted(set(standing) - {*scheme.codes, None}, key=str), *({None} & set(standing))]
    lines = [
        (
            scheme_page.code_of(scheme, code, language=language(), outside=_("outside the scheme")),
            standing.get(code) or scheme_page.nobody(scheme.name, code),
        )
        for code in codes
    ]
    waiting = proposals_visible_to(user).filter(scheme=scheme.name).count() if scheme.mode == "confirm" else 0
    return {"scheme": scheme, "about": scheme.about.text(language()), "title": scheme.title.text(language()),
            "lines": lines, "waiting": waiting}  # fmt: skip


@require_GET
@screen(everyone_signed_in)
def rules_page(request: HttpRequest, scheme: str) -> HttpResponse:
    """The rules of one scheme in the order they are tried; those who edit schemes find inputs in place of numbers."""
    return _rules(request, scheme_or_404(scheme))


@require_POST
@screen(rules.can_edit_schemes)
def preview(request: HttpRequest, scheme: str) -> HttpResponse:
    """Who would move under the numbers (or the text) of the form; nothing is saved."""
    found = scheme_or_404(scheme)
    try:
        edit = _edit(request, found)
        if edit.is_empty:
            return render(request, "categories/_hint.html", {"is_text": "text" in request.POST})
        return render(request, "categories/_preview.html", _tried(request, found, edit))
    except UserError as error:
        return user_error(request, error)


@require_POST
@screen(rules.can_edit_schemes)
def save(request: HttpRequest, scheme: str) -> HttpResponse:
    """Make the edit the rule in force, keep it as a version, and have the base counted again."""
    found = scheme_or_404(scheme)
    try:
        edit = _edit(request, found)
        if edit.is_empty:
            messages.info(request, _("Nothing was changed."))
            return redirect("scheme", scheme=scheme)
        _save(request, found, edit)
    except UserError as error:
        if "text" in request.POST:
            context = {
                "scheme": found,
                "text": request.POST["text"],
                "error": error,
                "hash": request.POST.get("hash", ""),
            }
            return render(request, "categories/text.html", text_context(request, context), status=422)
        messages.error(request, said(error))
        return redirect("scheme", scheme=scheme)
    start_pulse(by=request.user)
    messages.success(
        request, _("The rule is saved. The base is being counted by it: the lists change in a minute or two.")
    )
    return redirect("scheme", scheme=scheme)


def _edit(request: HttpRequest, scheme: Scheme) -> Edit:
    return edit_by_text(request, scheme.name) if "text" in request.POST else edit_by_numbers(request, scheme)


def _save(request: HttpRequest, scheme: Scheme, edit: Edit) -> None:
    note, by = request.POST.get("note", "").strip(), request.user
    if edit.policy is not None:
        # Both texts must read well together before either is kept.
        check_scheme(scheme.name, text=edit.text, policy=edit.policy)
        save_policy(text=edit.policy, by=by, note=note, expected_hash=request.POST.get("policy_hash") or None)
    if edit.touches_rules:
        save_scheme(scheme.name, text=edit.text, by=by, note=note, expected_hash=request.POST.get("hash") or None)


def _tried(request: HttpRequest, scheme: Scheme, edit: Edit) -> dict[str, Any]:
    """The movers of the edit on the published snapshot."""
    as_of = state_as_of()
    if as_of is None:
        raise UserError(N_("Nothing has been computed yet."), cure=N_("Run the pulse first."))
    definitions = company_words().definitions
    edited = read_scheme(
        edit.text,
        vocabulary=definitions.vocabulary(),
        policy=read_policy(edit.policy) if edit.policy else definitions.policy,
        file=f"categories/{scheme_path(scheme.name).name}",
    )
    seen = ids_seen_by(request.user)
    found = readings.preview_scheme(
        ledger_base(), edited, before=scheme, as_of=as_of, client_ids=seen, limit=MOST_MOVERS
    )
    limit = MOST_MOVERS if request.POST.get("all") == "1" else MOVERS_SHOWN
    say = {"scheme": edited, "language": language(), "outside": _("outside the scheme")}
    return {
        "found": found,
        "share": found.moved_clients / found.clients if found.clients else 0.0,
        "moves": scheme_page.moves_on_page(found, **say),
        "changes": scheme_page.changes_on_page(found, **say),
        "movers": scheme_page.movers_on_page(request.user, found.movers[:limit], **say),
        "can_show_more": found.moved_clients > limit and limit < MOST_MOVERS,
        "is_confirmed": edited.mode == "confirm",
        "scheme": edited,
        "others": _others(scheme, edit),
    }


def _others(scheme: Scheme, edit: Edit) -> list[str]:
    """Titles of the other schemes that lean on the changed numbers of the policy."""
    words = {f"policy_{name.split(':')[1]}" for name in edit.changed if name.startswith("policy:")}
    schemes = company_words().definitions.schemes
    return [
        other.title.text(language())
        for other in schemes
        if other.name != scheme.name and any(word in other.text for word in words)
    ]


def _rules(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    user, definitions = request.user, company_words().definitions
    edits = rules.can_edit_schemes(user)
    levels = scheme_page.level_values(user, scheme, titles=category_titles(language()), language=language())
    speaker = Speaker(scheme, definitions, language(), levels)
    standing = scheme_page.standings(user, scheme.name)
    context = {
        **scheme_head(request, scheme),
        "base": speaker.rule(scheme.base, category=""),
        "categories": scheme_page.categories_on_page(scheme, standing=standing, speaker=speaker, language=language()),
        "outside": standing.get(None),
        "meanings": [(word.title.text(language()), speaker.meaning(word.written)) for word in scheme.derived],
        "is_for_all": scheme.base.text == "true",
        "tags": [
            (tag.title.text(language()), speaker.rule(tag.rule, category=""), tag.source.text(language()))
            for tag in scheme.tags
        ],
        "edits": edits,
        "hash": text_hash(text_of(scheme.name)) if edits else "",
        "policy_hash": text_hash(definitions.policy.text) if edits else "",
        "sees_money": rules.sees_money(user),
        "is_counted": state_as_of() is not None,
    }
    return render(request, "categories/scheme.html", context)


def scheme_head(request: HttpRequest, scheme: Scheme) -> dict[str, Any]:
    """What stands above every tab of a scheme."""
    return {
        "scheme": scheme,
        "title": scheme.title.text(language()),
        "about": scheme.about.text(language()),
        "waiting": proposals_visible_to(request.user).filter(scheme=scheme.name).count(),
    }


def text_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The tab with the whole text: who may not edit reads it."""
    return scheme_head(request, context["scheme"]) | {"edits": rules.can_edit_schemes(request.user)} | context
