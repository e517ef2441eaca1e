"""A scheme as sentences with numbers to change, and a scheme's text with one number changed and nothing else."""

import re
from dataclasses import dataclass
from decimal import Decimal

import yaml

from clientarium.core.categories.definition_file import Entry, read_entries
from clientarium.core.categories.scheme import Scheme
from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import (
    Part,
    Vocabulary,
    literal_text,
    parse_condition,
    replace_literal,
    sentence,
    to_text,
)

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")


@dataclass(frozen=True)
class CategorySentence:
    """A category's rule for the page: number parts stand at a `path` that `with_threshold` understands."""

    code: str
    title: str
    source: str
    parts: tuple[Part, ...]
    text: str
    is_rest: bool


def scheme_sentences(scheme: Scheme, language: str) -> list[CategorySentence]:
    """Every category of the scheme in order, its rule as a sentence."""
    found = []
    for category in scheme.categories:
        rule = category.rule
        parts = tuple(sentence(rule.written, scheme.vocabulary, language)) if rule else ()
        text = rule.text if rule else ""
        title, source = category.title.text(language), category.source.text(language)
        found.append(CategorySentence(category.code, title, source, parts, text, rule is None))
    return found


def with_threshold(scheme_text: str, category: str, path: str, value: int | Decimal, *, vocabulary: Vocabulary) -> str:
    """`scheme_text` with the number at `path` of the category's rule replaced; comments and line breaks stay."""
    node = _rule_node(scheme_text, category)
    old = parse_condition(node.value, vocabulary)
    try:
        new = replace_literal(old, path, value)
    except KeyError:
        raise UserError(N_("The rule of “%(category)s” has no number there."), category=category, path=path) from None
    start, end = node.start_mark.index, node.end_mark.index
    for match in NUMBER.finditer(scheme_text, start, end):
        changed = scheme_text[: match.start()] + literal_text(value) + scheme_text[match.end() :]
        if parse_condition(_rule_node(changed, category).value, vocabulary) == new:
            return changed
    # The number is not written as a plain number (a sign, a doubled quote): the rule is written anew on one line.
    written = to_text(new).replace('"', '\\"')
    return scheme_text[:start] + f'"{written}"' + scheme_text[end:].lstrip(" ")


def with_policy(policy_text: str, name: str, value: Decimal | int | str) -> str:
    """`policy_text` with one line's value replaced in place."""
    entry = _child(_child(read_entries(policy_text, file="policy.yaml"), name), "value")
    start, end = entry.node.start_mark.index, entry.node.end_mark.index
    text = value if isinstance(value, str) else literal_text(value)
    return policy_text[:start] + text + policy_text[end:]


def _rule_node(scheme_text: str, category: str) -> yaml.ScalarNode:
    root = read_entries(scheme_text, file="scheme.yaml")
    for entry in _child(root, "categories").list():
        fields = dict(entry.items())
        if fields["code"].text() == category and "when" in fields:
            node = fields["when"].node
            assert isinstance(node, yaml.ScalarNode)
            return node
    raise UserError(N_("The scheme has no rule for “%(category)s”."), category=category)


def _child(entry: Entry, key: str) -> Entry:
    for name, child in entry.items():
        if name == key:
            return child
    raise UserError(N_("The key “%(word)s” is missing."), place=entry.place, word=key)
