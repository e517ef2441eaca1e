"""Names of methods → the methods: the words a choice, a report and the command line use."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.choice import Choice
from clientarium.core.forecast.count_rules import Hiatus, LastWindow
from clientarium.core.forecast.first_methods import GammaDates
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountMethod, DateMethod, StatusMethod

DEFAULT_CHOICE = Choice(counts="last_window", dates="gamma", status="hiatus")


def methods_of(choice: Choice) -> tuple[CountMethod, DateMethod, StatusMethod]:
    return LastWindow(), GammaDates(), Hiatus()


def rhythm_of(histories: Histories) -> NDArray[Any]:
    """regular, irregular or unknown for each client, text[n]."""
    return np.full(histories.size, "unknown")
