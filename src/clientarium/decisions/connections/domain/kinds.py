"""Kinds of connections: each connector offers its own when the program starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clientarium.core.ground import Message, UserError

from ..choices import Purpose, SettingKind

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """One thing to fill in. `title` and `hint` are gettext ids; `fallback` names a Django setting for a secret."""

    name: str
    title: str
    kind: SettingKind = SettingKind.TEXT
    hint: str = ""
    default: Any = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    fallback: str = ""


@dataclass(frozen=True)
class ConnectionKind:
    """What a connector offers. `open(values)` gives a StatusProvider or an Intake; values include the secrets.

    `try_now(values)` looks whether the connection works, changes nothing and says what it saw. `checked` is the honest
    sentence about what the connector was tried against.
    """

    name: str
    title: str
    about: str
    checked: str
    purpose: Purpose
    settings: tuple[Setting, ...]
    open: Callable[[Values], Any]
    try_now: Callable[[Values], Message]
    icon: str = "database"

    def __post_init__(self) -> None:
        names = [setting.name for setting in self.settings]
        assert len(set(names)) == len(names), names

    @property
    def secret_names(self) -> tuple[str, ...]:
        return tuple(setting.name for setting in self.settings if setting.kind is SettingKind.SECRET)


class ConnectionFault(UserError):
    """The other side did not answer as it should; `is_permanent`: trying again changes nothing.

    `is_of_one`: only this one question failed; the next may be asked.
    """

    def __init__(
        self, message: str, *, is_permanent: bool, cure: str = "", is_of_one: bool = False, **params: object
    ) -> None:
        super().__init__(message, cure=cure, place="", **params)
        self.is_permanent = is_permanent
        self.is_of_one = is_of_one


@dataclass
class _Offered:
    kinds: dict[str, ConnectionKind] = field(default_factory=dict)


_offered = _Offered()


def offer_kind(kind: ConnectionKind) -> None:
    """Make `kind` known; called by a connector once, when the program starts."""
    assert kind.name not in _offered.kinds, kind.name
    _offered.kinds[kind.name] = kind


def offered_kinds() -> tuple[ConnectionKind, ...]:
    return tuple(_offered.kinds.values())


def kind_named(name: str) -> ConnectionKind:
    return _offered.kinds[name]
