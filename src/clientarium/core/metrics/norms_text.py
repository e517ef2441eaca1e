"""The text of norms.yaml with some of its numbers changed and nothing else: comments and line breaks stay."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal

import yaml

from clientarium.core.ground import N_, UserError

NormKeys = tuple[str, ...]
NormAmount = Decimal | tuple[Decimal, ...] | str | None
"""A number, a list of numbers, a word; None takes the line away, so that the default holds."""

PLAIN_NAME = re.compile(r"\w[\w ./-]*")


def with_norms(text: str, changes: Mapping[NormKeys, NormAmount]) -> str:
    """`text` with each of `changes` written in its place; a line it lacks is added under its heading.

    Raises UserError where the heading itself is missing.
    """
    for keys, value in changes.items():
        text = _with_one(text, keys, value)
    return text


def _with_one(text: str, keys: NormKeys, value: NormAmount) -> str:
    parent = _node(text, keys[:-1])
    if parent is None:
        if value is None:
            return text
        if len(keys) < 2 or not isinstance(_node(text, keys[:-2]), yaml.MappingNode):
            raise UserError(N_("“%(word)s” is missing."), word=".".join(keys[:-1]))
        return _added(text, keys[:-2], keys[-2], f"{{{_name(keys[-1])}: {_written(value)}}}")
    if not isinstance(parent, yaml.MappingNode):
        raise UserError(N_("“%(word)s” must hold named lines."), word=keys[-2])
    found = next((pair for pair in parent.value if str(pair[0].value) == keys[-1]), None)
    if found is None:
        return text if value is None else _added(text, keys[:-1], keys[-1], _written(value))
    if value is None:
        return _removed(text, parent, keys[-1])
    start: int = found[1].start_mark.index
    end: int = found[1].end_mark.index
    return text[:start] + _written(value) + text[end:]


def _added(text: str, parent_keys: NormKeys, name: str, written: str) -> str:
    parent = _node(text, parent_keys)
    assert isinstance(parent, yaml.MappingNode)
    line = f"{_name(name)}: {written}"
    if parent.flow_style:
        end: int = parent.end_mark.index - 1
        return text[:end] + (", " if parent.value else "") + line + text[end:]
    first, last = parent.value[0][0], parent.value[-1][1]
    place = text.find("\n", last.end_mark.index if last.end_mark.column else last.end_mark.index - 1)
    place = len(text) if place < 0 else place
    indent: int = first.start_mark.column
    return text[:place] + "\n" + " " * indent + line + text[place:]


def _removed(text: str, parent: yaml.MappingNode, name: str) -> str:
    if parent.flow_style:
        kept = [text[key.start_mark.index : value.end_mark.index] for key, value in parent.value if key.value != name]
        return text[: parent.start_mark.index] + "{" + ", ".join(kept) + "}" + text[parent.end_mark.index :]
    if len(parent.value) == 1:
        # A heading without lines would be no mapping any more.
        start, end = parent.start_mark.index, parent.value[0][1].end_mark.index
        return text[:start] + "{}" + text[end:]
    key, value = next(pair for pair in parent.value if pair[0].value == name)
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    end = text.find("\n", value.end_mark.index)
    return text[:start] + ("" if end < 0 else text[end + 1 :])


def _node(text: str, keys: NormKeys) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if str(name.value) == key), None)
    return node


def _written(value: NormAmount) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_number(one) for one in value) + "]"
    return _number(value) if isinstance(value, Decimal) else _name(str(value))


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _name(name: str) -> str:
    """As YAML reads it back: plain where that is possible."""
    is_plain = PLAIN_NAME.fullmatch(name) and yaml.safe_load(name) == name
    return name if is_plain else json.dumps(name, ensure_ascii=False)
