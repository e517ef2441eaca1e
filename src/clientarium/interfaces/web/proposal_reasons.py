"""Why a category is proposed, in the row: the conditions that decided, with the client's own numbers.

Of a rise: what of the new rule holds. Of a fall: what of the old rule no longer holds. The numbers are those kept with
the proposal, so that the reason stays what it was on the day it was made.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from clientarium.core.categories import Rule, Scheme
from clientarium.core.ground.expressions import SHARE_UNIT, Explained, Name, Value, ValueType, names_in
from clientarium.core.ground.expressions import explain as explain_node
from clientarium.core.ground.expressions import nodes as tree
from clientarium.core.pipeline import Definitions

from . import figures
from .category_titles import Titles
from .cells import cell
from .rule_lines import Part, Speaker

CONDITIONS_SHOWN = 3


@dataclass(frozen=True)
class Condition:
    """One simple condition: its sentence, and (title, value) of each number of the client in it."""

    parts: tuple[Part, ...]
    values: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True)
class Reason:
    """`kind`: «meets» the new rule, «misses» the old one, «rest» (no rule holds), «outside» the scheme, «unknown»."""

    kind: str
    shown: tuple[Condition, ...] = ()
    more: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Reasoner:
    """Reasons of one page, in one language."""

    definitions: Definitions
    titles: Titles
    language: str

    def reason(self, proposal: Any) -> Reason:
        """Why `proposal` was made."""
        if proposal.scheme not in self.definitions.schemes:
            return Reason("unknown")
        if proposal.to_category is None:
            return self._outside(self.definitions.schemes[proposal.scheme])
        scheme = self.definitions.schemes[proposal.scheme]
        values = typed_values(proposal.why.get("values", {}), scheme=scheme)
        old, new = scheme.category(proposal.from_category or ""), scheme.category(proposal.to_category)
        is_fall = old is not None and scheme.rank(proposal.to_category) > scheme.rank(proposal.from_category)
        if is_fall and old and old.rule and (missed := self._leaves(scheme, old.rule, values, truth=False)):
            return _reason("misses", missed)
        if new and new.rule and (met := self._leaves(scheme, new.rule, values, truth=True)):
            return _reason("meets", met)
        return Reason("rest" if new and new.rule is None else "unknown")

    def _outside(self, scheme: Scheme) -> Reason:
        """Whom the scheme is about; the client's own numbers of that are not kept with the proposal."""
        speaker = Speaker(scheme, self.definitions, self.language, {})
        return Reason("outside", (Condition(speaker.parts(scheme.base.written), ()),))

    def _leaves(self, scheme: Scheme, rule: Rule, values: Mapping[str, Value], *, truth: bool) -> list[Condition]:
        """The simple conditions that made the rule hold (or fail); nothing where a number was not kept."""
        if not names_in(rule.condition) <= set(values):
            return []
        explained = explain_node(rule.condition, values)
        if (explained.truth is True) is not truth:
            return []
        speaker = Speaker(scheme, self.definitions, self.language, self._levels(scheme, values))
        own = {level.name for level in scheme.levels}
        # A rule may say one thing twice; conditions about the base as a whole are no reason of this client.
        leaves = {leaf.text: leaf for leaf in decisive(explained, truth=truth, base=own) if not about_base(leaf, own)}
        return [self._condition(speaker, leaf) for leaf in leaves.values()]

    def _condition(self, speaker: Speaker, leaf: Explained) -> Condition:
        words, own = speaker.scheme.vocabulary, {level.name for level in speaker.scheme.levels}
        shown = tuple(
            (words[name].title(self.language), self._cell(value, words[name]))
            for name, value in leaf.values
            if name not in own
        )
        return Condition(speaker.parts(leaf.node), shown)

    def _levels(self, scheme: Scheme, values: Mapping[str, Value]) -> dict[str, str]:
        """What the base's medians were on the day of the proposal."""
        words = scheme.vocabulary
        known = [level.name for level in scheme.levels if values.get(level.name) is not None]
        return {name: self._cell(values[name], words[name]) for name in known}

    def _cell(self, value: Any, word: Name) -> SafeString:
        if word.unit == SHARE_UNIT and value is not None:
            # To a tenth: «18 %» beside a border of «18 %» would explain nothing.
            return format_html("{}", figures.share(value, places=1, language=self.language))
        return cell(value, word, titles=self.titles, language=self.language)


def decisive(explained: Explained, *, truth: bool, base: Set[str]) -> list[Explained]:
    """The leaves by which the whole came out as it did: of an «or» that holds, only what holds.

    An alternative that the base's own numbers (`base`) switch off for everybody is left out.
    """
    if not explained.parts:
        return [explained]
    found = []
    for part in explained.parts:
        if (part.truth is True) is truth and not (isinstance(explained.node, tree.Or) and is_switched_off(part, base)):
            found += decisive(part, truth=truth, base=base)
    return found


def is_switched_off(explained: Explained, base: Set[str]) -> bool:
    """Whether the base's own numbers alone make it fail."""
    if not explained.parts:
        return about_base(explained, base) and explained.truth is not True
    return isinstance(explained.node, tree.And) and any(is_switched_off(part, base) for part in explained.parts)


def about_base(explained: Explained, base: Set[str]) -> bool:
    return names_in(explained.node) <= base


def typed_values(values: Mapping[str, Any], *, scheme: Scheme) -> dict[str, Value]:
    """The kept values by the types of their words: JSON has neither decimals nor dates."""
    return {name: _typed(value, scheme.vocabulary[name]) for name, value in values.items() if name in scheme.vocabulary}


def _typed(value: Any, word: Name) -> Value:
    if value is None:
        return None
    if word.type is ValueType.DATE:
        return date.fromisoformat(value)
    if isinstance(value, str) and word.type in (ValueType.NUMBER, ValueType.MONEY, ValueType.INTEGER):
        return Decimal(value)
    return value  # JSON's own numbers, texts and truths


def _reason(kind: str, conditions: list[Condition]) -> Reason:
    return Reason(kind, tuple(conditions[:CONDITIONS_SHOWN]), tuple(conditions[CONDITIONS_SHOWN:]))
