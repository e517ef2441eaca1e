"""Connections: what is set up, how each is, what came through it, and a button to try it now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import Message, UserError
from clientarium.decisions.connections import (
    Arrival,
    Connection,
    ConnectionKind,
    Purpose,
    arrivals,
    can_connect,
    connections,
    offered_kinds,
    remove_connection,
    save_connection,
    start_watch,
    try_connection,
)
from clientarium.decisions.runs import message_of
from clientarium.interfaces.web.connection_form import ConnectionForm
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen

ARRIVALS_SHOWN = 50


@dataclass(frozen=True)
class ConnectionRow:
    """A connection with its kind and what the last look said."""

    connection: Connection
    kind: ConnectionKind
    message: Message | None
    cure: Message | None

    @property
    def is_intake(self) -> bool:
        return self.kind.purpose is Purpose.INTAKE


@dataclass(frozen=True)
class ArrivalRow:
    """A file that came, and what became of it."""

    arrival: Arrival
    message: Message | None
    cure: Message | None
    problem: Message | None


@require_GET
@screen(can_connect)
def page(request: HttpRequest) -> HttpResponse:
    """Every connection with its last result, and the files that came."""
    kinds = {kind.name: kind for kind in offered_kinds()}
    rows = [ConnectionRow(one, kinds[one.kind], *_words(one.message)) for one in connections() if one.kind in kinds]
    came = [ArrivalRow(one, *_words(one.message), _words(one.answer_problem)[0]) for one in arrivals()[:ARRIVALS_SHOWN]]
    context = {"rows": rows, "kinds": kinds.values(), "arrivals": came}
    return render(request, "connections/page.html", context)


@require_http_methods(["GET", "POST"])
@screen(can_connect)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Set one up; it is tried at once, so that a wrong password shows itself here."""
    offered = _kind(kind)
    form = ConnectionForm(request.POST or None, kind=offered, connection=None)
    return _saved(request, form, kind=offered, connection=None)


@require_http_methods(["GET", "POST"])
@screen(can_connect)
def edit(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Change one; secrets are kept where they are left empty."""
    connection = get_object_or_404(Connection, pk=connection_id)
    offered = _kind(connection.kind)
    form = ConnectionForm(request.POST or None, kind=offered, connection=connection)
    return _saved(request, form, kind=offered, connection=connection)


@require_POST
@screen(can_connect)
def try_out(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Look whether it works; nothing is changed."""
    connection = get_object_or_404(Connection, pk=connection_id)
    _tell(request, try_connection(connection, by=request.user))
    return redirect("connections")


@require_POST
@screen(can_connect)
def look(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Queue a look for new files now."""
    connection = get_object_or_404(Connection, pk=connection_id)
    if _kind(connection.kind).purpose is not Purpose.INTAKE:
        raise Http404
    start_watch(by=request.user, connection=connection)
    messages.success(request, _("“%(title)s” is being looked into.") % {"title": connection.title})
    return redirect("connections")


@require_POST
@screen(can_connect)
def remove(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Forget a connection with its secrets."""
    connection = get_object_or_404(Connection, pk=connection_id)
    remove_connection(connection, by=request.user)
    messages.success(request, _("The connection “%(title)s” is removed.") % {"title": connection.title})
    return redirect("connections")


def _saved(
    request: HttpRequest, form: ConnectionForm, *, kind: ConnectionKind, connection: Connection | None
) -> HttpResponse:
    if form.is_valid():
        about: dict[str, Any] = {"title": form.cleaned_data["title"], "is_on": form.cleaned_data["is_on"]}
        try:
            saved = save_connection(connection, kind=kind.name, values=form.values(), by=request.user, **about)
        except UserError as error:
            form.add_error(None, said(error))
        else:
            _tell(request, try_connection(saved, by=request.user))
            return redirect("connections")
    context = {"form": form, "kind": kind, "connection": connection}
    return render(request, "connections/form.html", context, status=422 if form.is_bound else 200)


def _tell(request: HttpRequest, connection: Connection) -> None:
    message, cure = _words(connection.message)
    text = " ".join(_(part.msgid) % part.params if part.params else _(part.msgid) for part in (message, cure) if part)
    (messages.success if connection.is_well else messages.error)(request, f"{connection.title}: {text}")


def _kind(name: str) -> ConnectionKind:
    found = next((kind for kind in offered_kinds() if kind.name == name), None)
    if found is None:
        raise Http404
    return found


def _words(problem: dict[str, Any] | None) -> tuple[Message | None, Message | None]:
    return message_of(problem) if problem else (None, None)
