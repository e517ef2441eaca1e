"""The form of a connection, made from what its kind asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clientarium.decisions.connections import Connection, ConnectionKind, Setting, SettingKind, has_secret
from clientarium.decisions.runs import SavedLayout

from .forms import StyledForm

ABOUT = ("title", "is_on")


class ConnectionForm(StyledForm):
    """Name, on or off, then the kind's own settings. A secret is asked for and never shown back."""

    def __init__(self, *args: Any, kind: ConnectionKind, connection: Connection | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(label=_("Name of the connection"), max_length=200, initial=_(kind.title))
        for setting in kind.settings:
            self.fields[setting.name] = field_for(setting, connection)
        self.fields["is_on"] = forms.BooleanField(label=_("Switched on"), required=False, initial=True)
        if connection is not None:
            self.initial = {"title": connection.title, "is_on": connection.is_on, **connection.settings}
        for field in self.fields.values():
            is_choice, is_check = isinstance(field.widget, forms.Select), isinstance(field.widget, forms.CheckboxInput)
            css = "form-select" if is_choice else "form-check-input" if is_check else "form-control"
            field.widget.attrs["class"] = css

    def values(self) -> dict[str, Any]:
        """What the kind asked for."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ABOUT}


def field_for(setting: Setting, connection: Connection | None) -> forms.Field:
    """The control of one setting."""
    about: dict[str, Any] = {
        "label": _(setting.title),
        "help_text": _(setting.hint) if setting.hint else "",
        "required": setting.is_required,
        "initial": setting.default,
    }
    if setting.kind is SettingKind.YES_NO:
        return forms.BooleanField(**about | {"required": False})
    if setting.kind is SettingKind.NUMBER:
        return forms.IntegerField(**about, min_value=0, max_value=1_000_000)
    if setting.kind is SettingKind.CHOICE:
        return forms.ChoiceField(**about, choices=[(value, _(title)) for value, title in setting.choices])
    if setting.kind is SettingKind.LAYOUT:
        titles = SavedLayout.objects.order_by("title").values_list("title", flat=True)
        return forms.ChoiceField(**about, choices=[("", "—"), *((title, title) for title in dict.fromkeys(titles))])
    if setting.kind is SettingKind.SECRET:
        return secret_field(setting, connection, about)
    return forms.CharField(**about, max_length=1000)


def secret_field(setting: Setting, connection: Connection | None, about: dict[str, Any]) -> forms.Field:
    is_kept = connection is not None and has_secret(connection, setting.name)
    if is_kept:
        about["help_text"] = _("One is kept. Leave this empty to keep it.")
    return forms.CharField(
        **about | {"required": setting.is_required and not is_kept and not setting.fallback},
        max_length=1000,
        strip=True,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
    )
