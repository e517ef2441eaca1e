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


def _families(features: Sequence[Feature]) -> list[list[Feature]]:
    """What stands on the card by itself, then everything.

    What clients do nearly always tells more than who they are, and would push it out; but by who they are one can
    look for more of them.
    """
    cards = [feature for feature in features if feature.is_of_card]
    return [cards, list(features)] if cards and len(cards) < len(features) else [list(features)]


def _of_family(found: Sequence[Segment], space: Space, *, is_first: bool) -> list[Segment]:
    """The second family leaves to the first what is of the card alone."""
    if is_first:
        return list(found)
    return [one for one in found if not all(space.features[part.feature].is_of_card for part in one.selectors)]


def _whole(features: Sequence[Feature], values: "np.ndarray", *, rules: ZoneRules, rng: Any, watch: _Watch) -> Checked:
    """All clients are searched; the bar is what the same search reaches on shuffled figures."""
    scores = ranks(values)
    spaces = [Space(family, least_clients=rules.least_clients) for family in _families(features)]
    watch.at("search")(0, 1)
    met = [search(space, scores) for space in spaces]
    maxima = chance_maxima(spaces, scores, rng=rng, step=watch.at("check"), shuffles=rules.shuffles)
    bar = threshold_of(maxima, false_share=rules.false_share)
    kept: list[Kept] = []
    for space, segments in zip(spaces, met, strict=True):
        sure = [one for one in segments if abs(one.z) > bar]
        sure = _of_family(sure, space, is_first=space is spaces[0])
        kept += merged(sure, space, scores, bar=bar, most=FINALISTS)
    return [(one, adjusted_p(one.segment.z, maxima)) for one in kept], maxima, len(spaces[-1].selectors)


def _by_halves(
    features: Sequence[Feature], values: "np.ndarray", *, rules: ZoneRules, rng: Any, watch: _Watch
) -> Checked:
    """Found on one half of the clients, believed if the other half says so, too."""
    import numpy as np  # noqa: PLC0415 -- slow import

    is_first = rng.permutation(len(values)) < len(values) // 2
    step, first_scores = watch.at("search"), ranks(values[is_first])
    finalists: list[tuple[Space, Kept]] = []
    families = _families(features)
    for number, family in enumerate(families):
        step(number, len(families))
        space = Space(_part(family, is_first), least_clients=max(rules.least_clients // 2, 1))
        # The bar that the largest of so many plain normal values hardly passes.
        bar = float(np.sqrt(2 * np.log(max(len(space.selectors), 2))))
        far = [one for one in search(space, first_scores) if abs(one.z) > bar]
        far = _of_family(far, space, is_first=number == 0)
        finalists += [(space, one) for one in merged(far, space, first_scores, bar=bar, most=FINALISTS // 2)]
    tried = sum(len(feature.ranges) for feature in features)
    if not finalists:
        return [], np.zeros(0), tried
    everywhere = [_everywhere(space, one, features) for space, one in finalists]
    others, masks = ranks(values[~is_first]), [mask[~is_first] for mask in everywhere]
    maxima = checked_maxima(masks, others, rng=rng, step=watch.at("check"))
    limit = threshold_of(maxima, false_share=rules.false_share)
    sure = []
    for (_, one), mask, whole in zip(finalists, masks, everywhere, strict=True):
        again = float(others[mask].sum() / spreads(np.array([mask.sum()], dtype=float), size=len(others))[0])
        if again * one.segment.z > 0 and abs(again) > limit:
            segment = replace(one.segment, z=again)
            sure.append((Kept(segment, whole, one.similar), adjusted_p(again, maxima)))
    return sure, maxima, tried


def _everywhere(space: Space, kept: Kept, features: Sequence[Feature]) -> "np.ndarray":
    """The clients of a finding of one half, among all."""
    import numpy as np  # noqa: PLC0415 -- slow import

    by_name = {feature.name.name: feature for feature in features}
    chosen = np.ones(len(features[0].codes), dtype=bool)
    for one in kept.segment.selectors:
        codes = by_name[space.features[one.feature].name.name].codes
        chosen &= (codes >= one.low) & (codes <= one.high)
    return chosen


def _part(features: Sequence[Feature], chosen: "np.ndarray") -> list[Feature]:
    return [replace(feature, codes=feature.codes[chosen]) for feature in features]


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
