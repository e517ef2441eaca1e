"""Reading where the firm's time goes."""

from .clients import ClientLoad, ClientLoads, dearest_attention, paid_to_serve
from .load import KeyLoad, Load, ServiceLoad, counts, hours_of, load_by, load_of, service_rows
from .norms import (
    counted_norms,
    current_norms,
    norms_history,
    norms_of_services,
    norms_of_text,
    unnamed_departments,
    waits_for_pulse,
)
from .trial import NormsTrial, tried_norms, try_norms
from .whale import Whale, whale_of

__all__ = [
    "ClientLoad",
    "ClientLoads",
    "KeyLoad",
    "Load",
    "NormsTrial",
    "ServiceLoad",
    "Whale",
    "counted_norms",
    "counts",
    "current_norms",
    "dearest_attention",
    "hours_of",
    "load_by",
    "load_of",
    "norms_history",
    "norms_of_services",
    "norms_of_text",
    "paid_to_serve",
    "service_rows",
    "tried_norms",
    "try_norms",
    "unnamed_departments",
    "waits_for_pulse",
    "whale_of",
]
