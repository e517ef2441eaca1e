"""A wrong expression: where it is wrong, the word, and the nearest names that would be right."""

import difflib
from collections.abc import Iterable

from clientarium.core.ground.errors import N_, UserError

NEAREST_NAMES = 3
"""More suggestions than this are a list to read, not a hint."""

NEAREST_LIKENESS = 0.5
"""difflib's ratio from which two names look alike; its own default 0.6 misses `revenue_12` → `revenue_prev_12m`."""


class ExpressionError(UserError):
    """An expression that cannot be used. `position` counts characters from 0; `nearest` are valid names like `word`."""

    def __init__(
        self, message: str, *, position: int, word: str = "", nearest: tuple[str, ...] = (), **params: object
    ) -> None:
        self.position = position
        self.word = word
        self.nearest = nearest
        cure = N_("Perhaps: %(nearest)s.") if nearest else ""
        # The position a person counts starts from 1.
        nearest_text = ", ".join(nearest)
        super().__init__(message, cure=cure, place="", word=word, position=position + 1, nearest=nearest_text, **params)


def nearest_names(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names most like `word`, best first."""
    return tuple(difflib.get_close_matches(word.lower(), sorted(names), n=NEAREST_NAMES, cutoff=NEAREST_LIKENESS))
