"""A document for a word processor: the same sections, points and tables in the styles every such program has."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from .document import Block, Document, Points, Section, Table, Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
"""On every computer, with Cyrillic letters; the fonts of the PDF cannot travel inside such a file."""

MARGIN_CM, WIDTH_CM = 2.0, 17.0
TEXT_PT, SMALL_PT = 10, 9
GREY = RGBColor(95, 99, 104)
DARK = RGBColor(24, 32, 43)
LANGUAGES = {"ru": "ru-RU", "en": "en-US"}


def docx_of(document: Document, *, line: str, foot: str, language: str = "ru") -> bytes:
    """The document as DOCX; `line` stands under the title, `foot` at the foot of each page."""
    file = docx.Document()
    _prepare(file, title=document.title, foot=foot, language=language)
    file.add_heading(_clean(document.title), level=0)
    _small(file.add_paragraph(_clean(line)))
    if document.about:
        file.add_paragraph(_clean(document.about))
    for number, section in enumerate(document.sections, start=1):
        _section(file, section, title=f"{number}. {section.title}")
    if document.appendix:
        _section(file, document.appendix, title=document.appendix.title)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _prepare(file: Any, *, title: str, foot: str, language: str) -> None:
    file.core_properties.title = _clean(title)
    file.core_properties.author = "Clientarium"
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN_CM)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        _style(file.styles[name])
    normal = file.styles["Normal"]
    normal.font.size = Pt(TEXT_PT)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), LANGUAGES.get(language, language))
    normal.element.get_or_add_rPr().append(mark)
    file.styles["Title"].font.size = Pt(20)
    file.styles["Heading 1"].font.size = Pt(14)
    file.styles["Heading 2"].font.size = Pt(11)
    _small(page.footer.paragraphs[0], _clean(foot))


def _style(style: Any) -> None:
    """The theme's own fonts have no Cyrillic twin everywhere: the name is set for every script."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)
    style.font.color.rgb = DARK


def _small(paragraph: Any, text: str = "") -> None:
    if text:
        paragraph.add_run(text)
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(SMALL_PT), GREY


def _section(file: Any, section: Section, *, title: str) -> None:
    file.add_heading(_clean(title), level=1)
    for block in section.blocks:
        _block(file, block)


def _block(file: Any, block: Block) -> None:
    if isinstance(block, Table):
        _table(file, block)
        return
    if isinstance(block, Points):
        for point in block.points:
            file.add_paragraph(_clean(point), style="List Bullet")
        return
    _text(file, block)


def _text(file: Any, block: Text) -> None:
    if block.heading:
        file.add_heading(_clean(block.heading), level=2)
    if block.text:
        file.add_paragraph(_clean(block.text))


def _table(file: Any, table: Table) -> None:
    rows = [table.head, *table.rows] if table.head else list(table.rows)
    drawn = file.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    drawn.autofit = False
    total = sum(table.widths)
    for number, row in enumerate(rows):
        cells = drawn.add_row().cells
        for place, text in enumerate(row):
            cells[place].width = Cm(WIDTH_CM * table.widths[place] / total)
            _cell(cells[place], text, bold=bool(table.head) and number == 0, is_right=place in table.right)
    if table.head:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    file.add_paragraph()


def _cell(cell: Any, text: str, *, bold: bool, is_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold, Pt(SMALL_PT)


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and not 0xD800 <= ord(sign) < 0xE000))
