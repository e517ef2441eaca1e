"""Open tasks go with the client: lines of planned days and win-back cases. Agreed dates follow him by themselves.

Clock exceptions and declared potential are the client's own: nothing has to move.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from clientarium.decisions.contacts import hand_calls, unhand_calls
from clientarium.decisions.winback import hand_back, hand_cases


def hand_tasks(sellers: Mapping[int, int | None], *, since: date) -> dict[str, Any]:
    """Give the open tasks of client → seller to the seller; what is returned puts them back. Within a transaction."""
    return {"calls": hand_calls(sellers, since=since), "cases": hand_cases(sellers)}


def unhand_tasks(kept: Mapping[str, Any], *, clients: Collection[int]) -> None:
    """Put back those of `clients`, where they are still open."""
    unhand_calls(kept.get("calls", []), clients=clients)
    hand_back(kept.get("cases", []), clients=clients)
