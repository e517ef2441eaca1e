"""Statuses of firms and connections from the command line; imported only when a home is open."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import LegalEntity
from clientarium.decisions.connections import Connection, connections, kind_named, try_connection
from clientarium.decisions.people import Role, User
from clientarium.decisions.runs import message_of, receive_file, run_now
from clientarium.decisions.statuses import (
    Requisites,
    StatusProvider,
    alerts_visible_to,
    provider_of,
    register_connection,
    set_status,
    start_check,
    start_reading,
)

from .language import _, sentence
from .progress import Listener
from .running import finished

ALERT_COLUMNS = ("client", "firm", "inn", "status", "since", "margin_12m", "noticed_at")


def alert_rows() -> list[dict[str, Any]]:
    """Every open alert, as the owner of the firm sees them."""
    everybody = User(username="console", role=Role.OWNER, is_active=True)
    rows = []
    for alert in alerts_visible_to(everybody):
        change = alert.change
        values = (alert.client.name, change.entity.name, change.entity.inn, change.after, change.status_on)
        rows.append(dict(zip(ALERT_COLUMNS, (*values, alert.margin_12m, change.noticed_at), strict=True)))
    return rows


def checked(*, is_everything: bool, listener: Listener) -> dict[str, Any]:
    return finished(run_now(start_check(by=None, is_everything=is_everything), listener=listener))


def file_read(path: Path, *, listener: Listener) -> dict[str, Any]:
    with path.open("rb") as stream:
        received = receive_file(stream, name=path.name, by=None)
    return finished(run_now(start_reading(received, by=None), listener=listener))


def set_everywhere(inn: str, status: str, *, kpp: str, on: date | None, reason: str) -> list[str]:
    """The names of the firms whose status was set. Raises UserError where the base has none with this number."""
    found = LegalEntity.objects.filter(inn=inn).select_related("client")
    entities = list(found.filter(kpp=kpp) if kpp else found)
    if not entities:
        raise UserError(N_("No client of the base has INN %(inn)s."), inn=inn)
    for entity in entities:
        set_status(entity, status, on=on, reason=reason, by=None)
    return [str(entity) for entity in entities]


def asked_live(inn: str, *, token: str) -> dict[str, Any]:
    """One question to the connected register, or to DaData with `token` or the one of the settings."""
    answer = _live_provider(token).ask(Requisites(inn))
    status = str(answer.status) if answer.status else None
    return {"inn": inn, "name": answer.name, "status": status, "since": answer.status_on, "ogrn": answer.ogrn}


def connection_rows(only: Sequence[Connection] | None = None) -> list[dict[str, Any]]:
    return [_row(one) for one in (connections() if only is None else only)]


def tried_rows(title: str) -> list[dict[str, Any]]:
    """Try one or all; raises UserError for an unknown name."""
    found = list(connections().filter(title=title) if title else connections())
    if title and not found:
        raise UserError(N_("There is no connection “%(title)s”."), title=title)
    return connection_rows([try_connection(one, by=None) for one in found])


def _live_provider(token: str) -> StatusProvider:
    connection = register_connection()
    known = token or settings.CLIENTARIUM_DADATA_TOKEN
    if known:
        provider: StatusProvider = kind_named("dadata").open({"token": known})
        return provider
    if connection is None:
        raise UserError(
            N_("No register is connected."),
            cure=N_("Set CLIENTARIUM_DADATA_TOKEN, or give a token with --token-stdin."),
        )
    return provider_of(connection)


def _row(connection: Connection) -> dict[str, Any]:
    message, cure = message_of(connection.message) if connection.message else (None, None)
    words = " ".join(sentence(part) for part in (message, cure) if part)
    return {
        "title": connection.title,
        "kind": _(kind_named(connection.kind).title),
        "is_on": connection.is_on,
        "is_well": connection.is_well,
        "result": words,
        "looked_at": connection.looked_at,
    }
