"""The names an expression may use, with their types: the catalogue's metrics, categories and client fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ValueType(StrEnum):
    NUMBER = "number"
    MONEY = "money"
    INTEGER = "integer"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


NUMERIC_TYPES = frozenset({ValueType.NUMBER, ValueType.MONEY, ValueType.INTEGER})

SHARE_UNIT = "share"
"""The unit of a part of one: 0.2 is shown as 20 %."""


@dataclass(frozen=True)
class Name:
    """One word of the vocabulary. `choices` are the codes a text may take; `unit` is 'share', 'days', …

    `tells_money`: it is money, or made of money (a share, a rank, a yes or no), and hidden from whoever sees none.
    """

    name: str
    type: ValueType
    title_ru: str
    title_en: str
    choices: tuple[str, ...] | None = None
    unit: str = ""
    tells_money: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", ValueType(self.type))
        object.__setattr__(self, "tells_money", self.tells_money or self.type is ValueType.MONEY)
        if self.choices is not None:
            object.__setattr__(self, "choices", tuple(self.choices))

    def title(self, language: str) -> str:
        return self.title_ru if language == "ru" else self.title_en


Vocabulary = Mapping[str, Name]
