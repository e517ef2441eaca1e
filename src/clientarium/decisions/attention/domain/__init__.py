"""Decisions about what a minute costs."""

from .norms import restore_norms, set_norms

__all__ = [
    "restore_norms",
    "set_norms",
]
