"""Run by the peers' own Python: `python rhythm_peers.py NAME FILE TIMES` fits BG/NBD and prints what it found as JSON.

FILE: csv with x, t_x, T in weeks. The best of TIMES runs counts; importing the library does not.
"""

import json
import sys
import time
import warnings
from typing import Any

import pandas as pd

warnings.simplefilter("ignore")


def by_lifetimes(clients: pd.DataFrame) -> dict[str, float]:
    from lifetimes import BetaGeoFitter

    model = BetaGeoFitter()
    model.fit(clients["x"], clients["t_x"], clients["T"])
    return dict(model.params_)


def by_pymc_marketing(clients: pd.DataFrame) -> dict[str, float]:
    """The maximum a posteriori under the library's default priors: near the maximum of likelihood, not at it."""
    from pymc_marketing import clv

    renamed = clients.rename(columns={"x": "frequency", "t_x": "recency"})
    renamed["customer_id"] = range(len(renamed))
    model = clv.BetaGeoModel(data=renamed)
    model.fit(method="map", progressbar=False)
    return {name: float(model.fit_result[name].values.mean()) for name in ("r", "alpha", "a", "b")}


FITTERS = {"lifetimes": by_lifetimes, "pymc-marketing": by_pymc_marketing}


def main() -> None:
    name, path, times = sys.argv[1:]
    clients = pd.read_csv(path)
    FITTERS[name](clients.head(200))  # imports and first compilation are not the fit
    runs: list[float] = []
    found: dict[str, Any] = {}
    for _ in range(int(times)):
        started = time.perf_counter()
        found = FITTERS[name](clients)
        runs.append(time.perf_counter() - started)
    print(
        json.dumps({"seconds": min(runs), "runs": runs, **{key: float(found[key]) for key in ("r", "alpha", "a", "b")}})
    )


if __name__ == "__main__":
    main()
