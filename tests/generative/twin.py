"""Every metric a second time: slow, obvious, in plain Python, from lists of rows. Nothing here is imported from core."""

from tests.generative.twins import (
    assortment,
    attention,
    forecast,
    money,
    payments,
    purchases,
    quality,
    rfm,
    rhythm,
    whole_base,
)
from tests.generative.twins.base import TWINS, Base

SUBJECTS = (purchases, money, rhythm, forecast, assortment, attention, payments, whole_base, rfm, quality)

__all__ = ["SUBJECTS", "TWINS", "Base"]
