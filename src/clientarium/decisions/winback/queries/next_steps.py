"""When the next step with a client in win-back is due: for the seller's day."""

from collections.abc import Sequence

from clientarium.decisions.contacts import WinBackStep

from .cases import open_cases_of

IDS_PER_QUERY = 500


def next_steps_of(client_ids: Sequence[int]) -> dict[int, WinBackStep]:
    """By client: the agreed day, or the day he was given out where nobody has asked him yet; buyers are left out."""
    found = {}
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        for client_id, case in open_cases_of(client_ids[start : start + IDS_PER_QUERY]).items():
            if case.first_purchase_on is None:
                money = None if case.expected is None else float(case.expected)
                found[client_id] = WinBackStep(case.next_on or case.opened_on, money)
    return found
