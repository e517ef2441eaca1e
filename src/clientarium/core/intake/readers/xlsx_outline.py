"""One streaming pass over the XML of a sheet for what calamine does not give; nothing external is ever fetched."""

import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.readers.outline import Merge, Outline

_CHUNK = 1 << 20
_ZEROS = re.compile(r'^"?0{2,20}"?(?:;.*)?$')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# Merges matter in the head of a report; a sheet merges every row of names, which nobody needs to keep.
MERGES_KEPT_TO_ROW = 200
Attributes = dict[str, str]


def xlsx_outline(path: Path, *, sheet: str) -> Outline:
    """Return the outline of the sheet called `sheet`; an empty one when its part cannot be found."""
    with zipfile.ZipFile(path) as archive:
        # 1C writes SharedStrings.xml with a capital letter: names are matched without regard to case.
        names = {name.casefold(): name for name in archive.namelist()}
        part = names.get(_part_of(archive, names, sheet=sheet).casefold())
        if part is None:
            return Outline()
        styles = names.get("xl/styles.xml")
        reading = _SheetReading(_Styles(archive, styles) if styles else None)
        _parse(archive, part, start=reading.start)
        return reading.outline


def _part_of(archive: zipfile.ZipFile, names: dict[str, str], *, sheet: str) -> str:
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def start_book(name: str, attributes: Attributes) -> None:
        if name == "sheet" and "name" in attributes:
            ids[attributes["name"]] = next((v for k, v in attributes.items() if k.endswith(":id")), "")

    def start_relations(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    if "xl/workbook.xml" in names and "xl/_rels/workbook.xml.rels" in names:
        _parse(archive, names["xl/workbook.xml"], start=start_book)
        _parse(archive, names["xl/_rels/workbook.xml.rels"], start=start_relations)
    target = targets.get(ids.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


class _Styles:
    """Indents and zero formats by the number of a cell's style."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self.indents: list[int] = []
        self.zeros: list[int] = []
        self._formats: dict[str, int] = {}
        self._inside = False
        _parse(archive, part, start=self._start, end=self._end)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and _ZEROS.match(attributes.get("formatCode", "")):
            self._formats[attributes.get("numFmtId", "")] = attributes["formatCode"].split(";")[0].count("0")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.indents.append(0)
            self.zeros.append(self._formats.get(attributes.get("numFmtId", ""), 0))
        elif name == "alignment" and self._inside and self.indents:
            self.indents[-1] = int(attributes.get("indent", "0") or 0)

    def _end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


class _SheetReading:
    """Rows, cells and merges as they come; the row number is counted where the file leaves it out."""

    def __init__(self, styles: _Styles | None) -> None:
        self.outline = Outline()
        self._styles = styles
        self._row = 0
        self._column = -1

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
            self.outline.note(self._row, level=int(attributes.get("outlineLevel", "0")))
        elif name == "c":
            self._cell(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, attributes: Attributes) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(found[1]) if found else self._column + 1
        style = int(attributes.get("s", "0"))
        if self._styles is None or style >= len(self._styles.indents):
            return
        if self._styles.indents[style] and not self.outline.indent(self._row):
            self.outline.note(self._row, indent=self._styles.indents[style])
        if self._styles.zeros[style] and attributes.get("t", "n") == "n":
            self.outline.codes[(self._row, self._column)] = self._styles.zeros[style]

    def _merge(self, reference: str) -> None:
        found = _REFERENCE.findall(reference)
        if len(found) == 2 and int(found[0][1]) <= MERGES_KEPT_TO_ROW:
            (left, top), (right, bottom) = found
            self.outline.merges.append(Merge(int(top), column_number(left), int(bottom), column_number(right)))


def column_number(letters: str) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _parse(archive: zipfile.ZipFile, part: str, *, start: object, end: object = None) -> None:
    parser = expat.ParserCreate()

    def started(name: str, attributes: Attributes) -> None:
        start(name.rpartition(":")[2], attributes)  # type: ignore[operator]

    def ended(name: str) -> None:
        end(name.rpartition(":")[2])  # type: ignore[operator]

    parser.StartElementHandler = started
    if end is not None:
        parser.EndElementHandler = ended
    parser.EntityDeclHandler = refuse_entities
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserError(
            N_("The workbook cannot be read: it is damaged."), cure=N_("Open it in Excel and save it again.")
        ) from error


def refuse_entities(*_: object) -> None:
    """An honest workbook declares no entities; a bomb does."""
    raise UserError(N_("The file declares XML entities; it was refused."), cure=N_("Save it from Excel once more."))
