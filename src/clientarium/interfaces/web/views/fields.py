"""Fields the company adds to the card of a client: each becomes a word of filters and rules."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.categories import names_used
from clientarium.core.ground import UserError
from clientarium.decisions.clients import (
    CustomField,
    FieldType,
    define_field,
    edit_custom_field,
    remove_field,
    restore_field,
)
from clientarium.decisions.people import rules
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.field_form import FieldForm, NewFieldForm
from clientarium.interfaces.web.pulse import company_words
from clientarium.interfaces.web.scheme_page import language_of
from clientarium.interfaces.web.screens import screen


@require_GET
@screen(rules.can_define_fields)
def page(request: HttpRequest) -> HttpResponse:
    """Fields in use, then the removed ones, which can come back with their values."""
    rows = [(field, _schemes_with(field)) for field in CustomField.objects.order_by("is_removed", "title_ru", "pk")]
    return render(request, "settings/fields.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@screen(rules.can_define_fields)
def new(request: HttpRequest) -> HttpResponse:
    """Define a field."""
    form = NewFieldForm(request.POST or None)
    if form.is_valid():
        try:
            field = define_field(
                **form.texts(), type=form.cleaned_data["type"], slug=form.cleaned_data["slug"], by=request.user
            )
        except UserError as error:
            form.add_error(None, said(error))
        else:
            messages.success(
                request, _("The field is defined; in filters and rules its word is %(word)s.") % {"word": field.word}
            )
            return redirect("fields")
    return _form_page(request, form, title=_("New field"))


@require_http_methods(["GET", "POST"])
@screen(rules.can_define_fields)
def edit(request: HttpRequest, field_id: int) -> HttpResponse:
    """Change the titles and the choices; the type and the word stay."""
    field = get_object_or_404(CustomField, pk=field_id, is_removed=False)
    initial = {"title_ru": field.title_ru, "title_en": field.title_en, "choices": "\n".join(field.choices)}
    form = FieldForm(request.POST or None, initial=initial)
    if field.type != FieldType.CHOICE:
        del form.fields["choices"]
    if form.is_valid():
        texts: dict[str, Any] = {"choices": (), **form.cleaned_data}
        try:
            edit_custom_field(field, **texts, by=request.user)
        except UserError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("The field is saved."))
            return redirect("fields")
    return _form_page(request, form, title=str(field), field=field)


@require_POST
@screen(rules.can_define_fields)
def removal(request: HttpRequest, field_id: int) -> HttpResponse:
    """Hide a field everywhere, or show it again; a field that a rule leans on stays."""
    field = get_object_or_404(CustomField, pk=field_id)
    leaning = _schemes_with(field)
    if field.is_removed:
        restore_field(field, by=request.user)
        messages.success(request, _("The field “%(title)s” is back with its values.") % {"title": field})
    elif leaning:
        text = _("Rules lean on the field: %(schemes)s. Take the word %(word)s out of them first.")
        messages.error(request, text % {"schemes": ", ".join(leaning), "word": field.word})
    else:
        remove_field(field, by=request.user, reason=request.POST.get("reason", "").strip())
        messages.success(
            request, _("The field “%(title)s” is hidden; its values stay on the cards.") % {"title": field}
        )
    return redirect("fields")


def _schemes_with(field: CustomField) -> list[str]:
    """Titles of the schemes whose rules speak of the field."""
    language = language_of(get_language())
    schemes = company_words().definitions.schemes
    return [scheme.title.text(language) for scheme in schemes if field.word in names_used(scheme)]


def _form_page(request: HttpRequest, form: FieldForm, *, title: str, field: CustomField | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "settings/field_form.html", {"form": form, "title": title, "field": field}, status=status)
