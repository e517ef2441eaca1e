"""What a minute and a document cost the firm: the norms of definitions/norms.yaml.

Time-driven activity-based costing (Kaplan & Anderson, HBR 11/2004): cost = minutes x hourly cost of the department
that spends them; minutes not measured are the norm of their kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from clientarium.core.ground import N_, content_hash
from clientarium.core.metrics.definition_file import DefinitionFile, read_definitions

KINDS = ("call", "letter", "meeting", "message", "visit", "ticket", "document", "delivery", "campaign")
DEFAULT = "default"
LATER_KINDS = {"delivery": Decimal(30), "campaign": Decimal(1)}
"""Kinds younger than some companies' files, with the minutes of the packaged file: such a file goes on working."""
MINUTES_IN_HOUR = 60
MONEY_STEP = Decimal("0.0001")
THRESHOLDS_OF_FIVE_SCORES = 4


@dataclass(frozen=True)
class Norms:
    """`touch_minutes[kind][department or 'default']`, `hourly_cost[department or 'default']`,
    `document_minutes[service]` per sales document, and the fixed RFM thresholds used under `few_buyers` buyers."""

    touch_minutes: Mapping[str, Mapping[str, Decimal]]
    hourly_cost: Mapping[str, Decimal]
    document_minutes: Mapping[str, Decimal]
    default_department: str
    few_buyers: int
    recency_days: tuple[Decimal, ...]
    frequency_orders: tuple[Decimal, ...]
    monetary_multiples: tuple[Decimal, ...]
    packaged_kinds: tuple[str, ...] = ()
    """Kinds the file does not name: they take the packaged minutes."""
    hash: str = ""

    def hourly(self, department: str | None) -> Decimal:
        name = department or self.default_department
        return self.hourly_cost.get(name, self.hourly_cost[DEFAULT])

    def minutes(self, kind: str, department: str | None) -> Decimal:
        by_department = self.touch_minutes[kind]
        return by_department.get(department or self.default_department, by_department[DEFAULT])

    def minutes_per_document(self) -> Decimal:
        """Minutes all services together spend on one sales document."""
        return sum(self.document_minutes.values(), Decimal(0))

    def cost_per_document(self) -> Decimal:
        """Money per sales document, to 1/10000."""
        total = sum((minutes * self.hourly(name) for name, minutes in self.document_minutes.items()), Decimal(0))
        return (total / MINUTES_IN_HOUR).quantize(MONEY_STEP, ROUND_HALF_UP)

    def constants(self) -> dict[str, Decimal]:
        """The norms a metric's SQL may name."""
        return {
            "norm_document_minutes": self.minutes_per_document(),
            "norm_document_cost": self.cost_per_document(),
            "norm_few_buyers": Decimal(self.few_buyers),
            **_numbered("norm_recency_days", self.recency_days),
            **_numbered("norm_frequency_orders", self.frequency_orders),
            **_numbered("norm_monetary_multiple", self.monetary_multiples),
        }


CONSTANT_NAMES = frozenset(
    {"norm_document_minutes", "norm_document_cost", "norm_few_buyers"}
    | {
        f"{name}_{index + 1}"
        for name in ("norm_recency_days", "norm_frequency_orders", "norm_monetary_multiple")
        for index in range(THRESHOLDS_OF_FIVE_SCORES)
    }
)


def load_norms(path: Path) -> Norms:
    """The norms written in `path`; raises UserError with file and line."""
    file = read_definitions(path)
    file.require_keys(
        (),
        required=("touch_minutes", "hourly_cost", "document_minutes", "default_department", "rfm"),
        optional=(),
    )
    content = file.value
    rfm = content["rfm"]
    file.require_keys(
        ("rfm",),
        required=("few_buyers", "recency_days", "frequency_orders", "monetary_multiples"),
        optional=(),
    )
    touch_minutes = {kind: _amounts(file, ("touch_minutes", kind)) for kind in content["touch_minutes"]}
    packaged_kinds = tuple(kind for kind in LATER_KINDS if kind not in touch_minutes)
    touch_minutes |= {kind: {DEFAULT: LATER_KINDS[kind]} for kind in packaged_kinds}
    _require_defaults(file, touch_minutes)
    hourly_cost = _amounts(file, ("hourly_cost",))
    if DEFAULT not in hourly_cost:
        raise file.error(("hourly_cost",), N_("“%(word)s” needs a line “default”."), word="hourly_cost")
    return Norms(
        touch_minutes=touch_minutes,
        hourly_cost=hourly_cost,
        document_minutes=_amounts(file, ("document_minutes",)),
        default_department=str(content["default_department"]),
        few_buyers=int(rfm["few_buyers"]),
        recency_days=_thresholds(file, rfm, "recency_days"),
        frequency_orders=_thresholds(file, rfm, "frequency_orders"),
        monetary_multiples=_thresholds(file, rfm, "monetary_multiples"),
        packaged_kinds=packaged_kinds,
        hash=content_hash(file.text),
    )


def _numbered(name: str, values: tuple[Decimal, ...]) -> dict[str, Decimal]:
    return {f"{name}_{index + 1}": value for index, value in enumerate(values)}


def _require_defaults(file: DefinitionFile, touch_minutes: Mapping[str, Mapping[str, Decimal]]) -> None:
    for kind in KINDS:
        if DEFAULT not in touch_minutes.get(kind, {}):
            raise file.error(("touch_minutes",), N_("“%(word)s” needs a line “default”."), word=kind)


def _amounts(file: DefinitionFile, path: tuple[str, ...]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    section = file.at(*path)
    if not isinstance(section, dict):
        raise file.error(path, N_("“%(word)s” must list amounts by name."), word=path[-1])
    for name, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise file.error((*path, str(name)), N_("“%(word)s” is not an amount."), word=str(value))
        found[str(name)] = Decimal(str(value))
    return found


def _thresholds(file: DefinitionFile, rfm: Mapping[str, object], name: str) -> tuple[Decimal, ...]:
    values = rfm[name]
    is_list = isinstance(values, list) and len(values) == THRESHOLDS_OF_FIVE_SCORES
    if not is_list or any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):  # type: ignore[attr-defined]
        raise file.error(("rfm", name), N_("“%(word)s” needs four numbers."), word=name)
    return tuple(Decimal(str(value)) for value in values)  # type: ignore[attr-defined]
