"""The door of the solver: who goes to whom. numpy and scipy are read only when somebody asks."""

from collections.abc import Callable, Sequence

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy.balance.balance import Balance
from clientarium.core.strategy.balance.fit import FitRules
from clientarium.core.strategy.balance.placing import ToFill, ToPlace

Progress = Callable[[str, int, int], None]


def propose(
    to_place: Sequence[ToPlace],
    to_fill: Sequence[ToFill],
    *,
    rules: FitRules,
    time_limit: float = 60.0,
    cancelled: Callable[[], bool] | None = None,
    progress: Progress | None = None,
) -> Balance:
    """The placing worth most under all ceilings, locks kept; whoever finds no room stays in the pool.

    Raises UserError without sellers, and where a lock cannot be kept; InterruptedError when `cancelled` says so.
    """
    if not to_fill:
        raise UserError(N_("There is nobody to give clients to."), cure=N_("Name at least one working seller."))
    check_locks(to_place, to_fill)
    from clientarium.core.strategy.balance.solving import solve  # noqa: PLC0415 -- slow import: scipy

    return solve(
        to_place,
        to_fill,
        rules=rules,
        time_limit=time_limit,
        cancelled=cancelled or never,
        progress=progress or silent,
    )


def check_locks(to_place: Sequence[ToPlace], to_fill: Sequence[ToFill]) -> None:
    room = {seller.seller_id: seller.heads for seller in to_fill}
    for client in to_place:
        if client.locked is None:
            continue
        if client.locked not in room:
            raise UserError(
                N_("Client %(client)s is locked to a seller who takes no part."),
                cure=N_("Lift the lock, or let that seller take part."),
                client=client.client_id,
            )
        room[client.locked] -= 1
        if room[client.locked] < 0:
            raise UserError(
                N_("More clients are locked to one seller than his ceiling allows."),
                cure=N_("Lift some of the locks or raise his ceiling."),
            )


def never() -> bool:
    return False


def silent(step: str, done: int, total: int) -> None:
    pass
