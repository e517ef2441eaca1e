"""From rows of clients to zones: cut into conditions, search, check against chance, merge, weigh."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clientarium.core.ground.expressions import Name
from clientarium.core.strategy.zones.checking import (
    adjusted_p,
    chance_maxima,
    checked_maxima,
    spreads,
    threshold_of,
)
from clientarium.core.strategy.zones.features import Feature, feature_of
from clientarium.core.strategy.zones.merging import Kept, merged
from clientarium.core.strategy.zones.search import Segment, Space, ranks, search
from clientarium.core.strategy.zones.target import ZoneTarget
from clientarium.core.strategy.zones.weighing import Weighed, weigh
from clientarium.core.strategy.zones.zone import (
    ZONE_BOTTOM,
    ZONE_MONEY,
    ZONE_SCORE,
    ZONE_TOP,
    Method,
    Zone,
    ZoneRules,
    ZoneSearch,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

WHOLE_UP_TO = 6_000
"""Up to so many clients the whole search is repeated on shuffled figures: it loses no clients. Above, halves do."""

FINALISTS = 40
"""Findings of the one half that are tried on the other: the fewer, the lower the bar."""

FIGURES = (ZONE_TOP, ZONE_BOTTOM, ZONE_SCORE, ZONE_MONEY)

Progress = Callable[[str, int, int], None]


class ZonesCancelled(Exception):
    """Somebody stopped the search."""


@dataclass(frozen=True)
class _Watch:
    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def at(self, phase: str) -> Callable[[int, int], None]:
        def step(done: int, total: int) -> None:
            if self.cancelled is not None and self.cancelled():
                raise ZonesCancelled
            if self.progress is not None:
                self.progress(phase, done, total)

        return step


def find_zones(
    rows: "pa.Table",
    *,
    target: ZoneTarget,
    names: Sequence[Name],
    rules: ZoneRules | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ZoneSearch:
    """The zones of `target` among `rows` (one a client): conditions on `names` under which it is far from the rest.

    Raises ZonesCancelled.
    """
    began, rules = time.monotonic(), rules or ZoneRules()
    watch = _Watch(progress, cancelled)
    found = _found(rows, target=target, names=names, rules=rules, watch=watch)
    return replace(found, seconds=round(time.monotonic() - began, 2))


def _found(
    rows: "pa.Table", *, target: ZoneTarget, names: Sequence[Name], rules: ZoneRules, watch: _Watch
) -> ZoneSearch:
    import numpy as np  # noqa: PLC0415 -- slow import

    size = rows.num_rows
    method: Method = "shuffle" if size <= WHOLE_UP_TO else "holdout"
    nothing = ZoneSearch((), method, size, 0, 0, None)
    if size < 2 * rules.least_clients:
        return replace(nothing, reason="few")
    figures = {name: rows[name].to_numpy(zero_copy_only=False).astype(float) for name in FIGURES}
    bottom = figures[ZONE_BOTTOM].sum()
    nothing = replace(nothing, value=float(figures[ZONE_TOP].sum() / bottom - target.minus) if bottom else None)
    if np.all(figures[ZONE_SCORE] == figures[ZONE_SCORE][0]):
        return replace(nothing, reason="same")
    features = _features(rows, names, step=watch.at("read"))
    if not features:
        return replace(nothing, reason="no_words")
    rng = np.random.default_rng(rules.seed)
    halves = _whole if method == "shuffle" else _by_halves
    kept, maxima, tried = halves(features, figures[ZONE_SCORE], rules=rules, rng=rng, watch=watch)
    bar = threshold_of(maxima, false_share=rules.false_share)
    weighed = [(one, weigh(one.mask, figures, target=target, rules=rules)) for one, _ in kept]
    p_values = [p_value for _, p_value in kept]
    zones = [_zone(one, worth, p) for (one, worth), p in zip(weighed, p_values, strict=True) if worth.is_worth_naming]
    zones.sort(key=lambda zone: -abs(zone.worth))
    return replace(
        nothing,
        zones=tuple(zones[: rules.most]),
        words=len(features),
        tried=tried,
        bar=round(bar, 2),
        small=len(kept) - len(zones),
        shuffles=len(maxima),
    )


def _features(rows: "pa.Table", names: Sequence[Name], *, step: Callable[[int, int], None]) -> list[Feature]:
    features = []
    for number, name in enumerate(names):
        step(number, len(names))
        if name.name in rows.column_names and (feature := feature_of(name, rows[name.name].combine_chunks())):
            features.append(feature)
    return features


Checked = tuple[list[tuple[Kept, float]], Any, int]


def _whole(features: Sequence[Feature], values: "np.ndarray", *, rules: ZoneRules, rng: Any, watch: _Watch) -> Checked:
    """All clients are searched; the bar is what the same search reaches on shuffled figures."""
    space, scores = Space(features, least_clients=rules.least_clients), ranks(values)
    met = search(space, scores)
    maxima = chance_maxima(space, scores, rng=rng, step=watch.at("check"), shuffles=rules.shuffles)
    bar = threshold_of(maxima, false_share=rules.false_share)
    sure = [one for one in met if abs(one.z) > bar]
    kept = merged(sure, space, scores, bar=bar, most=FINALISTS)
    return [(one, adjusted_p(one.segment.z, maxima)) for one in kept], maxima, len(space.selectors)


def _by_halves(
    features: Sequence[Feature], values: "np.ndarray", *, rules: ZoneRules, rng: Any, watch: _Watch
) -> Checked:
    """Found on one half of the clients, believed if the other half says so, too."""
    import numpy as np  # noqa: PLC0415 -- slow import

    is_first = rng.permutation(len(values)) < len(values) // 2
    step = watch.at("search")
    step(0, 1)
    first, scores = _part(features, values, is_first, rules=rules)
    met = search(first, scores)
    # The bar that the largest of so many plain normal values hardly passes.
    bar = float(np.sqrt(2 * np.log(max(len(first.selectors), 2))))
    step(1, 1)
    finalists = merged([one for one in met if abs(one.z) > bar], first, scores, bar=bar, most=FINALISTS)
    second, others = _part(features, values, ~is_first, rules=rules)
    masks = [second.mask(one.segment.selectors) for one in finalists]
    if not masks:
        return [], np.zeros(0), len(first.selectors)
    maxima = checked_maxima(masks, others, rng=rng, step=watch.at("check"))
    counts = np.array([mask.sum() for mask in masks], dtype=float)
    sums = np.array([others[mask].sum() for mask in masks])
    z = sums / spreads(counts, size=len(others))
    whole, limit = (
        Space(features, least_clients=rules.least_clients),
        threshold_of(maxima, false_share=rules.false_share),
    )
    sure = []
    for one, again in zip(finalists, z, strict=True):
        if again * one.segment.z > 0 and abs(again) > limit:
            segment = Segment(one.segment.selectors, one.segment.clients, float(again))
            sure.append((Kept(segment, whole.mask(segment.selectors), one.similar), adjusted_p(again, maxima)))
    return sure, maxima, len(first.selectors)


def _part(
    features: Sequence[Feature], values: "np.ndarray", chosen: "np.ndarray", *, rules: ZoneRules
) -> tuple[Space, "np.ndarray"]:
    part = [replace(feature, codes=feature.codes[chosen]) for feature in features]
    return Space(part, least_clients=max(rules.least_clients // 2, 1)), ranks(values[chosen])


def _zone(kept: Kept, worth: Weighed, p_value: float) -> Zone:
    segment = kept.segment
    return Zone(
        expression=segment.text,
        conditions=len(segment.selectors),
        clients=int(kept.mask.sum()),
        value=worth.value,
        rest=worth.rest,
        low=worth.low,
        high=worth.high,
        money=worth.money,
        money_share=worth.money_share,
        weight_share=worth.weight_share,
        worth=worth.worth,
        z=round(segment.z, 2),
        p_value=round(p_value, 4),
        similar=tuple(one.text for one in kept.similar),
    )
