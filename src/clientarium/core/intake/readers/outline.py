"""What a sheet says besides its values: levels of rows, indents of cells, merges, codes kept as numbers."""

from array import array
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Merge:
    """Cells merged into one; rows and columns count from 1 and 0, both ends inside."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Outline:
    """Levels and indents by row number (index 0 is unused); `codes` are cells with a zero format: digits to show."""

    levels: "array[int]" = field(default_factory=lambda: array("B"))
    indents: "array[int]" = field(default_factory=lambda: array("B"))
    merges: list[Merge] = field(default_factory=list)
    codes: dict[tuple[int, int], int] = field(default_factory=dict)

    def level(self, row: int) -> int:
        return self.levels[row] if row < len(self.levels) else 0

    def indent(self, row: int) -> int:
        return self.indents[row] if row < len(self.indents) else 0

    def note(self, row: int, *, level: int | None = None, indent: int | None = None) -> None:
        """Keep the level of a row, or the indent of its first indented cell."""
        for kept, value in ((self.levels, level), (self.indents, indent)):
            if value is None:
                continue
            if row >= len(kept):
                kept.extend([0] * (row + 1 - len(kept)))
            kept[row] = min(value, 255)


@dataclass(frozen=True)
class ReportRow:
    """One row of a sheet as a report needs it; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]
    level: int = 0
    indent: int = 0
