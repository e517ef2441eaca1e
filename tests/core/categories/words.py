"""A small vocabulary and schemes written in the tests, classified by DuckDB in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from clientarium.core.categories import STANDING_SCHEMA, Policy, Schemes, classify, read_policy, read_schemes
from clientarium.core.ground.expressions import Name, ValueType, Vocabulary
from clientarium.core.ledger import Ledger

AS_OF = date(2026, 3, 31)

WORDS = {
    word.name: word
    for word in (
        Name("margin", ValueType.MONEY, "маржа", "margin", unit="money"),
        Name("share", ValueType.NUMBER, "доля", "share", unit="share"),
        Name("orders", ValueType.INTEGER, "заказы", "orders", unit="count"),
        Name("city", ValueType.TEXT, "город", "city"),
        Name("is_stopped", ValueType.BOOLEAN, "в стоп-листе", "on the stop list"),
    )
}
TYPES = {
    "margin": pa.decimal128(18, 4),
    "share": pa.float64(),
    "orders": pa.int64(),
    "city": pa.string(),
    "is_stopped": pa.bool_(),
}

POLICY = read_policy("""
cold_rule: {value: rhythm, title: {ru: п, en: p}, source: {ru: и, en: s}}
rhythm_factor: {value: 2, title: {ru: ритм, en: rhythm}, source: {ru: и, en: s}}
big: {value: 100, title: {ru: много, en: big}, source: {ru: и, en: s}}
""")

PLAY = """play:
      service: {ru: у, en: s}
      rhythm: {ru: р, en: r}
      ceiling: {ru: п, en: c}
      price: {ru: ц, en: p}
      greeting: true
    source: {ru: и, en: s}"""


@dataclass(frozen=True)
class Words:
    words: Vocabulary

    def vocabulary(self) -> Vocabulary:
        return self.words


def scheme_text(
    rules: Mapping[str, str | None],
    *,
    name: str = "size",
    mode: str = "auto",
    stay: int = 0,
    band: str = "0",
    base: str = "orders > 0",
    head: str = "",
    immediate: Sequence[str] = (),
    tags: str = "",
) -> str:
    """A scheme of `rules` {code: condition}; None takes the rest."""
    lines = [f"scheme: {name}", "title: {ru: Размер, en: Size}", f"mode: {mode}", f"minimum_stay_days: {stay}"]
    lines += [f"dead_band: {band}", f"base: {base}", head, "categories:"]
    for code, rule in rules.items():
        when = "otherwise: true" if rule is None else f"when: {rule}"
        at_once = "\n    immediate: true" if code in immediate else ""
        lines.append(f"  - code: {code}\n    title: {{ru: {code}, en: {code}}}\n    {when}{at_once}\n    {PLAY}")
    return "\n".join([*lines, tags, ""])


def schemes_of(*texts: str, policy: Policy = POLICY) -> Schemes:
    files = {f"{number}.yaml": text for number, text in enumerate(texts, start=1)}
    return read_schemes(files, catalogue=Words(WORDS), policy=policy)


def clients(*rows: Mapping[str, Any]) -> pa.Table:
    """Rows numbered from 1 in their order; names not given are null."""
    schema = pa.schema([("client_id", pa.int64()), *TYPES.items()])
    filled = [
        {name: row.get(name) for name in schema.names} | {"client_id": number} for number, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(filled, schema=schema)


def stood(*rows: Mapping[str, Any]) -> pa.Table:
    """Standing rows; by default the scheme is `size`, since long ago, by the rule."""
    default = {"scheme": "size", "since": date(2020, 1, 1), "by_person": False, "expires_on": None}
    return pa.Table.from_pylist([default | row for row in rows], schema=STANDING_SCHEMA)


def classified(
    schemes: Schemes, table: pa.Table, folder: Path, *, standing: pa.Table | None = None, as_of: date = AS_OF
) -> list[dict[str, Any]]:
    """Rows of the relation `categories` in client order."""
    with Ledger(folder / "ledger").engine() as engine:
        engine.register("metrics", table)
        relation = classify(engine, schemes, standing=standing, as_of=as_of)
        return list(engine.fetch(f"select * from {relation} order by client_id").to_pylist())
