"""The methods for counts and for status by name: what competes in a backtest and what a choice may name."""

from collections.abc import Mapping

from clientarium.core.forecast.blends import Paired, ThreeWay, WindowBlend
from clientarium.core.forecast.boosting import Boosted
from clientarium.core.forecast.count_rules import BaseMean, Hiatus, LastWindow, PastAverage
from clientarium.core.forecast.methods import CountMethod, StatusMethod
from clientarium.core.forecast.model_methods import MODELS, ModelMethod
from clientarium.core.forecast.recalibration import Recalibrated

PAIR = "+"
"""Between the name of a method for typical counts and that of another for expected ones."""

_RULES: tuple[CountMethod, ...] = (LastWindow(), Hiatus(), PastAverage(), BaseMean())
_BLENDS: tuple[CountMethod, ...] = (WindowBlend(), ThreeWay(), Recalibrated(), Boosted())

COUNT_METHODS: Mapping[str, CountMethod] = {
    method.name: method for method in (*_RULES, *(ModelMethod(name) for name in MODELS), *_BLENDS)
}
STATUS_METHODS: Mapping[str, StatusMethod] = {
    "hiatus": Hiatus(),
    **{name: ModelMethod(name) for name in MODELS if name != "nbd"},
}
"""Nobody ever leaves an NBD: it has nothing to say of status."""


def count_method(name: str) -> CountMethod:
    """The method `name` of COUNT_METHODS, or "typical+expected" of two of them; KeyError for a name unknown."""
    typical, _, expected = name.partition(PAIR)
    return Paired(COUNT_METHODS[typical], COUNT_METHODS[expected]) if expected else COUNT_METHODS[typical]


def status_method(name: str) -> StatusMethod:
    """The method `name` of STATUS_METHODS; KeyError for a name unknown."""
    return STATUS_METHODS[name]


def paired_name(typical: str, expected: str) -> str:
    """Trees put right their own total: with them in both places there is nothing to pair."""
    return typical if typical == expected == "boosted" else f"{typical}{PAIR}{expected}"
