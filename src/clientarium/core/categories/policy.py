"""The firm's policy: numbers that more than one scheme, page or rule leans on, each with where it comes from.

Every number is a word of the rules' vocabulary with the prefix `policy_`: `policy_cold_days`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from clientarium.core.categories.definition_file import Entry, Words, read_entries
from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Name, ValueType, Vocabulary

COLD_RULES = ("rhythm", "strict")
"""`strict` is the written two months; `rhythm` waits for the later of two months and k × the client's own gap."""

PURCHASE_MEANINGS = ("shipment", "payment", "order")

CHOICES = {"cold_rule": COLD_RULES, "purchase_is": PURCHASE_MEANINGS}


@dataclass(frozen=True)
class PolicyLine:
    name: str
    title: Words
    value: Decimal | str
    source: Words
    unit: str = ""


@dataclass(frozen=True)
class Policy:
    """The lines of definitions/policy.yaml by name."""

    lines: Mapping[str, PolicyLine]
    text: str

    def number(self, name: str) -> Decimal:
        """A line's number as the rules see it; under the strict cold rule the rhythm counts for nothing."""
        if name == "rhythm_factor" and self.choice("cold_rule") == "strict":
            return Decimal(0)
        value = self.lines[name].value
        assert isinstance(value, Decimal)
        return value

    def choice(self, name: str) -> str:
        return str(self.lines[name].value)

    def vocabulary(self) -> Vocabulary:
        return {f"policy_{line.name}": self._word(line) for line in self.lines.values() if line.name not in CHOICES}

    def values(self) -> dict[str, Decimal]:
        """What stands for each `policy_…` word."""
        return {f"policy_{name}": self.number(name) for name in self.lines if name not in CHOICES}

    @staticmethod
    def _word(line: PolicyLine) -> Name:
        return Name(f"policy_{line.name}", ValueType.NUMBER, line.title.ru, line.title.en, unit=line.unit)


def load_policy(path: Path) -> Policy:
    """The policy file; raises UserError with file and line."""
    if not path.is_file():
        raise UserError(
            N_("The file is missing."),
            cure=N_("Copy it from the definitions that come with the program."),
            place=str(path),
        )
    return read_policy(path.read_text(encoding="utf-8"), file=str(path))


def read_policy(text: str, *, file: str = "policy.yaml") -> Policy:
    lines = {name: _line(name, entry) for name, entry in read_entries(text, file=file).items()}
    return Policy(lines, text)


def _line(name: str, entry: Entry) -> PolicyLine:
    fields = entry.fields(("value", "title", "source", "unit"), required=("value", "title", "source"))
    if name in CHOICES:
        value: Decimal | str = fields["value"].one_of(CHOICES[name])
    else:
        value = fields["value"].decimal()
    unit = fields["unit"].text() if "unit" in fields else ""
    return PolicyLine(name, fields["title"].words(), value, fields["source"].words(), unit)
