"""Control totals: every record and every amount of the file is accepted, refused or skipped."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.intake.blocks import Block
from clientarium.core.intake.staged import Totals


@dataclass
class _Sums:
    file: Decimal = Decimal(0)
    accepted: Decimal = Decimal(0)
    refused: Decimal = Decimal(0)
    skipped: Decimal = Decimal(0)


@dataclass
class Tally:
    """Counts over all blocks; `file` sums are taken before rows are told apart, the others after."""

    rows: int = 0
    accepted: int = 0
    refused: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    sums: dict[str, _Sums] = field(default_factory=dict)

    def count(self, block: Block, accepted: pa.Array) -> None:
        self.rows += len(block)
        self.accepted += pc.sum(accepted).as_py() or 0
        self.refused += len(block.refused)
        self.skipped.update(block.skipped)
        for meaning, values in block.amounts.items():
            self._count_amounts(self.sums.setdefault(meaning, _Sums()), values, block=block, accepted=accepted)

    def count_misfits(self, misfits: int) -> None:
        self.rows += misfits
        self.refused += misfits

    def totals(self) -> dict[str, Totals]:
        """Return the sums by the meaning of their column."""
        return {name: Totals(one.file, one.accepted, one.refused, one.skipped) for name, one in self.sums.items()}

    def _count_amounts(self, sums: _Sums, values: pa.Array, *, block: Block, accepted: pa.Array) -> None:
        sums.file += _sum(values)
        sums.accepted += _sum(values.filter(accepted)) if block.refused or block.skipped else _sum(values)
        sums.refused += _sum(values.take(pa.array(list(block.refused), pa.int64())))
        sums.skipped += _sum(values.filter(block.left_out)) if block.skipped else 0


def _sum(values: pa.Array) -> Decimal:
    return pc.sum(values).as_py() or Decimal(0)
