"""Whole industries, cities and sellers' clients: how much would be missing without each."""

from dataclasses import dataclass
from functools import lru_cache

from clientarium.core.readings import Slice, slices
from clientarium.decisions.people import User

from .lottery import lottery_of
from .version import Version, base_of, current_version

FIELDS = ("segment", "city", "seller")
VALUES_SHOWN = 6
SLICES_KEPT = 8


@dataclass(frozen=True)
class NamedSlice:
    """`share` of the margin of the whole base."""

    slice: Slice
    share: float | None

    @property
    def condition(self) -> str:
        return f"{self.slice.field} = '{self.slice.value.replace(chr(39), chr(39) * 2)}'"


def slices_of(*, by: User) -> dict[str, list[NamedSlice]]:
    """Field → its dearest values; fields of the card that hold one value are left out. Raises PermissionDenied."""
    version, whole = current_version(by), lottery_of(by=by)
    found: dict[str, list[NamedSlice]] = {}
    if version is None or whole is None:
        return found
    margin = whole.outlook.margin
    for one in _slices(version):
        found.setdefault(one.field, []).append(NamedSlice(one, one.margin / margin if margin > 0 else None))
    return found


@lru_cache(maxsize=SLICES_KEPT)
def _slices(version: Version) -> tuple[Slice, ...]:
    return tuple(slices(base_of(), version.asked, fields=FIELDS, most=VALUES_SHOWN))
