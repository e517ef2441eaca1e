"""What a scheme is: categories in the order their rules are tried, the numbers rules lean on, the tags beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clientarium.core.categories.definition_file import Words
from clientarium.core.ground.expressions import Condition, Name, Node, ValueType, Vocabulary, names_in


class Mode(StrEnum):
    AUTO = "auto"
    CONFIRM = "confirm"


class Summary(StrEnum):
    """How a level sums up the base in one number."""

    MEDIAN = "median"
    MEAN = "mean"
    SUM = "sum"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    COUNT = "count"


@dataclass(frozen=True)
class MaxTouches:
    """The ceiling as the program keeps it: at most `count` touches of ours in any `days` days (None: ever)."""

    count: int
    days: int | None


@dataclass(frozen=True)
class Play:
    """What the firm does with clients of a category: printed on the card. `max_touches` None: no limit of its own."""

    service: Words
    rhythm: Words
    ceiling: Words
    price: Words
    greeting: bool
    max_touches: MaxTouches | None = None


@dataclass(frozen=True)
class Rule:
    """A condition as written and as meant: in `condition` the policy's names are replaced by their values."""

    text: str
    written: Condition
    condition: Condition


@dataclass(frozen=True)
class Category:
    """One class of a scheme. `rule` is None for the last one that takes all the rest; `immediate` skips the stay."""

    code: str
    title: Words
    rule: Rule | None
    source: Words
    play: Play
    immediate: bool = False


@dataclass(frozen=True)
class Tag:
    """A mark that stands beside a category: good *but* pays late. Its column is `tag_<code>`, true or false."""

    code: str
    title: Words
    rule: Rule
    source: Words

    @property
    def column(self) -> str:
        return f"tag_{self.code}"


@dataclass(frozen=True)
class Level:
    """One number of the whole base that rules compare with: a median, a sum. The same in every row of a snapshot."""

    name: str
    title: Words
    summary: Summary
    of: Node
    where: Condition | None
    unit: str = ""


@dataclass(frozen=True)
class Derived:
    """A number of each client made of his metrics and the policy, named so that rules read well.

    In `of` the policy's names are replaced by their values, in `written` they stand.
    """

    name: str
    title: Words
    of: Node
    written: Node
    unit: str = ""


def inner_names(levels: tuple[Level, ...], derived: tuple[Derived, ...], *, words: Vocabulary) -> dict[str, Name]:
    """What a scheme computes for itself out of `words`, as words its rules may use."""
    inside: list[Level | Derived] = [*levels, *derived]
    return {
        word.name: Name(
            word.name, ValueType.NUMBER, word.title.ru, word.title.en, None, word.unit,
            tells_money=word.unit == "money" or tells_money(words, *_nodes_of(word)),
        )
        for word in inside
    }  # fmt: skip


def _nodes_of(word: Level | Derived) -> list[Node]:
    return [word.of] if isinstance(word, Derived) or word.where is None else [word.of, word.where]


def tells_money(words: Vocabulary, *nodes: Node) -> bool:
    """Whether any name of `nodes` tells money: so does then what is made of them."""
    return any(name in words and words[name].tells_money for node in nodes for name in names_in(node))


@dataclass(frozen=True)
class Scheme:
    """A set of categories with rules; `place` is the file it was read from, `text` its whole content."""

    name: str
    title: Words
    about: Words
    mode: Mode
    minimum_stay_days: int
    dead_band: Decimal
    base: Rule
    levels: tuple[Level, ...]
    derived: tuple[Derived, ...]
    categories: tuple[Category, ...]
    tags: tuple[Tag, ...]
    vocabulary: Vocabulary
    place: str
    text: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(category.code for category in self.categories)

    @property
    def immediate_codes(self) -> tuple[str, ...]:
        return tuple(category.code for category in self.categories if category.immediate)

    @property
    def computed_column(self) -> str:
        return f"{self.name}_computed"

    def inner_names(self) -> dict[str, Name]:
        """The words of `let` and `each`."""
        names = [*(level.name for level in self.levels), *(word.name for word in self.derived)]
        return {name: self.vocabulary[name] for name in names}

    def category(self, code: str) -> Category | None:
        """The category with this code; None for a code the scheme no longer has."""
        return next((category for category in self.categories if category.code == code), None)

    def rank(self, code: str | None) -> int:
        """The place of a category in the order of the file, 0 for the first; after the last for no category."""
        return self.codes.index(code) if code in self.codes else len(self.codes)


@dataclass(frozen=True)
class Schemes:
    """Every scheme: `schemes` in the order of the screens, `steps` in the order they are computed.

    A scheme that speaks of another's categories or numbers is computed after it.
    """

    schemes: tuple[Scheme, ...]
    steps: tuple[Scheme, ...]
    hash: str

    def __iter__(self) -> Iterator[Scheme]:
        return iter(self.schemes)

    def __getitem__(self, name: str) -> Scheme:
        for scheme in self.schemes:
            if scheme.name == name:
                return scheme
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(scheme.name == name for scheme in self.schemes)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(scheme.name for scheme in self.schemes)

    @property
    def tags(self) -> tuple[Tag, ...]:
        return tuple(tag for scheme in self.schemes for tag in scheme.tags)

    def vocabulary(self) -> dict[str, Name]:
        """The names the schemes add to the metrics' own: categories, proposals, tags, levels and derived numbers."""
        names: list[Name] = []
        for scheme in self.schemes:
            names.extend(scheme_names(scheme))
        return {name.name: name for name in names}

    def columns(self) -> tuple[str, ...]:
        """The columns the classification gives, in order, without client_id."""
        return tuple(self.vocabulary())


def scheme_names(scheme: Scheme) -> list[Name]:
    """The words one scheme adds to the vocabulary.

    A category is what the firm calls a client and everybody is told; a tag is a single yes or no about its numbers.
    """
    title, codes = scheme.title, scheme.codes
    proposed = Words(ru=f"{title.ru}: предложение", en=f"{title.en}: proposed")
    return [
        Name(scheme.name, ValueType.TEXT, title.ru, title.en, choices=codes),
        Name(scheme.computed_column, ValueType.TEXT, proposed.ru, proposed.en, choices=codes),
        *(_tag_name(tag, scheme.vocabulary) for tag in scheme.tags),
        *scheme.inner_names().values(),
    ]


def _tag_name(tag: Tag, words: Vocabulary) -> Name:
    told = tells_money(words, tag.rule.condition)
    return Name(tag.column, ValueType.BOOLEAN, tag.title.ru, tag.title.en, tells_money=told)
