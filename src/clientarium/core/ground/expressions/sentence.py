"""A condition as a sentence a sales head reads, its numbers kept apart so that a page can make them editable."""

from datetime import date
from decimal import Decimal
from typing import Literal as OneOf
from typing import NamedTuple

from clientarium.core.ground.expressions.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    In,
    IsNull,
    Like,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    Or,
)
from clientarium.core.ground.expressions.vocabulary import SHARE_UNIT, Vocabulary

THOUSANDS_SPACE = "\u00a0"
PER_CENT = 100

WORDS = {
    "ru": {
        "and": " и ", "or": " или ", "not": "неверно, что ", "=": " — ", "<>": " — не ", "<": " меньше ",
        "<=": " не больше ", ">": " больше ", ">=": " не меньше ", "equals": " равно ", "differs": " не равно ",
        "in": " — одно из: ", "not in": " — ни одно из: ", "between": " от ", "not between": " вне пределов от ",
        "to": " до ", "null": " неизвестно", "not null": " известно", "like": " похоже на ",
        "not like": " не похоже на ",
        "yes": "да", "no": "нет", "decimal": ",", "contains": " содержит ", "starts_with": " начинается с ",
        "coalesce": "первое известное из", "abs": "модуль", "round": "округлённое", "greatest": "наибольшее из",
        "least": "наименьшее из", "length": "длина", "lower": "строчными", "upper": "прописными",
    },
    "en": {
        "and": " and ", "or": " or ", "not": "it is not true that ", "=": " is ", "<>": " is not ", "<": " is under ",
        "<=": " is at most ", ">": " is over ", ">=": " is at least ", "equals": " equals ", "differs": " is not ",
        "in": " is one of: ", "not in": " is none of: ", "between": " is from ", "not between": " is outside ",
        "to": " to ", "null": " is unknown", "not null": " is known", "like": " is like ", "not like": " is not like ",
        "yes": "yes", "no": "no", "decimal": ".", "contains": " contains ", "starts_with": " starts with ",
        "coalesce": "the first known of", "abs": "the size of", "round": "rounded", "greatest": "the largest of",
        "least": "the smallest of", "length": "the length of", "lower": "lower case of", "upper": "upper case of",
    },
}  # fmt: skip


class Part(NamedTuple):
    """`number` and `percent` parts stand at `path` of the tree; a `percent` shows 20 where the tree holds 0.2."""

    kind: OneOf["text", "number", "percent"]
    text: str
    path: str


def sentence(node: Node, vocabulary: Vocabulary, language: str) -> list[Part]:
    """The parts of `node`'s sentence in order; texts that stand side by side are one part."""
    joined: list[Part] = []
    for part in _Speaker(vocabulary, language).say(node, ""):
        if joined and part.kind == "text" and joined[-1].kind == "text":
            joined[-1] = Part("text", joined[-1].text + part.text, "")
        else:
            joined.append(part)
    return joined


