"""Reading potential: declared by people, computed from similar clients."""

from .computed import Peers, Potential, potential_of
from .declared import declared_of, history_visible_to

__all__ = ["Peers", "Potential", "declared_of", "history_visible_to", "potential_of"]
