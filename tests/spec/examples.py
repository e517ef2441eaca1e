"""A spec is a small table in and an answer out. It is checked as a test and printed as a page of the manual."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from clientarium.core.metrics import Catalogue, compute, load_catalogue
from tests.spec.tables import NORMS, Facts, MemoryEngine, cards_table, clients_table, forecast_table, parse_table

SPEC_FOLDER = Path(__file__).parent
TABLES = ("sales", "touches", "payments", "products")
CLOSE = 1e-9


@cache
def packaged_catalogue() -> Catalogue:
    return load_catalogue()


@dataclass(frozen=True)
class Example:
    """What one call of `spec` says: the tables, the date, and each client's value of each metric."""

    as_of: str
    tables: Mapping[str, str]
    expected: Mapping[str, Mapping[str, Any]]
    says: str = ""


@dataclass
class Spec:
    """The `spec` fixture: calculates the metric on the tables and compares it with what is expected.

    `sales` is a pipe table (client, sold_on, revenue, and doc, cost, discount, product, source where they matter);
    `forecast` one of what the forecast says of each client and `cards` one of what checks of his card found, in their
    own columns.
    `expected` is {client: value} for the metric named, or a pipe table of clients and several metrics.
    """

    examples: list[Example] = field(default_factory=list)
    is_recording: bool = False

    def __call__(
        self, sales: str, metric: str = "", *, as_of: str, expected: Mapping[str, Any] | str, **tables: str
    ) -> None:
        answers = _by_metric(expected) if isinstance(expected, str) else {metric: dict(expected)}
        example = Example(as_of, {"sales": sales, **tables}, answers)
        self.examples.append(example)
        if not self.is_recording:
            assert computed(example) == expected_values(example)


def _by_metric(text: str) -> dict[str, dict[str, Any]]:
    rows = parse_table(text)
    metrics = [name for name in rows[0] if name != "client"]
    return {metric: {str(row["client"]): row[metric] for row in rows} for metric in metrics}


def computed(example: Example) -> dict[str, dict[str, Any]]:
    """The engine's values of the example's metrics for the clients it expects an answer for."""
    facts = Facts()
    for table in TABLES:
        if example.tables.get(table):
            facts.add(table, example.tables[table])
    told = {name: _told_rows(example, name, facts) for name in ("forecast", "cards")}
    wanted = {name for answers in example.expected.values() for name in answers}
    ids = [facts.client_id(name) for name in (*facts.names.values(), *sorted(wanted - set(facts.names.values())))]
    engine = MemoryEngine(facts)
    relation = compute(
        engine,
        packaged_catalogue(),
        as_of=date.fromisoformat(example.as_of),
        norms=NORMS,
        clients=clients_table(ids),
        forecast=forecast_table(told["forecast"]),
        cards=cards_table(told["cards"]),
        only=example.expected,
    )
    found = {facts.names[row["client_id"]]: row for row in engine.rows(f"SELECT * FROM {relation}")}
    return {
        metric: {name: found[name][metric] if name in found else "no such client" for name in answers}
        for metric, answers in example.expected.items()
    }


def _told_rows(example: Example, name: str, facts: Facts) -> list[dict[str, Any]]:
    text = example.tables.get(name)
    rows = parse_table(text) if text else []
    return [{**row, "client_id": facts.client_id(str(row["client"]))} for row in rows]


@dataclass(frozen=True, eq=False)
class Close:
    """A double that equals every double next to it."""

    value: float

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Decimal):
            return abs(Decimal(str(self.value)) - other) <= Decimal("0.0001")
        return isinstance(other, int | float) and abs(self.value - other) <= CLOSE * max(1.0, abs(self.value))


def expected_values(example: Example) -> dict[str, dict[str, Any]]:
    catalogue = packaged_catalogue()
    return {
        metric: {name: _typed(catalogue.metrics[metric].type.value, value) for name, value in answers.items()}
        for metric, answers in example.expected.items()
    }


def _typed(kind: str, value: Any) -> Any:
    if value is None or value == "null":
        return None
    readers: dict[str, Callable[[str], Any]] = {
        "date": date.fromisoformat,
        "integer": int,
        "boolean": lambda text: text in ("yes", "True"),
        "money": lambda text: Decimal(text.replace(" ", "")),
        "number": lambda text: Close(fraction(text)),
        "text": str,
    }
    return readers[kind](str(value))


def fraction(text: str) -> float:
    """`2/3` → 0.666…: a share is easier to check by hand as a fraction."""
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def collect_examples(folder: Path = SPEC_FOLDER) -> dict[str, list[Example]]:
    """Every metric's examples, in the order of files and functions; the specs are read, not run."""
    found: dict[str, list[Example]] = {}
    for path in sorted(folder.glob("*/test_*.py")):
        for example in _examples_of(path):
            for metric in example.expected:
                found.setdefault(metric, []).append(example)
    return found


def _examples_of(path: Path) -> list[Example]:
    module_spec = importlib.util.spec_from_file_location(f"spec_{path.parent.name}_{path.stem}", path)
    assert module_spec is not None and module_spec.loader is not None
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    examples: list[Example] = []
    for name, function in vars(module).items():
        if name.startswith("test_"):
            recorder = Spec(is_recording=True)
            function(recorder)
            says = name.removeprefix("test_").replace("_", " ")
            examples += [Example(item.as_of, item.tables, item.expected, says) for item in recorder.examples]
    return examples
