"""Every write on waves."""

from .approving import approve_wave, spare_clients, undo_approval
from .marking import keep_first, mark_clients
from .opening import cancel_wave, close_wave, open_wave, prolong_wave, reopen_wave

__all__ = [
    "approve_wave",
    "cancel_wave",
    "close_wave",
    "keep_first",
    "mark_clients",
    "open_wave",
    "prolong_wave",
    "reopen_wave",
    "spare_clients",
    "undo_approval",
]
