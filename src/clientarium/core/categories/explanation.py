"""Why a client is in his category: the rule that fired, those above it that did not, what would raise him by one."""

from dataclasses import dataclass
from decimal import Decimal

from clientarium.core.categories.gaps import Gap, gaps_of
from clientarium.core.categories.hysteresis import kept_rule
from clientarium.core.categories.scheme import Category, Rule, Scheme
from clientarium.core.ground import N_, Message
from clientarium.core.ground.expressions import (
    Explained,
    Value,
    Values,
    evaluate,
    nodes,
    sentence,
)
from clientarium.core.ground.expressions import explain as explain_node


@dataclass(frozen=True)
class PartSeen:
    """One simple condition: its sentence, the client's own values (name, title, value, unit), and whether it holds."""

    sentence: str
    values: tuple[tuple[str, str, Value, str], ...]
    truth: bool | None


@dataclass(frozen=True)
class RuleSeen:
    """A category's rule met by one client. `gaps` say what is missing where it failed."""

    category: str
    title: str
    truth: bool
    parts: tuple[PartSeen, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Explanation:
    """`category` is what the rules say today; `kept` says why the client stands elsewhere (`current`) for now."""

    scheme: str
    category: str | None
    current: str | None
    source: str
    fired: RuleSeen | None
    failed_above: tuple[RuleSeen, ...]
    upwards: RuleSeen | None
    kept: Message | None


def explain(scheme: Scheme, values: Values, *, language: str, current: str | None = None) -> Explanation:
    """Explain `scheme` on one client's snapshot row; `current` is the category in force.

    `values` needs every name of the rules, the scheme's levels and scores included: a whole row has them.
    """
    if evaluate(scheme.base.condition, values) is not True:
        return Explanation(scheme.name, None, current, "", _seen_base(scheme, values, language), (), None, None)
    index = fired_index(scheme, values)
    tried = [_seen(scheme, category, values, language) for category in scheme.categories[: _end(scheme, index)]]
    fired = None if index is None else _seen(scheme, scheme.categories[index], values, language)
    raw = None if index is None else scheme.codes[index]
    return Explanation(
        scheme=scheme.name,
        category=raw,
        current=current,
        source="" if index is None else scheme.categories[index].source.text(language),
        fired=fired,
        failed_above=tuple(tried),
        upwards=tried[-1] if tried else None,
        kept=_kept(scheme, values, raw, current),
    )


def fired_index(scheme: Scheme, values: Values) -> int | None:
    """The place of the first category whose rule holds."""
    for index, category in enumerate(scheme.categories):
        if category.rule is None or evaluate(category.rule.condition, values) is True:
            return index
    return None


def _end(scheme: Scheme, index: int | None) -> int:
    return len(scheme.categories) if index is None else index


def _seen_base(scheme: Scheme, values: Values, language: str) -> RuleSeen:
    title = {"ru": "Кого касается схема", "en": "Whom the scheme is about"}[language]
    return _rule_seen(scheme, scheme.base, values, language, code="", title=title)


def _seen(scheme: Scheme, category: Category, values: Values, language: str) -> RuleSeen:
    title = category.title.text(language)
    if category.rule is None:
        return RuleSeen(category.code, title, True, (), ())
    return _rule_seen(scheme, category.rule, values, language, code=category.code, title=title)


def _rule_seen(scheme: Scheme, rule: Rule, values: Values, language: str, *, code: str, title: str) -> RuleSeen:
    explained = explain_node(rule.condition, values)
    parts = tuple(_part_seen(scheme, leaf, language) for leaf in _leaves(explained))
    truth = explained.truth is True
    gaps = () if truth else gaps_of(rule.condition, values, vocabulary=scheme.vocabulary, language=language)
    return RuleSeen(code, title, truth, parts, gaps)


def _leaves(explained: Explained) -> list[Explained]:
    """The simple conditions; of alternatives only those that decided it, where one holds."""
    if not explained.parts:
        return [explained]
    parts = explained.parts
    if isinstance(explained.node, nodes.Or) and explained.truth is True:
        parts = tuple(part for part in parts if part.truth is True)
    return [leaf for part in parts for leaf in _leaves(part)]


def _part_seen(scheme: Scheme, leaf: Explained, language: str) -> PartSeen:
    text = "".join(part.text for part in sentence(leaf.node, scheme.vocabulary, language))
    words = scheme.vocabulary
    values = tuple((name, words[name].title(language), value, words[name].unit) for name, value in leaf.values)
    return PartSeen(text, values, leaf.truth)


def _kept(scheme: Scheme, values: Values, raw: str | None, current: str | None) -> Message | None:
    """Why the category in force differs from what the rules say."""
    if current is None or raw == current or current not in scheme.codes:
        return None
    kept = kept_rule(scheme, scheme.codes.index(current))
    own = kept.own is None or evaluate(kept.own, values) is True
    if own and not any(evaluate(rule, values) is True for rule in kept.none_of):
        return Message(
            N_("The border of “%(category)s” is passed by less than %(band)s %%, so the category stays."),
            {"category": current, "band": _per_cent(scheme.dead_band)},
        )
    return Message(
        N_("By the rules it would be “%(category)s”: the stay of %(days)s days or a person's decision holds it."),
        {"category": raw, "days": scheme.minimum_stay_days},
    )


def _per_cent(share: Decimal) -> str:
    return format((share * 100).normalize(), "f")
