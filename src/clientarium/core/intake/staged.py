"""What staging a file gives: parquet files to load, counts and sums that must agree, and the refused rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from clientarium.core.ground import Message
from clientarium.core.intake.layout import SERVICE_PREFIX
from clientarium.core.intake.reports import ReportView


@dataclass(frozen=True)
class Totals:
    """Sums of one numeric column: file = accepted + refused + skipped."""

    file: Decimal
    accepted: Decimal
    refused: Decimal
    skipped: Decimal

    @property
    def agree(self) -> bool:
        return self.file == self.accepted + self.refused + self.skipped


@dataclass(frozen=True)
class Staged:
    """Records are rows of the file (cells of month columns in a file of months): read = accepted + refused + skipped.

    `clients`, `sellers`, `refused_rows` are parquet files; `tables` lists those of each fact table.
    """

    kind: str
    rows_read: int
    accepted: int
    refused: int
    skipped: Mapping[str, int]
    totals: Mapping[str, Totals]
    first_on: date | None
    last_on: date | None
    tables: Mapping[str, tuple[Path, ...]]
    clients: Path | None
    sellers: Path | None
    refused_rows: Path | None
    headers: tuple[str, ...]
    doubts: tuple[Message, ...]
    report: ReportView | None = None

    @property
    def is_mended(self) -> bool:
        """True for our own workbook of refused rows sent back: it completes what is loaded and replaces nothing."""
        return any(header.startswith(SERVICE_PREFIX) for header in self.headers)

    @property
    def agree(self) -> bool:
        """True when no record and no sum is lost: the control before anything is written."""
        counted = self.accepted + self.refused + sum(self.skipped.values())
        return self.rows_read == counted and all(totals.agree for totals in self.totals.values())
