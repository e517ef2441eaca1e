"""Readers, one per format: a file → tables → a stream of grids."""

from clientarium.core.intake.readers.grid import Grid, HeadRow, Misfit, Source, TableInfo
from clientarium.core.intake.readers.opening import open_source

__all__ = ["Grid", "HeadRow", "Misfit", "Source", "TableInfo", "open_source"]
