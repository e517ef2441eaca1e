"""A document on paper: A4, numbered pages, Cyrillic letters of the DejaVu fonts that come with the program."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from .document import Block, Document, Points, Section, Table, Text

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
MARGIN = 20
LINE = 5.2
GREY = (95, 99, 104)
RULE = (205, 209, 214)
SIZES = {"title": 18, "section": 13, "heading": 10.5, "text": 9.5, "small": 8}


class Paper(FPDF):
    """A page with a line and its number at the foot."""

    def __init__(self, *, foot: str, title: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.set_title(title)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FAMILY, "", SIZES["small"])
        self.set_text_color(*GREY)
        self.cell(0, 5, self.foot)
        self.set_x(MARGIN)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(0)

    def put(self, text: str, *, size: str, bold: bool = False, above: float = 0, grey: bool = False) -> None:
        """One paragraph; a heading never stays alone at the foot of a page."""
        if bold and self.will_page_break(above + 4 * LINE):
            self.add_page()
        elif above:
            self.ln(above)
        self.set_font(FAMILY, "B" if bold else "", SIZES[size])
        self.set_text_color(*(GREY if grey else (0, 0, 0)))
        self.multi_cell(0, LINE * SIZES[size] / SIZES["text"], text, new_x="LMARGIN", new_y="NEXT", align="L")
        self.set_text_color(0)


def pdf_of(document: Document, *, line: str, foot: str) -> bytes:
    """The document as PDF; `line` stands under the title, `foot` at the foot of each page."""
    paper = Paper(foot=foot, title=document.title)
    paper.add_page()
    paper.put(document.title, size="title", bold=True)
    paper.put(line, size="small", above=2, grey=True)
    if document.about:
        paper.put(document.about, size="text", above=4)
    for number, section in enumerate(document.sections, start=1):
        paper.start_section(section.title)
        _section(paper, section, title=f"{number}. {section.title}")
    if document.appendix:
        _section(paper, document.appendix, title=document.appendix.title)
    return bytes(paper.output())


def _section(paper: Paper, section: Section, *, title: str) -> None:
    paper.put(title, size="section", bold=True, above=8)
    for block in section.blocks:
        _block(paper, block)


def _block(paper: Paper, block: Block) -> None:
    if isinstance(block, Table):
        _table(paper, block)
        return
    if isinstance(block, Points):
        for point in block.points:
            _point(paper, point)
        return
    _text(paper, block)


def _text(paper: Paper, block: Text) -> None:
    if block.heading:
        paper.put(block.heading, size="heading", bold=True, above=4)
    if block.text:
        paper.put(block.text, size="text", above=1.5)


def _point(paper: Paper, point: str) -> None:
    paper.ln(1)
    paper.set_font(FAMILY, "", SIZES["text"])
    paper.cell(5, LINE, "•")
    paper.multi_cell(0, LINE, point, new_x="LMARGIN", new_y="NEXT", align="L")


def _table(paper: Paper, table: Table) -> None:
    paper.ln(2)
    paper.set_font(FAMILY, "", SIZES["small"])
    paper.set_draw_color(*RULE)
    paper.set_line_width(0.2)
    rows = [table.head, *table.rows] if table.head else list(table.rows)
    heads = FontFace(emphasis="BOLD") if table.head else FontFace()
    with paper.table(
        col_widths=table.widths,
        line_height=4.4,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=heads,
        first_row_as_headings=bool(table.head),
        text_align=tuple("RIGHT" if place in table.right else "LEFT" for place in range(len(table.widths))),
        padding=1,
    ) as drawn:
        for row in rows:
            drawn.row(row)
