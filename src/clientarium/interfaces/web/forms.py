"""Forms of the frame's own pages: one's appearance, and the people of the company."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.people import Role, Seller, User, rules
from clientarium.decisions.people.choices import Density, Language, Theme


class AppearanceForm(forms.Form):
    """Language, theme and row height. What is not sent keeps its value: the menu sends one at a time."""

    language = forms.ChoiceField(choices=Language.choices, required=False)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)
    density = forms.ChoiceField(choices=Density.choices, required=False)

    def chosen_by(self, user: User) -> dict[str, str]:
        """All three, the unsent ones as `user` has them."""
        return {name: self.cleaned_data[name] or getattr(user, name) for name in self.fields}


class StyledForm(forms.Form):
    """Controls in our look, errors told to screen readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


class UserForm(StyledForm):
    """A person: name, role, whose portfolio. Roles that `by` may not give are not offered."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    seller = forms.ModelChoiceField(
        label=_("Portfolio of"),
        queryset=Seller.objects.order_by("name"),
        required=False,
        help_text=_("A seller sees only the clients of this portfolio; without one, none."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rules.can_make_owner(by):
            cast(forms.ChoiceField, self.fields["role"]).choices = [
                choice for choice in Role.choices if choice[0] != Role.OWNER
            ]


class NewUserForm(UserForm):
    """The same with a login and a first password."""

    username = forms.CharField(label=_("Signs in as"), max_length=150)
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters; the person changes it in the settings."),
    )
    field_order = ("name", "username", "password", "role", "seller", "email")


class NewPasswordForm(StyledForm):
    """A password set for somebody who lost his."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("All sessions of the person end."),
    )
