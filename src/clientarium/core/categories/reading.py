"""YAML → scheme: every word checked, every error with its file, line and the nearest right names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from clientarium.core.categories.definition_file import Entry, Words, read_entries
from clientarium.core.categories.policy import Policy
from clientarium.core.categories.scheme import (
    Category,
    Derived,
    Level,
    MaxTouches,
    Mode,
    Play,
    Rule,
    Scheme,
    Schemes,
    Summary,
    Tag,
    inner_names,
    scheme_names,
)
from clientarium.core.ground import N_, ExpressionError, UserError, content_hash
from clientarium.core.ground.expressions import (
    Name,
    Node,
    Vocabulary,
    names_in,
    parse_condition,
    parse_expression,
)
from clientarium.core.ground.expressions import nodes as tree

SCHEME_KEYS = ("scheme", "title", "about", "mode", "minimum_stay_days", "dead_band", "base", "let", "each",
               "categories", "tags")  # fmt: skip
CATEGORY_KEYS = ("code", "title", "when", "otherwise", "play", "source", "immediate")
PLAY_KEYS = ("service", "rhythm", "ceiling", "price", "greeting")
TAG_KEYS = ("code", "title", "when", "source")
LEVEL_KEYS = ("title", "is", "of", "where", "unit")
DERIVED_KEYS = ("title", "is", "unit")

ORDER = ("grade", "layer", "rfm", "abc_revenue", "abc_margin", "xyz", "lifecycle", "movement")
"""The order of the screens; the firm's own schemes follow by name. A scheme that needs another is moved behind it."""


class HasVocabulary(Protocol):
    def vocabulary(self) -> Vocabulary: ...


