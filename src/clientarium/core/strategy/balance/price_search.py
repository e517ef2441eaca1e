"""Prices at which the sellers' loads are nearly right: where the exact solver begins, so that little is left to ship."""

from typing import Any

import numpy as np

Matrix = Any


def near_prices(values: Matrix) -> Matrix:
    return np.zeros(values.shape[1])
