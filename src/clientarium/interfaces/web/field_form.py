"""The form of a company's own field of the client's card."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.clients import FieldType

from .forms import StyledForm


class FieldForm(StyledForm):
    """Titles in both languages, and the choices of a list, one a line."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    choices = forms.CharField(
        label=_("Choices, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("Only for a list. A choice removed here stays on the cards that have it until they are edited."),
    )

    def clean_choices(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title_ru", "title_en", "choices")}


class NewFieldForm(FieldForm):
    """The same with what can never be changed later: the type and the word of the filter."""

    type = forms.ChoiceField(label=_("Type"), choices=FieldType.choices)
    slug = forms.SlugField(
        label=_("Word in filters and rules"),
        max_length=40,
        required=False,
        help_text=_("Latin letters, digits and _; made from the title where empty. It never changes afterwards."),
    )
    field_order = ("title_ru", "title_en", "type", "choices", "slug")