def load_schemes(
    *folders: Path, catalogue: HasVocabulary, policy: Policy, custom_fields: Sequence[Name] = ()
) -> Schemes:
    """All schemes of the folders; of two files with one name the later folder's wins. Raises UserError."""
    files = {path.name: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.yaml"))}
    texts = {str(path): path.read_text(encoding="utf-8") for path in files.values()}
    return read_schemes(texts, catalogue=catalogue, policy=policy, custom_fields=custom_fields)


def read_schemes(
    texts: Mapping[str, str], *, catalogue: HasVocabulary, policy: Policy, custom_fields: Sequence[Name] = ()
) -> Schemes:
    """The schemes of {file: text}, in the order they can be computed."""
    words = {**catalogue.vocabulary(), **{field.name: field for field in custom_fields}}
    waiting = [_Outline(read_entries(text, file=file), text, policy) for file, text in texts.items()]
    waiting.sort(key=lambda outline: _place_on_screens(outline.name))
    steps = _in_order(waiting, words)
    shown = tuple(sorted(steps, key=lambda scheme: _place_on_screens(scheme.name)))
    return Schemes(shown, steps, content_hash(policy.text, *texts.values()))


def _place_on_screens(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def read_scheme(text: str, *, vocabulary: Vocabulary, policy: Policy, file: str = "scheme.yaml") -> Scheme:
    """One scheme over a ready vocabulary; the names it makes itself may be in it already, from its saved version."""
    outline = _Outline(read_entries(text, file=file), text, policy)
    own = outline.own_names()
    return outline.read({name: word for name, word in vocabulary.items() if name not in own})


def _in_order(waiting: "list[_Outline]", words: dict[str, Name]) -> tuple[Scheme, ...]:
    """Each scheme read with the words of those before it; one that speaks of a later scheme waits for it."""
    done: list[Scheme] = []
    refused: UserError | None = None
    while waiting:
        for outline in waiting:
            outline.check_is_new(words)
            try:
                scheme = outline.read(words)
            except UserError as error:
                # It may only be waiting for a name that a later scheme brings; the first error is told if it is not.
                refused = refused or error
                continue
            words.update({name.name: name for name in scheme_names(scheme)})
            done.append(scheme)
            waiting.remove(outline)
            refused = None
            break
        else:
            assert refused is not None
            raise refused
    return tuple(done)


@dataclass(frozen=True)
class _Outline:
    """A scheme's file before its rules are read."""

    root: Entry
    text: str
    policy: Policy

    @property
    def fields(self) -> dict[str, Entry]:
        required = ("scheme", "title", "mode", "base", "categories", "minimum_stay_days", "dead_band")
        return self.root.fields(SCHEME_KEYS, required=required)

    @property
    def name(self) -> str:
        return _identifier(self.fields["scheme"])

    def own_names(self) -> set[str]:
        """The words the scheme adds: its category, the proposal, its levels and derived numbers."""
        inside = {name for key in ("let", "each") for name, _ in _pairs(self.fields.get(key))}
        return {self.name, f"{self.name}_computed"} | inside

    def check_is_new(self, words: Vocabulary) -> None:
        if self.name in words:
            self.fields["scheme"].fail(N_("The name “%(word)s” is already taken."), word=self.name)

    def read(self, words: Vocabulary) -> Scheme:
        fields, rules = self.fields, _Rules(words, self.policy)
        levels = tuple(_level(name, entry, rules) for name, entry in _pairs(fields.get("let")))
        derived = tuple(_derived(name, entry, rules) for name, entry in _pairs(fields.get("each")))
        _check_names_are_new([pair for key in ("let", "each") for pair in _pairs(fields.get(key))], words)
        inside = rules.with_words(inner_names(levels, derived, words=words))
        title = fields["title"].words()
        return Scheme(
            name=self.name,
            title=title,
            about=fields["about"].words() if "about" in fields else title,
            mode=Mode(fields["mode"].one_of([mode.value for mode in Mode])),
            minimum_stay_days=fields["minimum_stay_days"].integer(),
            dead_band=_band(fields["dead_band"]),
            base=rules.rule(fields["base"]),
            levels=levels,
            derived=derived,
            categories=_categories(fields["categories"], inside),
            tags=tuple(_tag(entry, inside) for entry in (fields["tags"].list() if "tags" in fields else [])),
            vocabulary=inside.vocabulary,
            place=self.root.file,
            text=self.text,
        )


@dataclass(frozen=True)
class _Rules:
    """Reads conditions over the words known so far."""

    words: Vocabulary
    policy: Policy

    @property
    def vocabulary(self) -> Vocabulary:
        return {**self.words, **self.policy.vocabulary()}

    def with_words(self, more: Vocabulary) -> "_Rules":
        return _Rules({**self.words, **more}, self.policy)

    def rule(self, entry: Entry) -> Rule:
        text = entry.text()
        written = _told_with_place(entry, lambda: parse_condition(text, self.vocabulary))
        return Rule(text.strip(), written, with_values(written, self.policy.values()))

    def expression(self, entry: Entry) -> Node:
        return with_values(self.written(entry), self.policy.values())

    def written(self, entry: Entry) -> Node:
        return _told_with_place(entry, lambda: parse_expression(entry.text(), self.vocabulary))


def _told_with_place(entry: Entry, read: Callable[[], Node]) -> Node:
    try:
        return read()
    except ExpressionError as error:
        lines_above = entry.text()[: error.position].count("\n")
        error.place = f"{entry.file}:{entry.node.start_mark.line + 1 + lines_above}"
        raise


def with_values(node: Node, values: Mapping[str, Decimal]) -> Node:
    """`node` with the names of `values` replaced by their numbers."""
    if isinstance(node, tree.Name) and node.name in values:
        return tree.Literal(values[node.name])
    for step, child in tree.children(node):
        changed = with_values(child, values)
        if changed is not child:
            node = tree.replace_at(node, step, changed)
    return node


def _pairs(entry: Entry | None) -> list[tuple[str, Entry]]:
    return [] if entry is None else list(entry.items())


def _check_names_are_new(pairs: list[tuple[str, Entry]], words: Vocabulary) -> None:
    seen: set[str] = set()
    for name, entry in pairs:
        if name in words or name in seen:
            entry.fail(N_("The name “%(word)s” is already taken."), word=name)
        seen.add(name)


def _identifier(entry: Entry) -> str:
    word = entry.text()
    if not (word.isascii() and word.isidentifier() and word == word.lower()):
        entry.fail(
            N_("“%(word)s” cannot be a name."), cure=N_("Use small Latin letters, digits and underscores."), word=word
        )
    return word


def _band(entry: Entry) -> Decimal:
    band = entry.decimal()
    if not 0 <= band < 1:
        entry.fail(N_("“%(word)s” is not a share from 0 to 1."), word=entry.text())
    return band


def _level(name: str, entry: Entry, rules: _Rules) -> Level:
    fields = entry.fields(LEVEL_KEYS, required=("title", "is", "of"))
    return Level(
        name=name,
        title=fields["title"].words(),
        summary=Summary(fields["is"].one_of([summary.value for summary in Summary])),
        of=rules.expression(fields["of"]),
        where=rules.rule(fields["where"]).condition if "where" in fields else None,
        unit=fields["unit"].text() if "unit" in fields else "",
    )


def _derived(name: str, entry: Entry, rules: _Rules) -> Derived:
    fields = entry.fields(DERIVED_KEYS, required=("title", "is"))
    unit = fields["unit"].text() if "unit" in fields else ""
    written = rules.written(fields["is"])
    of = with_values(written, rules.policy.values())
    return Derived(name, fields["title"].words(), of, written, unit)


def _categories(entry: Entry, rules: _Rules) -> tuple[Category, ...]:
    entries = entry.list()
    found = tuple(_category(part, rules) for part in entries)
    _check_codes(entries, [category.code for category in found])
    for part, category in list(zip(entries, found, strict=True))[:-1]:
        if category.rule is None:
            part.fail(
                N_("Nothing after “%(word)s” can ever apply."), cure=N_("Put it last, or give it a rule."),
                word=category.code,
            )  # fmt: skip
    return found


def _check_codes(entries: Sequence[Entry], codes: Sequence[str]) -> None:
    if not codes:
        raise UserError(N_("A scheme needs at least one category."))
    for index, code in enumerate(codes):
        if code in codes[:index]:
            entries[index].fail(N_("The code “%(word)s” stands here twice."), word=code)


def _category(entry: Entry, rules: _Rules) -> Category:
    fields = entry.fields(CATEGORY_KEYS, required=("code", "title", "source", "play"))
    if ("when" in fields) == ("otherwise" in fields and fields["otherwise"].truth()):
        entry.fail(N_("A category needs either “when: …” or “otherwise: true”."))
    return Category(
        code=fields["code"].text(),
        title=fields["title"].words(),
        rule=rules.rule(fields["when"]) if "when" in fields else None,
        source=fields["source"].words(),
        play=_play(fields["play"]),
        immediate=fields["immediate"].truth() if "immediate" in fields else False,
    )


def _play(entry: Entry) -> Play:
    fields = entry.fields((*PLAY_KEYS, "max_touches"), required=PLAY_KEYS)
    texts: dict[str, Words] = {key: fields[key].words() for key in PLAY_KEYS if key != "greeting"}
    ceiling = _max_touches(fields["max_touches"]) if "max_touches" in fields else None
    return Play(**texts, greeting=fields["greeting"].truth(), max_touches=ceiling)


def _max_touches(entry: Entry) -> MaxTouches:
    fields = entry.fields(("count", "days"), required=("count",))
    days = fields["days"].integer() if "days" in fields else None
    if days == 0:
        fields["days"].fail(N_("A ceiling of touches needs at least one day."))
    return MaxTouches(fields["count"].integer(), days)


def _tag(entry: Entry, rules: _Rules) -> Tag:
    fields = entry.fields(TAG_KEYS, required=TAG_KEYS)
    return Tag(_identifier(fields["code"]), fields["title"].words(), rules.rule(fields["when"]),
               fields["source"].words())  # fmt: skip


def names_used(scheme: Scheme) -> frozenset[str]:
    """Every word the scheme's rules need from a client: metrics, fields, categories of other schemes."""
    inside = scheme.inner_names()
    nodes: Iterable[Node] = [
        scheme.base.condition,
        *(level.of for level in scheme.levels),
        *(level.where for level in scheme.levels if level.where),
        *(word.of for word in scheme.derived),
        *(category.rule.condition for category in scheme.categories if category.rule),
        *(tag.rule.condition for tag in scheme.tags),
    ]
    return frozenset(name for node in nodes for name in names_in(node)) - frozenset(inside)
