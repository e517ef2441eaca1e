"""Columns cut into few codes, so that every condition of a zone is a range of codes of one column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clientarium.core.ground.expressions import Name, ValueType, literal_text

if TYPE_CHECKING:
    import numpy as np

BANDS = 5
"""Fifths: enough to find where a zone begins, few enough not to fit noise."""

MOST_VALUES = 40
"""Values of a text looked at, the most frequent first."""

DIGITS = 2
"""Edges are rounded to two figures, as people say them: 48 213 becomes 48 000."""

SAMPLED = 100_000
"""Clients by whom edges are chosen; more would move no edge by a rounded figure."""

UNKNOWN = 0
"""The code of what is not known, and of rare values: no condition speaks of them."""


CARD_WORDS = frozenset({"city", "segment", "seller", "is_stopped", "has_bad_review"})
OWN_FIELD = "f_"


@dataclass(frozen=True)
class Selector:
    """One condition: codes `low`…`high` of column `feature`, as `text` of the expression language."""

    feature: int
    low: int
    high: int
    text: str


@dataclass(frozen=True)
class Feature:
    """One word with the code of each client and the conditions that may be made of it."""

    name: Name
    codes: "np.ndarray" = field(repr=False)
    size: int
    ranges: tuple[tuple[int, int, str], ...]

    @property
    def is_of_card(self) -> bool:
        """Who he is, not what he does: known before the first order, so one can look for more like him."""
        return self.name.name in CARD_WORDS or self.name.name.startswith(OWN_FIELD)


def feature_of(name: Name, values: Any) -> Feature | None:
    """`values` are an Arrow column; None where it says the same of everybody."""
    if name.type is ValueType.BOOLEAN or name.type is ValueType.TEXT:
        return _listed(name, values)
    return _banded(name, values)


def selectors_of(features: Sequence[Feature]) -> Iterator[Selector]:
    for number, feature in enumerate(features):
        for low, high, text in feature.ranges:
            yield Selector(number, low, high, text)


def _listed(name: Name, values: Any) -> Feature | None:
    import numpy as np  # noqa: PLC0415 -- slow import
    import pyarrow.compute as pc  # noqa: PLC0415 -- slow import

    counted = [one for one in pc.value_counts(values).to_pylist() if one["values"] is not None]
    counted.sort(key=lambda one: (-one["counts"], str(one["values"])))
    kept = [one["values"] for one in counted[:MOST_VALUES]]
    if name.type is ValueType.BOOLEAN:
        kept = kept[1:]  # the rarer of the two tells more
    if not kept or (len(counted) == 1 and counted[0]["counts"] == len(values)):
        return None
    found = pc.index_in(values, value_set=_like(values, kept))
    codes = pc.fill_null(pc.add(found, 1), 0).to_numpy(zero_copy_only=False).astype(np.int16)
    if name.type is ValueType.BOOLEAN:
        texts = [name.name if value else f"not {name.name}" for value in kept]
    else:
        texts = [f"{name.name} = {literal_text(value)}" for value in kept]
    ranges = tuple((code, code, text) for code, text in enumerate(texts, start=1))
    return Feature(name, codes, len(kept) + 1, ranges)


def _like(values: Any, kept: list[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 -- slow import

    return pa.array(kept, values.type)


def _banded(name: Name, values: Any) -> Feature | None:
    import numpy as np  # noqa: PLC0415 -- slow import

    numbers = values.to_numpy(zero_copy_only=False).astype(float)
    known = ~np.isnan(numbers)
    edges = _edges(numbers[known], is_whole=name.type is ValueType.INTEGER)
    if not edges:
        return None
    codes = np.where(known, np.searchsorted(np.array(edges), numbers, side="right") + 1, UNKNOWN).astype(np.int16)
    last = len(edges) + 1
    ranges = [(1, code, f"{name.name} < {_said(edges[code - 1])}") for code in range(1, last)]
    ranges += [(code + 1, last, f"{name.name} >= {_said(edges[code - 1])}") for code in range(1, last)]
    for code in range(2, last):
        low, high = edges[code - 2], edges[code - 1]
        if name.type is ValueType.INTEGER and high - 1 == low:
            text = f"{name.name} = {_said(low)}"
        elif name.type is ValueType.INTEGER:
            text = f"{name.name} between {_said(low)} and {_said(high - 1)}"
        elif not (numbers == high).any():
            text = f"{name.name} between {_said(low)} and {_said(high)}"
        else:
            text = f"{name.name} >= {_said(low)} and {name.name} < {_said(high)}"
        ranges.append((code, code, text))
    return Feature(name, codes, last + 1, tuple(ranges))


def _edges(numbers: "np.ndarray", *, is_whole: bool) -> list[float]:
    """Rounded borders between fifths that leave somebody on either side."""
    import numpy as np  # noqa: PLC0415 -- slow import

    if not len(numbers):
        return []
    sample = numbers[:: max(1, len(numbers) // SAMPLED)]
    cuts = np.quantile(sample, [step / BANDS for step in range(1, BANDS)])
    rounded = {_rounded(float(cut), is_whole=is_whole) for cut in cuts}
    least, most = float(numbers.min()), float(numbers.max())
    return sorted(edge for edge in rounded if least < edge <= most)


def _rounded(number: float, *, is_whole: bool) -> float:
    if number == 0:
        return 0.0
    rounded = float(f"{number:.{DIGITS}g}")
    return float(round(rounded)) if is_whole else rounded


def _said(number: float) -> str:
    exact = Decimal(repr(number)).normalize() + 0
    return format(exact, "f")
