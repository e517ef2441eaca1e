"""Schemes → SQL: a category for every client of the base at once, and never a loop over clients.

Each scheme is three short steps over the one before it: what its rules say (`raw`), what they say once the stay and
the dead band are respected (`computed`, the proposal), and what is in force.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import pyarrow as pa

from clientarium.core.categories.hysteresis import kept_rule
from clientarium.core.categories.levels import derived_sql, levels_sql
from clientarium.core.categories.scheme import Mode, Scheme, Schemes
from clientarium.core.ground.expressions import Condition, literal_text, to_sql

RELATION = "categories"
LEVELS = "category_levels"
STANDING = "standing"

STANDING_SCHEMA = pa.schema(
    [
        ("client_id", pa.int64()),
        ("scheme", pa.string()),
        ("category", pa.string()),
        ("since", pa.date32()),
        ("by_person", pa.bool_()),
        ("expires_on", pa.date32()),
    ]
)


class SqlEngine(Protocol):
    """The part of the ledger's engine the classification needs."""

    def register(self, name: str, table: pa.Table) -> None: ...
    def materialize(self, name: str, sql: str) -> None: ...


def classify(
    engine: SqlEngine, schemes: Schemes, *, standing: pa.Table | None, as_of: date, over: str = "metrics"
) -> str:
    """Relation `categories`: client_id and, for each scheme, the category in force, the proposal, tags, own numbers.

    `standing`: client_id, scheme, category, since, by_person, expires_on as they stood strictly before `as_of`.
    """
    table = STANDING_SCHEMA.empty_table() if standing is None else standing.select(STANDING_SCHEMA.names)
    engine.register(STANDING, table.cast(STANDING_SCHEMA))
    engine.materialize(LEVELS, levels_sql(schemes, over=over))
    engine.materialize(RELATION, categories_sql(schemes, as_of=as_of, over=over))
    return RELATION


def categories_sql(schemes: Schemes, *, as_of: date, over: str) -> str:
    """The whole classification as one statement of named steps."""
    steps = [
        f"standing_wide as ({standing_sql(schemes.schemes, as_of=as_of)})",
        f"scored as ({_scored(schemes, over)})",
    ]
    before = "scored"
    for scheme in schemes.steps:
        steps.append(f"{scheme.name}_1_raw as (select *, {raw_sql(scheme)} as {scheme.name}_raw from {before})")
        steps.append(f"{scheme.name}_2_settled as (select *, {settled_sql(scheme)} as {scheme.computed_column}"
                     f" from {scheme.name}_1_raw)")  # fmt: skip
        steps.append(f"{scheme.name}_3_in_force as (select *, {in_force_sql(scheme)} as {scheme.name}"
                     f" from {scheme.name}_2_settled)")  # fmt: skip
        before = f"{scheme.name}_3_in_force"
        if scheme.tags:
            tags = ", ".join(f"{truth_sql(tag.rule.condition)} as {tag.column}" for tag in scheme.tags)
            steps.append(f"{scheme.name}_4_tagged as (select *, {tags} from {before})")
            before = f"{scheme.name}_4_tagged"
    columns = ", ".join(["client_id", *schemes.columns()])
    return f"with {', '.join(steps)} select {columns} from {before}"


def _scored(schemes: Schemes, over: str) -> str:
    derived = [f"{derived_sql(word)} as {word.name}" for scheme in schemes for word in scheme.derived]
    levels = [f"{LEVELS}.{level.name}" for scheme in schemes for level in scheme.levels]
    standing = [f"standing_wide.{name}" for scheme in schemes for name in _standing_columns(scheme)]
    columns = ", ".join([f"{over}.*", *levels, *derived, *standing])
    return (
        f"select {columns} from {over} cross join {LEVELS}"
        f" left join standing_wide on standing_wide.client_id = {over}.client_id"
    )


def _standing_columns(scheme: Scheme) -> list[str]:
    return [f"{scheme.name}_was", f"{scheme.name}_stay_over"]


def standing_sql(schemes: Sequence[Scheme], *, as_of: date) -> str:
    """One row per client: for each scheme the category he stood in and whether the stay is over.

    A person's word whose term is over is no standing any more: the rule speaks again.
    """
    day = literal_text(as_of)
    expired = f"by_person and expires_on is not null and expires_on < {day}"
    columns = ["client_id"]
    for scheme in schemes:
        own = f"scheme = {literal_text(scheme.name)} and not coalesce({expired}, false)"
        stay = f"since is null or date_diff('day', since, {day}) >= {scheme.minimum_stay_days}"
        columns.append(f"max(case when {own} then category end) as {scheme.name}_was")
        columns.append(f"coalesce(bool_or({own} and ({stay})), false) as {scheme.name}_stay_over")
    return f"select {', '.join(columns)} from {STANDING} group by client_id"


def truth_sql(condition: Condition) -> str:
    """True or false, never null: an unknown value does not fulfil a rule."""
    return f"coalesce({to_sql(condition)}, false)"


def raw_sql(scheme: Scheme) -> str:
    """The first category whose rule holds; null outside the scheme's base and where none holds."""
    lines = [f"when not {truth_sql(scheme.base.condition)} then null"]
    for category in scheme.categories:
        condition = truth_sql(category.rule.condition) if category.rule else "true"
        lines.append(f"when {condition} then {literal_text(category.code)}")
    return f"cast(case {' '.join(lines)} end as varchar)"


def settled_sql(scheme: Scheme) -> str:
    """The proposal: the raw category, unless the stay is not over or the old one still holds within its dead band."""
    raw, was = f"{scheme.name}_raw", f"{scheme.name}_was"
    at_once = ", ".join(literal_text(code) for code in scheme.immediate_codes)
    lines = [f"when {was} is null or {raw} is null or {raw} = {was} then {raw}"]
    if at_once:
        lines.append(f"when {raw} in ({at_once}) then {raw}")
    # A category the scheme no longer has cannot be kept.
    lines.append(f"when {was} not in ({', '.join(literal_text(code) for code in scheme.codes)}) then {raw}")
    lines.append(f"when not {scheme.name}_stay_over then {was}")
    lines += [f"when {was} = {literal_text(category.code)} and {kept_sql(scheme, index)} then {was}"
              for index, category in enumerate(scheme.categories)]  # fmt: skip
    return f"case {' '.join(lines)} else {raw} end"


def kept_sql(scheme: Scheme, index: int) -> str:
    """Whether the category at `index` still holds with its border moved by the dead band."""
    kept = kept_rule(scheme, index)
    parts = [f"not {truth_sql(condition)}" for condition in kept.none_of]
    parts += [truth_sql(kept.own)] if kept.own is not None else []
    return f"({' and '.join(parts)})" if parts else "true"


def in_force_sql(scheme: Scheme) -> str:
    """auto: the proposal. confirm: what stood before, by a person or the rule; the proposal where nothing stood."""
    computed, was = scheme.computed_column, f"{scheme.name}_was"
    if scheme.mode is Mode.AUTO:
        return computed
    return f"coalesce({was}, {computed})"
