"""The people of the company: who signs in, in which role, with whose portfolio."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions import journal
from clientarium.decisions.people import User, rules
from clientarium.interfaces.web.forms import NewPasswordForm, NewUserForm, StyledForm, UserForm
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.templatetags.frame import in_words


@require_GET
@screen(rules.can_manage_users)
def page(request: HttpRequest) -> HttpResponse:
    """Everybody, those who left last."""
    people = User.objects.select_related("seller").order_by("-is_active", "name", "username")
    return render(request, "settings/users.html", {"people": people})


@require_http_methods(["GET", "POST"])
@screen(rules.can_manage_users)
def new(request: HttpRequest) -> HttpResponse:
    """Make a person who can sign in."""
    form = NewUserForm(request.POST or None, by=request.user)
    if form.is_valid() and _done(form, lambda: journal.create_user(**form.cleaned_data, by=request.user)):
        messages.success(request, _("The person can sign in now."))
        return redirect("users")
    return _form_page(request, form, title=_("New user"))


@require_http_methods(["GET", "POST"])
@screen(rules.can_manage_users)
def edit(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change the name, the role and the portfolio of a person; each change is its own line of the journal."""
    person = get_object_or_404(User, pk=user_id)
    initial = {"name": person.name, "email": person.email, "role": person.role, "seller": person.seller_id}
    form = UserForm(request.POST or None, initial=initial, by=request.user)
    if form.is_valid() and _done(form, lambda: _save(person, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("users")
    return _form_page(request, form, title=str(person), person=person)


@require_http_methods(["GET", "POST"])
@screen(rules.can_manage_users)
def password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Set another password for somebody who lost his."""
    person = get_object_or_404(User, pk=user_id)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid() and _done(
        form, lambda: journal.reset_password(person, password=form.cleaned_data["password"], by=request.user)
    ):
        messages.success(request, _("The password is changed; all sessions of the person have ended."))
        return redirect("users")
    return _form_page(request, form, title=_("New password for %(name)s") % {"name": person})


@require_POST
@screen(rules.can_manage_users)
def activity(request: HttpRequest, user_id: int) -> HttpResponse:
    """Dismiss a person, or let him in again."""
    person = get_object_or_404(User, pk=user_id)
    change = journal.deactivate_user if person.is_active else journal.reactivate_user
    try:
        change(person, by=request.user)
    except UserError as error:
        messages.error(request, _in_words(error))
    return redirect("users")


def _save(person: User, data: dict[str, Any], *, by: User) -> None:
    if (data["name"], data["email"]) != (person.name, person.email):
        journal.rename_user(person, name=data["name"], email=data["email"], by=by)
    if data["role"] != person.role:
        journal.change_role(person, role=data["role"], by=by)
    if data["seller"] != person.seller:
        journal.link_seller(person, seller=data["seller"], by=by)


def _done(form: StyledForm, write: Callable[[], object]) -> bool:
    """Whether the write went through; what it refused stands in the form."""
    try:
        write()
    except UserError as error:
        form.add_error(None, _in_words(error))
        return False
    return True


def _in_words(error: UserError) -> str:
    return " ".join(part for part in (in_words(error.message), in_words(error.cure)) if part)


def _form_page(request: HttpRequest, form: StyledForm, *, title: str, person: User | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "settings/user_form.html", {"form": form, "title": title, "person": person}, status=status)
