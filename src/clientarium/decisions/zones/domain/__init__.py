"""What is done about growth zones: searched for, made segments."""

from .saving import save_zone
from .searching import abandon_search, search_now, start_search, zones_run

__all__ = ["abandon_search", "save_zone", "search_now", "start_search", "zones_run"]
