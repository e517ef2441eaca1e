"""Names of methods → the methods: the words a choice, a report and the command line use."""

from typing import Any

from numpy.typing import NDArray

from clientarium.core.forecast.choice import Choice
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountMethod, DateMethod, StatusMethod
from clientarium.core.forecast.model_methods import ModelMethod
from clientarium.core.forecast.next_order import OwnGaps
from clientarium.core.forecast.regularity import rhythms

DEFAULT_CHOICE = Choice(counts="mbg_cnbd_k", dates="own-gaps", status="mbg_cnbd_k")


def methods_of(choice: Choice) -> tuple[CountMethod, DateMethod, StatusMethod]:
    return ModelMethod(choice.counts), OwnGaps(), ModelMethod(choice.status)


def rhythm_of(histories: Histories) -> NDArray[Any]:
    """regular, irregular or unknown for each client, text[n]."""
    return rhythms(histories).word
