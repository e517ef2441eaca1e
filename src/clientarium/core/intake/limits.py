"""How much a foreign file may cost before it is refused (CHECKS, design rules 1 and 2)."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Ceilings of one reading; every one ends in a sentence for a person, never in a dead worker."""

    # Address space, not resident memory. Measured on a CSV of 5 million lines, 529 MB: 0.9 GB of addresses and 0.66 GB
    # resident with the system's allocator, 1.7 GB of addresses with Arrow's own, which reserves a gigabyte ahead.
    # 2 GB lets both through and still stops a bomb within a second or two.
    address_bytes: int = 2048 * MEBIBYTE
    inspect_seconds: int = 60
    # Staging is allowed a base and then a second per mebibyte: two orders of magnitude slower than it really is.
    stage_seconds: int = 120
    stage_seconds_per_mebibyte: float = 1.0
    file_bytes: int = 20 * 1024 * MEBIBYTE
    unpacked_bytes: int = 8 * 1024 * MEBIBYTE
    workbook_unpacked_bytes: int = 1024 * MEBIBYTE
    archive_ratio: int = 100
    # Small files compress without bound (a page of blanks), so the ratio counts only past this size.
    archive_ratio_from_bytes: int = 50 * MEBIBYTE
    archive_entries: int = 10_000
    columns: int = 1_000
    # A sheet is held as its bounding rectangle: A1 and XFD1048576 alone ask for 17 thousand million cells.
    sparse_cells: int = 2_000_000
    dense_cells: int = 30_000_000
    dense_share: float = 0.05
    cell_characters: int = 32_767


LIMITS = Limits()
