"""Setting connections up, trying them, and keeping what came of the last look."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from clientarium.core.ground import N_, Message, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.runs import problem_of

from ..choices import ConnectionVerb, SettingKind
from ..models import Connection
from ..rules import can_connect
from .kinds import ConnectionKind, Setting, kind_named
from .secrets import locked, unlocked

TITLE_CHARACTERS = 200


@transaction.atomic
def save_connection(
    connection: Connection | None,
    *,
    kind: str,
    title: str,
    values: Mapping[str, Any],
    is_on: bool = True,
    by: User | None,
) -> Connection:
    """Keep a new connection or change one; a secret left empty keeps its value. `by` None is the console.

    Raises UserError for a missing or wrong value and for a title that is taken.
    """
    _require_right(by)
    offered, title = kind_named(kind), " ".join(title.split())[:TITLE_CHARACTERS]
    if not title:
        raise UserError(N_("A connection needs a name."))
    others = Connection.objects.exclude(pk=connection.pk) if connection else Connection.objects.all()
    if others.filter(title=title).exists():
        raise UserError(N_("There is a connection “%(title)s” already."), title=title)
    row = connection or Connection(kind=kind, by=by)
    kept = unlocked(row.secrets) if _is_readable(row) else {}
    secrets = kept | {name: str(values[name]) for name in offered.secret_names if values.get(name)}
    row.title, row.is_on = title, is_on
    row.settings = {one.name: _value(one, values) for one in offered.settings if one.kind is not SettingKind.SECRET}
    row.secrets = locked(secrets)
    row.is_well, row.message = None, None
    _require_secrets(offered, secrets)
    row.save()
    verb = ConnectionVerb.CONNECTION_CHANGED if connection else ConnectionVerb.CONNECTION_MADE
    changed = sorted(name for name in offered.secret_names if values.get(name))
    record(verb, target=row, by=by, data={"kind": kind, "is_on": is_on, "settings": row.settings, "secrets": changed})
    return row


@transaction.atomic
def remove_connection(connection: Connection, *, by: User | None) -> None:
    """Forget the connection, its secrets and its list of arrivals; what it loaded stays."""
    _require_right(by)
    record(ConnectionVerb.CONNECTION_REMOVED, target=connection, by=by, data={"kind": connection.kind})
    connection.delete()


def values_of(connection: Connection) -> dict[str, Any]:
    """Settings and secrets together, for the connector alone; a missing secret comes from the program's settings."""
    offered, kept = kind_named(connection.kind), unlocked(connection.secrets)
    known = {one.name: connection.settings.get(one.name, one.default) for one in offered.settings}
    for one in offered.settings:
        if one.kind is SettingKind.SECRET:
            known[one.name] = kept.get(one.name) or _fallback(one)
    return known


def has_secret(connection: Connection, name: str) -> bool:
    """Whether a secret is kept: the only thing ever said about it."""
    return _is_readable(connection) and bool(unlocked(connection.secrets).get(name))


def open_connection(connection: Connection) -> Any:
    """The connector's own object: a StatusProvider or an Intake."""
    return kind_named(connection.kind).open(values_of(connection))


def try_connection(connection: Connection, *, by: User | None) -> Connection:
    """Look whether it works and keep what was seen; never raises for a fault of the other side."""
    _require_right(by)
    try:
        seen = kind_named(connection.kind).try_now(values_of(connection))
    except UserError as error:
        return note_look(connection, is_well=False, message=problem_of(error))
    return note_look(connection, is_well=True, message=stored_message(seen))


def note_look(connection: Connection, *, is_well: bool, message: Mapping[str, Any] | None) -> Connection:
    """Keep the result of a look."""
    connection.is_well, connection.looked_at = is_well, timezone.now()
    connection.message = dict(message) if message else None
    connection.save(update_fields=["is_well", "looked_at", "message"])
    return connection


def stored_message(message: Message) -> dict[str, Any]:
    """A message as runs and connections keep it."""
    return problem_of(UserError(message.msgid, cure="", place="", **message.params))


def _require_right(by: User | None) -> None:
    if by is not None and not can_connect(by):
        raise PermissionDenied


def _is_readable(connection: Connection) -> bool:
    try:
        unlocked(connection.secrets)
    except UserError:
        return False
    return True


def _value(setting: Setting, values: Mapping[str, Any]) -> Any:
    given = values.get(setting.name, setting.default)
    if setting.kind is SettingKind.YES_NO:
        return bool(given)
    text = str(given if given is not None else "").strip()
    if setting.is_required and not text:
        raise UserError(N_("“%(field)s” has to be filled in."), field=gettext(setting.title))
    if setting.kind is SettingKind.NUMBER and text:
        return _whole_number(setting, text)
    if setting.kind is SettingKind.CHOICE and text not in dict(setting.choices):
        raise UserError(N_("“%(field)s” cannot be “%(value)s”."), field=gettext(setting.title), value=text)
    return text


def _whole_number(setting: Setting, text: str) -> int:
    if not text.isdecimal():
        raise UserError(N_("“%(field)s” is a whole number."), field=gettext(setting.title))
    return int(text)


def _require_secrets(offered: ConnectionKind, secrets: Mapping[str, str]) -> None:
    for one in offered.settings:
        if one.kind is SettingKind.SECRET and one.is_required and not (secrets.get(one.name) or _fallback(one)):
            raise UserError(N_("“%(field)s” has to be filled in."), field=gettext(one.title))


def _fallback(setting: Setting) -> str:
    return str(getattr(django_settings, setting.fallback, "")) if setting.fallback else ""
