"""A YAML file whose every value remembers its line, so that an error can point at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Never

import yaml

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import nearest_names


@dataclass(frozen=True)
class Words:
    """One text in both languages of the screens."""

    ru: str
    en: str

    def text(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True)
class Entry:
    """One value of a definition file with its place. Reading it the wrong way raises UserError with file and line."""

    node: yaml.Node
    file: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.node.start_mark.line + 1}"

    def fail(self, message: str, *, cure: str = "", **params: object) -> Never:
        raise UserError(message, cure=cure, place=self.place, **params)

    def fields(self, known: Iterable[str], *, required: Iterable[str] = ()) -> dict[str, "Entry"]:
        """The keys of a mapping, each of which must be among `known`."""
        found: dict[str, Entry] = {}
        known = list(known)
        for word, entry in self.items():
            if word in found:
                # YAML itself keeps the last of two equal keys without a word.
                entry.fail(N_("“%(word)s” is written twice."), word=word)
            found[word] = entry
            if word not in known:
                nearest = nearest_names(word, known) or tuple(known)
                entry.fail(
                    N_("Unknown key “%(word)s”."),
                    cure=N_("Perhaps: %(nearest)s."),
                    word=word,
                    nearest=", ".join(nearest),
                )
        for word in required:
            if word not in found:
                self.fail(N_("The key “%(word)s” is missing."), word=word)
        return found

    def items(self) -> Iterator[tuple[str, "Entry"]]:
        if not isinstance(self.node, yaml.MappingNode):
            self.fail(N_("Here stands a single value where “key: value” lines are expected."))
        for key, value in self.node.value:
            yield str(key.value), Entry(value, self.file)

    def list(self) -> "list[Entry]":
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail(N_("Here a list is expected: lines that begin with “- ”."))
        return [Entry(node, self.file) for node in self.node.value]

    def value(self) -> Any:
        """The plain value as YAML means it; a mapping or a list is refused."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail(N_("Here a single value is expected."))
        return yaml.SafeLoader("").construct_object(self.node, deep=True)

    def text(self) -> str:
        value = self.value()
        return self.node.value if isinstance(value, str) else str(self.node.value)

    def truth(self) -> bool:
        value = self.value()
        if not isinstance(value, bool):
            self.fail(N_("“%(word)s” is neither true nor false."), word=self.node.value)
        return value

    def integer(self) -> int:
        value = self.value()
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(N_("“%(word)s” is not a whole number from 0 on."), word=self.node.value)
        return value

    def decimal(self) -> Decimal:
        word = self.text()
        try:
            number = Decimal(word)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            self.fail(N_("“%(word)s” is not a number."), word=word)
        return number

    def words(self) -> Words:
        """The `{ru: …, en: …}` of a text on screens."""
        fields = self.fields(("ru", "en"), required=("ru", "en"))
        return Words(fields["ru"].text().strip(), fields["en"].text().strip())

    def one_of(self, allowed: Iterable[str]) -> str:
        word, allowed = self.text(), list(allowed)
        if word not in allowed:
            self.fail(
                N_("“%(word)s” is not known here."),
                cure=N_("Perhaps: %(nearest)s."),
                word=word,
                nearest=", ".join(nearest_names(word, allowed) or allowed),
            )
        return word


def read_entries(text: str, *, file: str) -> Entry:
    """The root of a definition file; raises UserError with the line where the YAML itself is broken."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise UserError(
            N_("The file cannot be read: %(problem)s."), place=f"{file}:{line}", problem=error.problem or str(error)
        ) from error
    except yaml.YAMLError as error:
        raise UserError(N_("The file cannot be read: %(problem)s."), place=f"{file}:1", problem=str(error)) from error
    if node is None:
        raise UserError(N_("The file is empty."), place=f"{file}:1")
    return Entry(node, file)
