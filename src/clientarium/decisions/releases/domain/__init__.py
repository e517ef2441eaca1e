"""Decisions about releases."""

from .deciding import decide_release
from .ending import close_release, drop_release, hand_on, reopen_release
from .stopping import stop_clients

__all__ = ["close_release", "decide_release", "drop_release", "hand_on", "reopen_release", "stop_clients"]