def number_text(value: int | Decimal, language: str) -> str:
    """A number with thousands apart and the language's decimal mark."""
    whole, _, decimals = format(abs(value), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", THOUSANDS_SPACE)
    sign = "−" if value < 0 else ""
    return sign + grouped + (WORDS[language]["decimal"] + decimals if decimals.strip("0") else "")


class _Speaker:
    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.words = WORDS[language]

    def say(self, node: Node, path: str, *, unit: str = "") -> list[Part]:
        if isinstance(node, Name):
            return [self._text(self.vocabulary[node.name].title(self.language))]
        if isinstance(node, Literal):
            return self._literal(node, path, unit)
        if isinstance(node, And | Or):
            return self._connective(node, path)
        if isinstance(node, Not):
            return [self._text(self.words["not"]), *self._bracketed(node.part, _below(path, "part"))]
        if isinstance(node, Comparison):
            return self._comparison(node, path)
        if isinstance(node, In):
            return self._in(node, path)
        if isinstance(node, Between):
            return self._between(node, path)
        if isinstance(node, Arithmetic):
            left = self._bracketed(node.left, _below(path, "left"), unit=unit)
            right = self._bracketed(node.right, _below(path, "right"))
            sign = {"*": " × ", "/": " ÷ ", "-": " − ", "+": " + "}[node.operator]
            return [*left, self._text(sign), *right]
        return self._other(node, path)

    def _text(self, text: str) -> Part:
        return Part("text", text, "")

    def _literal(self, node: Literal, path: str, unit: str) -> list[Part]:
        value = node.value
        if isinstance(value, bool):
            return [self._text(self.words["yes" if value else "no"])]
        if isinstance(value, int | Decimal):
            if unit == SHARE_UNIT:
                percent = (Decimal(value) * PER_CENT).normalize() + 0
                return [Part("percent", number_text(percent, self.language), path), self._text(f"{THOUSANDS_SPACE}%")]
            return [Part("number", number_text(value, self.language), path)]
        if isinstance(value, date):
            return [self._text(value.strftime("%d.%m.%Y") if self.language == "ru" else value.isoformat())]
        return [self._text(f"«{value}»" if self.language == "ru" else f"“{value}”")]

    def _bracketed(self, node: Node, path: str, *, unit: str = "") -> list[Part]:
        said = self.say(node, path, unit=unit)
        if isinstance(node, And | Or | Arithmetic | Not):
            return [self._text("("), *said, self._text(")")]
        return said

    def _connective(self, node: And | Or, path: str) -> list[Part]:
        word = self.words["and" if isinstance(node, And) else "or"]
        parts: list[Part] = []
        for index, part in enumerate(node.parts):
            if index:
                parts.append(self._text(word))
            say = self._bracketed if isinstance(part, Or | And) else self.say
            parts.extend(say(part, _below(path, f"parts.{index}")))
        return parts

    def _unit(self, node: Node) -> str:
        return self.vocabulary[node.name].unit if isinstance(node, Name) else ""

    def _comparison(self, node: Comparison, path: str) -> list[Part]:
        is_number = isinstance(node.right, Literal) and type(node.right.value) in (int, Decimal)
        numeric_words = {"=": "equals", "<>": "differs"} if is_number else {}
        word = self.words[numeric_words.get(node.operator, node.operator)]
        left = self.say(node.left, _below(path, "left"))
        return [*left, self._text(word), *self.say(node.right, _below(path, "right"), unit=self._unit(node.left))]

    def _in(self, node: In, path: str) -> list[Part]:
        parts = self.say(node.subject, _below(path, "subject"))
        parts.append(self._text(self.words["not in" if node.negated else "in"]))
        for index, option in enumerate(node.options):
            parts.extend([self._text(", ")] if index else [])
            parts.extend(self._literal(option, _below(path, f"options.{index}"), self._unit(node.subject)))
        return parts

    def _between(self, node: Between, path: str) -> list[Part]:
        unit = self._unit(node.subject)
        return [
            *self.say(node.subject, _below(path, "subject")),
            self._text(self.words["not between" if node.negated else "between"]),
            *self.say(node.low, _below(path, "low"), unit=unit),
            self._text(self.words["to"]),
            *self.say(node.high, _below(path, "high"), unit=unit),
        ]

    def _other(self, node: IsNull | Like | Negate | Call, path: str) -> list[Part]:
        if isinstance(node, IsNull):
            word = self.words["not null" if node.negated else "null"]
            return [*self.say(node.subject, _below(path, "subject")), self._text(word)]
        if isinstance(node, Like):
            word = self.words["not like" if node.negated else "like"]
            pattern = self._literal(Literal(node.pattern), "", "")
            return [*self.say(node.subject, _below(path, "subject")), self._text(word), *pattern]
        if isinstance(node, Negate):
            return [self._text("−"), *self._bracketed(node.part, _below(path, "part"))]
        return self._call(node, path)

    def _call(self, node: Call, path: str) -> list[Part]:
        said = [self.say(argument, _below(path, f"arguments.{index}")) for index, argument in enumerate(node.arguments)]
        if node.function in ("contains", "starts_with"):
            return [*said[0], self._text(self.words[node.function]), *said[1]]
        parts = [self._text(f"{self.words[node.function]} (")]
        for index, argument in enumerate(said):
            parts.extend([self._text("; ")] if index else [])
            parts.extend(argument)
        return [*parts, self._text(")")]


def _below(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
