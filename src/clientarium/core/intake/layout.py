"""A layout: what was understood about one shape of file, kept so that the next such file loads with one click."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

import yaml

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.meanings import KINDS, meaning_names, repeatable_meanings

NoClient = Literal["refuse", "skip", "anonymous"]

# Columns the program adds to the workbook of refused rows begin so; a workbook sent again loads without them.
SERVICE_PREFIX = "Clientarium: "


@dataclass(frozen=True)
class LayoutColumn:
    """One column of the file by its header text; `meaning` is a name of `meanings.py`, `ignore` or `field`."""

    header: str
    meaning: str


@dataclass(frozen=True)
class Layout:
    """Everything needed to read a file of one shape again; the same thing as a YAML mapping."""

    kind: str
    columns: tuple[LayoutColumn, ...]
    shape: str = "lines"
    title: str = ""
    date_order: str = "dmy"
    decimal_mark: str = "."
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    currency: str | None = None
    no_client: NoClient = "refuse"
    fingerprint: str = ""
    # Every row bears the last day of the report's period, for want of a day of its own.
    dated_by_period: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UserError(N_("A layout cannot be of kind “%(kind)s”."), kind=self.kind)
        for column in self.columns:
            if column.meaning not in meaning_names(self.kind):
                raise UserError(
                    N_("“%(meaning)s” is not a meaning a column of this kind can have."),
                    cure=N_("Use one of: %(known)s."),
                    meaning=column.meaning,
                    known=", ".join(meaning_names(self.kind)),
                )

    def meaning_of(self, header: str) -> str:
        """Return the meaning of the column headed `header`, `ignore` when the layout does not know it."""
        return next((column.meaning for column in self.columns if column.header == header), "ignore")

    def headers_of(self, meaning: str) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns if column.meaning == meaning)

    def with_columns(self, corrections: Mapping[str, str]) -> "Layout":
        """Return the layout with some headers given other meanings; UserError names a header that is not there."""
        headers = {column.header for column in self.columns}
        for header in corrections:
            if header not in headers:
                raise UserError(
                    N_("There is no column “%(header)s” in the file."),
                    cure=N_("Its columns are: %(known)s."),
                    header=header,
                    known=", ".join(sorted(headers)),
                )
        taken = {meaning for meaning in corrections.values() if meaning not in repeatable_meanings(self.kind)}
        columns = tuple(_corrected(column, corrections=corrections, taken=taken) for column in self.columns)
        return replace(self, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"columns": [asdict(column) for column in self.columns]}

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> "Layout":
        """Build a layout from its mapping; UserError names a key nobody knows."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(source) - known)
        if unknown:
            raise UserError(N_("A layout has no key “%(key)s”."), key=unknown[0])
        columns = tuple(LayoutColumn(header=str(one["header"]), meaning=one["meaning"]) for one in source["columns"])
        return cls(**(dict(source) | {"columns": columns}))

    def to_yaml(self) -> str:
        return yaml.safe_dump(self.to_dict(), allow_unicode=True, sort_keys=False)

    @classmethod
    def from_yaml(cls, text: str) -> "Layout":
        return cls.from_dict(yaml.safe_load(text))


def _corrected(column: LayoutColumn, *, corrections: Mapping[str, str], taken: set[str]) -> LayoutColumn:
    """A meaning given by a person leaves the column that had it by guess."""
    if column.header in corrections:
        return replace(column, meaning=corrections[column.header])
    return replace(column, meaning="ignore") if column.meaning in taken else column


def fingerprint_of(headers: Iterable[str]) -> str:
    """Return the key of a shape: the set of its header texts, whatever their order, case and spacing."""
    normal = {re.sub(r"\s+", " ", header).strip().casefold() for header in headers if header.strip()}
    return hashlib.sha256("\n".join(sorted(normal)).encode()).hexdigest()[:16]
