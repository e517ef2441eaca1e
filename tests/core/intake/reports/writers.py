"""A sheet written as 1C writes it: XLSX with its oddities, ODS, text with tabs, MXL."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Cell = str | Decimal | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass
class SheetRow:
    """One row; `indent` is that of its first filled cell."""

    cells: list[Cell]
    level: int = 0
    indent: int = 0


@dataclass
class Sheet:
    """Rows and merged rectangles (first row, first column, last row, last column), all from 0."""

    rows: list[SheetRow] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def letters(column: int) -> str:
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + chr(65 + column % 26)


def write_1c_xlsx(path: Path, *sheets: Sheet, names: Sequence[str] = ("TDSheet", "Лист_2")) -> Path:
    """SharedStrings with a capital letter, a wrong dimension, BOMs, empty cells as errors, groups above their rows."""
    strings: dict[str, int] = {}
    parts = {
        f"xl/worksheets/sheet{number}.xml": _sheet_xml(sheet, strings) for number, sheet in enumerate(sheets, start=1)
    }
    parts["xl/SharedStrings.xml"] = (
        f'<sst xmlns="{_MAIN}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>"
    )
    styles = "".join(f'<xf applyAlignment="true"><alignment indent="{number}"/></xf>' for number in range(20))
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
        f'<cellXfs>{styles}<xf numFmtId="164" applyNumberFormat="true"/></cellXfs></styleSheet>'
    )
    listed = list(enumerate(zip(sheets, names, strict=False), start=1))
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (_, name) in listed)
        + "</sheets></workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in listed
        )
        + f'<Relationship Id="rId98" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        + f'<Relationship Id="rId99" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body)
    return path


def _sheet_xml(sheet: Sheet, strings: dict[str, int]) -> str:
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = []
        for column, cell in enumerate(row.cells):
            place = f'r="{letters(column)}{number}"'
            style = f' s="{row.indent}"' if row.indent and column == _first(row) else ""
            if cell is None or cell == "":
                cells.append(f'<c {place}{style} t="e"/>')
            elif isinstance(cell, Decimal):
                cells.append(f"<c {place}{style}><v>{cell}</v></c>")
            else:
                cells.append(f'<c {place}{style} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>')
        level = f' outlineLevel="{row.level}"' if row.level else ""
        rows.append(f'<row r="{number}"{level} ht="11" customHeight="true">{"".join(cells)}</row>')
    merges = "".join(
        f'<mergeCell ref="{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"/>'
        for top, left, bottom, right in sheet.merges
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><outlinePr summaryBelow="false"/></sheetPr><dimension ref="K9"/>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        + (f"<mergeCells>{merges}</mergeCells>" if merges else "")
        + "</worksheet>"
    )


def _first(row: SheetRow) -> int:
    return next((column for column, cell in enumerate(row.cells) if cell not in (None, "")), 0)


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def write_ods_report(path: Path, sheet: Sheet) -> Path:
    """Row groups nested by level, margins of cells by indent."""
    body: list[str] = []
    depth = 0
    for row in sheet.rows:
        while depth < row.level:
            body.append("<table:table-row-group>")
            depth += 1
        while depth > row.level:
            body.append("</table:table-row-group>")
            depth -= 1
        body.append(
            "<table:table-row>" + "".join(_ods_cell(row, n) for n in range(len(row.cells))) + "</table:table-row>"
        )
    body.append("</table:table-row-group>" * depth)
    styles = "".join(
        f'<style:style style:name="i{n}" style:family="table-cell"><style:paragraph-properties fo:margin-left="{n}mm"/>'
        "</style:style>"
        for n in range(1, 20)
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in {
            "office": "office", "table": "table", "text": "text", "style": "style", "fo": "xsl-fo-compatible",
        }.items()
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Лист1">{"".join(body)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return path


def _ods_cell(row: SheetRow, column: int) -> str:
    cell = row.cells[column]
    style = f' table:style-name="i{row.indent}"' if row.indent and column == _first(row) else ""
    if cell is None or cell == "":
        return f"<table:table-cell{style}/>"
    if isinstance(cell, Decimal):
        return (
            f'<table:table-cell{style} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell{style} office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def shown(cell: Cell) -> str:
    """A number as 1C shows it: «1 234,50»."""
    if not isinstance(cell, Decimal):
        return cell or ""
    return f"{cell:,.2f}".replace(",", "\u00a0").replace(".", ",")


def write_txt_report(path: Path, sheet: Sheet, *, encoding: str = "utf-8-sig", blanks: int = 0) -> Path:
    """Cells parted by tabs, trailing ones left out; `blanks` before a name for each level."""
    lines = []
    for row in sheet.rows:
        texts = [shown(cell) for cell in row.cells]
        first = _first(row)
        if blanks and first < len(texts):
            texts[first] = " " * (blanks * row.level) + texts[first]
        lines.append("\t".join(texts).rstrip("\t"))
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def write_mxl_report(path: Path, sheet: Sheet) -> Path:
    rows = [(number, row) for number, row in enumerate(sheet.rows) if any(row.cells)]
    body = []
    for number, row in rows:
        filled = [(column, shown(cell)) for column, cell in enumerate(row.cells) if shown(cell)]
        cells = ",".join(
            f'{column},{{16,0,{{1,1,{{"ru","{text.replace(chr(34), chr(34) * 2)}"}}}},0}}' for column, text in filled
        )
        body.append(f"{number},0,{len(filled)},{cells}")
    languages = '{"ru","ru",1,1,"ru","Русский","Русский"}'
    text = (
        f"{{8,1,10,{languages},{{128,72}},{{0}},0,{{0,0}},{{0,0}},{{0,0}},1,2,{len(rows)},{','.join(body)},{{0}},0,0}}"
    )
    path.write_bytes(b"MOXCEL\0\x08\0\x01\0\x0a\0" + text.encode("utf-8-sig"))
    return path
