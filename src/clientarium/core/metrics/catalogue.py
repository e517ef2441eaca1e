"""All metrics: the package's own cards and the firm's, checked as they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clientarium.core.ground import N_, UserError, Window, content_hash
from clientarium.core.ground.expressions import ExpressionError, Name, ValueType, nearest_names
from clientarium.core.metrics.card import UNIT_TYPES, WINDOW_MARK, Metric, MetricChoice, name_with_window, with_window
from clientarium.core.metrics.definition_file import DefinitionFile, read_definitions
from clientarium.core.metrics.language import AS_OF, WINDOW_MONTHS, Grammar, names_of, parse_metric_sql
from clientarium.core.metrics.norms import CONSTANT_NAMES
from clientarium.core.metrics.steps import BASE, CLIENTS, MONEY_COLUMNS, STEPS

PACKAGED = Path(__file__).parent / "catalogue"

REQUIRED_KEYS = ("title", "unit", "over", "sql", "reason", "formula")
OPTIONAL_KEYS = ("windows", "when_none", "type", "choices")
LANGUAGES = ("ru", "en")

CLIENT_FIELDS: tuple[Name, ...] = (
    Name("seller", ValueType.TEXT, "Ответственный", "Seller"),
    Name("city", ValueType.TEXT, "Город", "City"),
    Name("segment", ValueType.TEXT, "Сегмент", "Segment"),
    Name("created_on", ValueType.DATE, "Заведён", "Created on"),
    Name("is_stopped", ValueType.BOOLEAN, "В стоп-листе", "On the stop list"),
    Name("has_bad_review", ValueType.BOOLEAN, "Плохой отзыв", "Bad review"),
)
"""What the pulse is told about each client by the people who keep his card."""


@dataclass(frozen=True)
class Catalogue:
    """`metrics` in reading order; `levels` orders those over clients and base by what they need (1, 2, …).

    `money` are the metrics that tell money: those that are money, and those made of it however far away.
    """

    metrics: Mapping[str, Metric]
    levels: Mapping[str, int]
    money: frozenset[str]
    hash: str

    def vocabulary(self, custom_fields: Iterable[Name] = ()) -> dict[str, Name]:
        """Every name a condition may use: metrics, the fields of the client's card, the firm's own fields."""
        names = [metric.vocabulary_name(tells_money=name in self.money) for name, metric in self.metrics.items()]
        return {name.name: name for name in (*names, *CLIENT_FIELDS, *custom_fields)}

    def columns(self) -> dict[str, ValueType]:
        """The metrics' columns of the relation `metrics`, in order, with their types."""
        return {name: metric.type for name, metric in self.metrics.items()}

    def with_needs(self, names: Iterable[str]) -> frozenset[str]:
        """`names` and every metric their expressions reach."""
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name in self.metrics and name not in found:
                found.add(name)
                pending.extend(_needs(self.metrics[name]))
        return frozenset(found)

    def needs_of(self, name: str) -> frozenset[str]:
        """The words the expression of metric `name` speaks of: other metrics and fields of the card."""
        return _needs(self.metrics[name])


def load_catalogue(*extra_dirs: Path) -> Catalogue:
    """The packaged metrics and those of `extra_dirs`; raises UserError with file, line, word and nearest names."""
    metrics: dict[str, Metric] = {}
    texts: list[str] = []
    for directory in (PACKAGED, *extra_dirs):
        for path in sorted(directory.glob("*.yaml")):
            file = read_definitions(path)
            texts.extend([path.name, file.text])
            for key in file.value:
                for metric in _metrics_of(file, str(key), is_own=directory != PACKAGED):
                    _refuse_taken_name(metric, metrics)
                    metrics[metric.name] = metric
    _check_names(metrics)
    levels = _levels(metrics)
    return Catalogue(metrics, levels, _money(metrics, levels), content_hash(*texts))


def _refuse_taken_name(metric: Metric, metrics: Mapping[str, Metric]) -> None:
    taken = {name.name for name in CLIENT_FIELDS} | {"client_id", AS_OF, WINDOW_MONTHS} | CONSTANT_NAMES
    other = metrics.get(metric.name)
    if other is not None:
        raise UserError(
            N_("There already is a metric “%(word)s” (%(other)s)."),
            place=metric.place,
            word=metric.name,
            other=other.place,
        )
    if metric.name in taken:
        raise UserError(N_("The name “%(word)s” is taken."), place=metric.place, word=metric.name)


def _metrics_of(file: DefinitionFile, key: str, *, is_own: bool) -> list[Metric]:
    """The metrics one card describes: one per window."""
    file.require_keys((key,), required=REQUIRED_KEYS, optional=OPTIONAL_KEYS)
    card = file.value[key]
    for texts in ("title", "reason", "formula"):
        file.require_keys((key, texts), required=LANGUAGES, optional=())
    _check_choice(file, (key, "unit"), UNIT_TYPES)
    _check_choice(file, (key, "over"), STEPS)
    return [_metric(file, key, card, window, is_own=is_own) for window in _windows(file, key, card)]


def _check_choice(file: DefinitionFile, keys: tuple[str, ...], known: Iterable[str]) -> None:
    word = str(file.at(*keys))
    if word not in known:
        nearest = ", ".join(nearest_names(word, known) or sorted(known))
        raise file.error(
            keys, N_("“%(word)s” is not known here."), cure=N_("Perhaps: %(nearest)s."), word=word, nearest=nearest
        )


