"""A rule as lines a sales head reads: one simple condition a line, numbers kept apart so that they can be changed.

The same sentences as core's, with three additions: a policy's number stands beside its name, a level of the base shows
what it is today, codes of other schemes are called by their titles.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from clientarium.core.categories import Rule, Scheme
from clientarium.core.ground.expressions import SHARE_UNIT, Name, Node, Vocabulary, names_in, sentence
from clientarium.core.ground.expressions import nodes as tree
from clientarium.core.pipeline import Definitions

PER_CENT = 100
SPACES = re.compile(r"[\s\u00a0\u202f]")
MARKED = re.compile("\u0001(\\w+)\u0002")
QUOTED = re.compile("[«“]([^«»“”]+)[»”]")
FIRST_KNOWN = {
    "ru": (re.compile(r"первое известное из \(([^();]+); ([^();]+)\)"), r"\1 (если неизвестно — \2)"),
    "en": (re.compile(r"the first known of \(([^();]+); ([^();]+)\)"), r"\1 (\2 where unknown)"),
}


@dataclass(frozen=True)
class Part:
    """Text; a number of the rule (`field` names its input); a number of the policy; what a level is today."""

    kind: Literal["text", "number", "policy", "level"]
    text: str
    field: str = ""
    unit: str = ""
    title: str = ""
    size: int = 2


@dataclass(frozen=True)
class Line:
    """One simple condition."""

    parts: tuple[Part, ...]
    is_group: bool = False


@dataclass(frozen=True)
class Group:
    """Lines of which all hold, or any does."""

    joint: Literal["all", "any"]
    lines: "tuple[Line | Group, ...]"
    is_group: bool = True


@dataclass(frozen=True)
class Speaker:
    """The words of one scheme on one page; `levels` are today's values of the base's numbers where one may see them."""

    scheme: Scheme
    definitions: Definitions
    language: str
    levels: Mapping[str, str]

    def rule(self, rule: Rule, *, category: str) -> Group:
        """The whole rule; `category` makes the names of the inputs."""
        found = self._lines(rule.written, "", category)
        return found if isinstance(found, Group) else Group("all", (found,))

    def meaning(self, node: Node) -> Line:
        """What a number of the scheme's own is made of; only the policy's numbers in it can be changed here."""
        parts = self._parts(node, "", "")
        return Line(tuple(part if part.kind == "policy" else replace(part, field="") for part in parts))

    def parts(self, node: Node) -> tuple[Part, ...]:
        """One simple condition without inputs."""
        return tuple(replace(part, field="") for part in self._parts(node, "", ""))

    def _lines(self, node: Node, path: str, category: str) -> Line | Group:
        if isinstance(node, tree.And | tree.Or):
            inner = [
                self._lines(part, _below(path, f"parts.{index}"), category) for index, part in enumerate(node.parts)
            ]
            return Group("all" if isinstance(node, tree.And) else "any", tuple(inner))
        return Line(tuple(self._parts(node, path, category)))

    def _parts(self, node: Node, path: str, category: str) -> list[Part]:
        said: list[Part] = []
        titles = self._titles_of(node)
        for part in sentence(node, self._vocabulary, self.language):
            is_threshold = part.kind != "text" and "arguments." not in part.path
            if is_threshold:
                field = f"number:{category}:{_below(path, part.path)}:{part.kind}"
                said.append(Part("number", part.text, field, size=max(2, len(part.text) + 1)))
            elif said and said[-1].kind == "text":
                said[-1] = replace(said[-1], text=said[-1].text + part.text)
            else:
                said.append(Part("text", part.text))
        parts: list[Part] = []
        for spoken in said:
            parts += self._unmarked(spoken.text, titles) if spoken.kind == "text" else [spoken]
        first = parts[0]
        parts[0] = replace(first, text=first.text[:1].upper() + first.text[1:]) if first.kind == "text" else first
        return parts

    def _unmarked(self, text: str, titles: Mapping[str, str]) -> list[Part]:
        """`text` cut where a number of the policy or of the base is named; codes by their titles."""
        pattern, clearer = FIRST_KNOWN[self.language]
        text = QUOTED.sub(lambda found: f"«{titles.get(found[1], found[1])}»", pattern.sub(clearer, text))
        parts: list[Part] = []
        for index, piece in enumerate(MARKED.split(text)):
            if index % 2:
                parts += self._number(piece)
            elif piece:
                parts.append(Part("text", piece))
        return parts

    def _number(self, name: str) -> list[Part]:
        title = self.scheme.vocabulary[name].title(self.language).replace("«", "„").replace("»", "“")
        if not name.startswith("policy_"):
            now = self.levels.get(name)
            return [Part("text", f"«{title}»"), *([Part("level", now)] if now else [])]
        line = self.definitions.policy.lines[name.removeprefix("policy_")]
        shown = plain(Decimal(line.value) * (PER_CENT if line.unit == SHARE_UNIT else 1), language=self.language)
        field = f"policy:{line.name}:{'percent' if line.unit == 'share' else 'number'}"
        source = line.source.text(self.language)
        return [Part("text", f"«{title}» "), Part("policy", shown, field, line.unit, source, max(2, len(shown) + 1))]

    def _titles_of(self, node: Node) -> dict[str, str]:
        """Titles of the categories by their codes, where the condition speaks of a scheme's category."""
        schemes = self.definitions.schemes
        spoken = [
            schemes[name] for name in (word.removesuffix("_computed") for word in names_in(node)) if name in schemes
        ]
        return {one.code: one.title.text(self.language) for scheme in spoken for one in scheme.categories}

    @property
    def _vocabulary(self) -> Vocabulary:
        own = {level.name for level in self.scheme.levels}
        return {
            name: _marked(word) if name in own or name.startswith("policy_") else _small(word)
            for name, word in self.scheme.vocabulary.items()
        }


def plain(value: Decimal, *, language: str) -> str:
    """A number as it stands in an input: no needless zeros, the language's decimal mark."""
    text = format(value.normalize() + 0, "f")
    whole, _dot, decimals = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0") if len(whole) > 4 else whole
    return grouped + ((("," if language == "ru" else ".") + decimals) if decimals else "")


def typed_number(text: str) -> Decimal | None:
    """What a person wrote into an input: spaces and a comma are fine; None where it is no number."""
    try:
        value = Decimal(SPACES.sub("", text).replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _marked(word: Name) -> Name:
    return replace(word, title_ru=f"\u0001{word.name}\u0002", title_en=f"\u0001{word.name}\u0002")


def _small(word: Name) -> Name:
    return replace(word, title_ru=_small_first(word.title_ru), title_en=_small_first(word.title_en))


def _small_first(text: str) -> str:
    """With a small first letter, unless it begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _below(path: str, step: str) -> str:
    return f"{path}.{step}" if path and step else path or step


def fields_of(group: Any) -> dict[str, str]:
    """{name of the input: what stands in it} of every number in the rule."""
    if isinstance(group, Group):
        return {name: text for line in group.lines for name, text in fields_of(line).items()}
    return {part.field: part.text for part in group.parts if part.field}
