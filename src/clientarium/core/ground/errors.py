"""What can go wrong and be mended by the person who reads the message.

Core knows no translation machinery: a message is an English gettext id with parameters, and the interfaces
translate it (`N_` only marks the id for extraction).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(msgid: str) -> str:  # noqa: N802 -- gettext's own name for "mark, do not translate here"
    """Mark `msgid` for extraction; it is translated where it is shown."""
    return msgid


@dataclass(frozen=True)
class Message:
    """A sentence for a person: an English gettext id with named parameters (`%(name)s`)."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.params if self.params else self.msgid


class UserError(Exception):
    """Something the user can fix: says what is wrong, where, and what to do about it."""

    def __init__(self, message: str, *, cure: str = "", place: str = "", **params: object) -> None:
        self.message = Message(message, params)
        self.cure = Message(cure, params) if cure else None
        self.place = place
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [self.place + ":" if self.place else "", str(self.message), str(self.cure) if self.cure else ""]
        return " ".join(part for part in parts if part)