def _windows(file: DefinitionFile, key: str, card: Mapping[str, Any]) -> list[Window | None]:
    texts = card.get("windows")
    if texts is None:
        if WINDOW_MARK in key:
            raise file.error((key,), N_("“%(word)s” is missing."), word="windows")
        return [None]
    try:
        windows: list[Window | None] = [Window.parse(str(text)) for text in texts]
    except UserError as error:
        message = error.message
        raise UserError(
            message.msgid,
            cure=error.cure.msgid if error.cure else "",
            place=file.place(key, "windows"),
            **{str(name): str(value) for name, value in message.params.items()},
        ) from error
    if not STEPS[card["over"]].allows_previous and any(window and window.is_previous for window in windows):
        raise file.error((key, "windows"), N_("This step knows no previous window."))
    return windows


def _metric(file: DefinitionFile, key: str, card: Mapping[str, Any], window: Window | None, *, is_own: bool) -> Metric:
    def said(part: str, language: str) -> str:
        return with_window(str(card[part][language]).strip(), window, language, append=part == "title")

    name = name_with_window(key, window)
    if not name.isidentifier() or name != name.lower() or not name.isascii():
        raise file.error((key,), N_("“%(word)s” is not a name: small Latin letters, digits and _."), word=name)
    when_none = card.get("when_none")
    metric = Metric(
        name=name,
        title_ru=said("title", "ru"),
        title_en=said("title", "en"),
        unit=card["unit"],
        type=ValueType(card.get("type", UNIT_TYPES[card["unit"]])),
        over=card["over"],
        sql=_sql_with_window(str(card["sql"]), window),
        reason_ru=said("reason", "ru"),
        reason_en=said("reason", "en"),
        formula_ru=said("formula", "ru"),
        formula_en=said("formula", "en"),
        place=file.place(key, "sql"),
        window=window,
        when_none=None if when_none is None else str(when_none).lower(),
        is_own=is_own,
        subject=file.path.stem,
        choices=_choices(file, key, card),
    )
    if STEPS[metric.over].build is None:
        return metric
    return _with_tree(metric, Grammar(frozenset(STEPS[metric.over].columns) | _constants(metric), aggregates=True))


def _choices(file: DefinitionFile, key: str, card: Mapping[str, Any]) -> tuple[MetricChoice, ...]:
    codes = card.get("choices", {})
    if "choices" in card:
        file.require_keys((key, "choices"), required=(), optional=tuple(codes))
    for code in codes:
        file.require_keys((key, "choices", code), required=LANGUAGES, optional=())
    return tuple(MetricChoice(str(code), str(titles["ru"]), str(titles["en"])) for code, titles in codes.items())


def _sql_with_window(sql: str, window: Window | None) -> str:
    return sql.replace(WINDOW_MARK, window.suffix).strip() if window else sql.strip()


def _constants(metric: Metric) -> frozenset[str]:
    has_months = metric.window is not None and metric.window.months is not None
    return frozenset({AS_OF, WINDOW_MONTHS} if has_months else {AS_OF})


def _with_tree(metric: Metric, grammar: Grammar) -> Metric:
    try:
        return replace(metric, tree=parse_metric_sql(metric.sql, grammar))
    except ExpressionError as error:
        error.place = metric.place
        raise


def _check_names(metrics: dict[str, Metric]) -> None:
    """Parse the metrics over clients and base: they may name any metric, so all must be known first."""
    names = frozenset(metrics) | {name.name for name in CLIENT_FIELDS} | CONSTANT_NAMES | {"client_id"}
    for name, metric in metrics.items():
        if metric.over in (CLIENTS, BASE):
            grammar = Grammar(names | _constants(metric), windows=metric.over == BASE)
            metrics[name] = _with_tree(metric, grammar)


def _needs(metric: Metric) -> frozenset[str]:
    assert metric.tree is not None
    return names_of(metric.tree) if metric.over in (CLIENTS, BASE) else frozenset()


def _levels(metrics: Mapping[str, Metric]) -> dict[str, int]:
    """0 for metrics over facts, else one more than the highest needed; raises UserError where they need each other."""
    levels: dict[str, int] = {}

    def level(name: str, above: tuple[str, ...]) -> int:
        if name in above:
            circle = " → ".join((*above[above.index(name) :], name))
            raise UserError(N_("These metrics need each other: %(circle)s."), place=metrics[name].place, circle=circle)
        if name not in levels:
            needed = [need for need in sorted(_needs(metrics[name])) if need in metrics]
            is_fact = metrics[name].over not in (CLIENTS, BASE)
            levels[name] = 0 if is_fact else 1 + max((level(need, (*above, name)) for need in needed), default=0)
        return levels[name]

    for name in metrics:
        level(name, ())
    return levels


def _money(metrics: Mapping[str, Metric], levels: Mapping[str, int]) -> frozenset[str]:
    found: set[str] = set()
    for name in sorted(metrics, key=lambda name: levels[name]):  # what a metric needs comes before it
        metric = metrics[name]
        assert metric.tree is not None
        sources = found if metric.over in (CLIENTS, BASE) else MONEY_COLUMNS
        if metric.type is ValueType.MONEY or metric.unit == "money" or names_of(metric.tree) & sources:
            found.add(name)
    return frozenset(found)
