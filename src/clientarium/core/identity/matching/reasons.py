"""Why two cards look alike or not: a line per field known on both, with its weight."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clientarium.core.identity.matched_columns import REASON
from clientarium.core.identity.matching.comparing import UNKNOWN, Levels, level_count
from clientarium.core.identity.matching.prepared import Codes, PreparedField

SAME, CLOSE, PARTLY, DIFFERENT = "same", "close", "partly", "different"
AGREEMENTS = (SAME, CLOSE, PARTLY, DIFFERENT)


def reasons_of(
    fields: Sequence[PreparedField], levels: Sequence[Levels], weights: Sequence[NDArray[np.float64]], pairs: Codes
) -> pa.Array:
    """Return a list of REASON per pair (places of left and right records), the weightiest field first."""
    known = [np.nonzero(found != UNKNOWN)[0] for found in levels]
    pair = np.concatenate(known)
    weight = np.concatenate([of_field[rows] for of_field, rows in zip(weights, known, strict=True)]) / np.log(2)
    parts = [
        (
            pa.repeat(field.name, len(rows)),
            field.shown.take(pa.array(pairs[rows, 0])),
            field.shown.take(pa.array(pairs[rows, 1])),
            _agreements(found[rows], level_count(field) - 1),
        )
        for field, found, rows in zip(fields, levels, known, strict=True)
    ]
    columns = [*map(pa.concat_arrays, zip(*parts, strict=True)), pa.array(weight)]
    order = pa.array(np.lexsort((-np.abs(weight), pair)))
    lines = pa.StructArray.from_arrays([column.take(order) for column in columns], fields=list(REASON))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(pair, minlength=len(pairs)))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), lines)


def _agreements(levels: Levels, top: int) -> pa.Array:
    """Name levels: the top one, the upper half, the lower half, the bottom."""
    names = np.select([levels == top, levels * 2 > top, levels > 0], [0, 1, 2], 3)
    return pa.array(AGREEMENTS).take(pa.array(names))
