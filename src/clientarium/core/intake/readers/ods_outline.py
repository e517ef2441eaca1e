"""Levels and indents of an ODS sheet: nested row groups, and margins of the styles of its cells."""

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.readers.outline import Merge, Outline
from clientarium.core.intake.readers.xlsx_outline import MERGES_KEPT_TO_ROW, Attributes, refuse_entities

_CHUNK = 1 << 20
_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt)")
_MILLIMETRES = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 0.3528}


def ods_outline(path: Path, *, sheet: str) -> Outline:
    reading = _Reading(sheet)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.EntityDeclHandler = refuse_entities
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
    except expat.ExpatError as error:
        raise UserError(
            N_("The workbook cannot be read: it is damaged."), cure=N_("Open it in Excel and save it again.")
        ) from error
    return reading.outline


class _Reading:
    def __init__(self, sheet: str) -> None:
        self.outline = Outline()
        self._sheet = sheet
        self._inside = False
        self._row = 0
        self._column = 0
        self._depth = 0
        self._style = ""
        self._margins: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:paragraph-properties" and "fo:margin-left" in attributes:
            self._margins[self._style] = _millimetres(attributes["fo:margin-left"])
        elif name == "table:table":
            self._inside = attributes.get("table:name") == self._sheet
        elif self._inside and name == "table:table-row-group":
            self._depth += 1
        elif self._inside and name == "table:table-row":
            self._start_row(int(attributes.get("table:number-rows-repeated", "1")))
        elif self._inside and name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def end(self, name: str) -> None:
        if name == "table:table":
            self._inside = False
        elif self._inside and name == "table:table-row-group":
            self._depth -= 1

    def _start_row(self, repeated: int) -> None:
        self._row += 1
        self._column = 0
        self.outline.note(self._row, level=self._depth)
        self._row += repeated - 1

    def _cell(self, attributes: Attributes) -> None:
        margin = self._margins.get(attributes.get("table:style-name", ""), 0)
        if margin and not self.outline.indent(self._row):
            self.outline.note(self._row, indent=margin)
        rows = int(attributes.get("table:number-rows-spanned", "1"))
        columns = int(attributes.get("table:number-columns-spanned", "1"))
        if (rows > 1 or columns > 1) and self._row <= MERGES_KEPT_TO_ROW:
            merge = Merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            self.outline.merges.append(merge)
        self._column += int(attributes.get("table:number-columns-repeated", "1"))


def _millimetres(length: str) -> int:
    found = _LENGTH.fullmatch(length)
    return round(float(found[1]) * _MILLIMETRES[found[2]]) if found else 0
