"""Shapes of tables: how a grid of the file becomes blocks of one row a fact. A report comes here as lines already."""

from collections.abc import Callable, Iterator, Mapping

from clientarium.core.intake.blocks import Block
from clientarium.core.intake.readers import Grid
from clientarium.core.intake.shapes.lines import blocks_of_lines
from clientarium.core.intake.shapes.months import blocks_of_months
from clientarium.core.intake.shapes.reading import Reading

Shape = Callable[[Grid, Reading], Iterator[Block]]

SHAPES: Mapping[str, Shape] = {"lines": blocks_of_lines, "months": blocks_of_months, "report": blocks_of_lines}

__all__ = ["SHAPES", "Reading", "Shape"]
