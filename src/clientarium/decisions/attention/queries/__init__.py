"""Reading where the firm's time goes."""

from .load import KeyLoad, Load, ServiceLoad, counts, hours_of, load_by, load_of, service_rows
from .norms import counted_norms, current_norms, norms_history, norms_of_text, waits_for_pulse

__all__ = [
    "KeyLoad",
    "Load",
    "ServiceLoad",
    "counted_norms",
    "counts",
    "current_norms",
    "hours_of",
    "load_by",
    "load_of",
    "norms_history",
    "norms_of_text",
    "service_rows",
    "waits_for_pulse",
]
