"""The door of the choice: whom to take. numpy and scipy are read only when somebody asks."""

from collections.abc import Callable, Mapping, Sequence

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy.capacity.choice import Choice
from clientarium.core.strategy.capacity.contender import Contender, Resource, Weights, checked


def choose(
    contenders: Sequence[Contender],
    *,
    resources: Sequence[Resource],
    fixed: Mapping[int, bool] | None = None,
    weights: Weights | None = None,
    time_limit: float = 30.0,
    cancelled: Callable[[], bool] | None = None,
) -> Choice:
    """The choice worth most within all capacities; `fixed`: {key: taken or refused by hand}, which stand.

    Where those taken by hand need more than there is they stay, `over` says of what and by how much, and nobody else
    gets any of it. Raises UserError without contenders or capacities, and for a fixed key that is not in the list.
    """
    checked(contenders, resources)
    fixed = fixed or {}
    if unknown := set(fixed) - {one.key for one in contenders}:
        raise UserError(N_("Number %(number)s is fixed by hand but is not in the list."), number=min(unknown))
    from clientarium.core.strategy.capacity.answering import answer  # noqa: PLC0415 -- slow import: scipy

    return answer(
        contenders,
        resources,
        fixed=fixed,
        weights=weights or Weights(),
        time_limit=time_limit,
        cancelled=cancelled or _never,
    )


def _never() -> bool:
    return False
