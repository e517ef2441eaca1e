"""A YAML file of definitions that remembers the line each key stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import nearest_names

Keys = tuple[str, ...]


@dataclass(frozen=True)
class DefinitionFile:
    """`value` is the parsed mapping; `lines` gives the line of each key by its path from the root."""

    path: Path
    text: str
    value: dict[str, Any]
    lines: Mapping[Keys, int]

    def place(self, *keys: str) -> str:
        """`file:line` of the key, or of its nearest ancestor that has a line."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return f"{self.path}:{self.lines.get(keys, 1)}"

    def at(self, *keys: str) -> Any:
        value: Any = self.value
        for key in keys:
            value = value[key]
        return value

    def error(self, keys: Keys, message: str, *, cure: str = "", **params: object) -> UserError:
        return UserError(message, cure=cure, place=self.place(*keys), **params)

    def require_keys(self, keys: Keys, *, required: Iterable[str], optional: Iterable[str]) -> None:
        """Raise UserError for a key that is missing or not known under `keys`."""
        section = self.at(*keys)
        if not isinstance(section, dict):
            raise self.error(keys, N_("“%(word)s” must hold named lines."), word=keys[-1] if keys else self.path.name)
        known = [*required, *optional]
        for key in section:
            if key not in known:
                nearest = ", ".join(nearest_names(str(key), known) or sorted(known))
                raise self.error(
                    (*keys, str(key)), N_("“%(word)s” is not known here."), cure=N_("Perhaps: %(nearest)s."),
                    word=key, nearest=nearest,
                )  # fmt: skip
        for key in required:
            if section.get(key) is None:
                raise self.error(keys, N_("“%(word)s” is missing."), word=key)


def read_definitions(path: Path) -> DefinitionFile:
    """The file's mapping with its lines; raises UserError where it is not readable YAML."""
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        reason = getattr(error, "problem", None) or str(error)
        raise UserError(N_("This is not readable YAML: %(reason)s."), place=f"{path}:{line}", reason=reason) from error
    if value is None:
        return DefinitionFile(path, text, {}, {})
    if not isinstance(value, dict):
        raise UserError(N_("A file of definitions holds named lines."), place=f"{path}:1")
    lines: dict[Keys, int] = {}
    _collect_lines(path, root, (), lines)
    return DefinitionFile(path, text, value, lines)


def _collect_lines(path: Path, node: yaml.Node | None, keys: Keys, lines: dict[Keys, int]) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    for key_node, value_node in node.value:
        here = (*keys, str(key_node.value))
        line = key_node.start_mark.line + 1
        if here in lines:
            # YAML itself keeps the last of two equal keys without a word.
            raise UserError(N_("“%(word)s” is written twice."), place=f"{path}:{line}", word=here[-1])
        lines[here] = line
        _collect_lines(path, value_node, here, lines)
