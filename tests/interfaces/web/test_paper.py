"""One document, three shapes: whatever stands in it stands on paper and in the file, Cyrillic letters included."""

from io import BytesIO
from typing import Any

import docx
import pytest
from fontTools.ttLib import TTFont

from clientarium.interfaces.web.paper import Document, Points, Section, Table, Text, docx_of, pdf_of
from clientarium.interfaces.web.paper.pdf import FONTS

DOCUMENT = Document(
    title="Протокол",
    about="О чём",
    sections=(
        Section(
            "one",
            "Решения",
            (
                Text("Абзац", heading="Подзаголовок"),
                Points(("Первое", "Второе")),
                Table(("Кто", "Сколько"), (("Анна ёё", "1 000 ₽"), ("Борис\x07", "−5")), (70, 30), right=(1,)),
                Table((), (("Без", "головы"),), (50, 50)),
            ),
        ),
    ),
    appendix=Section("more", "Приложение", (Text("Хвост"),)),
)


def test_the_file_of_a_word_processor_holds_everything() -> None:
    opened: Any = docx.Document(BytesIO(docx_of(DOCUMENT, line="черновик", foot="внизу")))
    told = [paragraph.text for paragraph in opened.paragraphs if paragraph.text]
    assert told == [
        "Протокол",
        "черновик",
        "О чём",
        "1. Решения",
        "Подзаголовок",
        "Абзац",
        "Первое",
        "Второе",
        "Приложение",
        "Хвост",
    ]
    assert [[cell.text for row in table.rows for cell in row.cells] for table in opened.tables] == [
        ["Кто", "Сколько", "Анна ёё", "1 000 ₽", "Борис", "−5"],
        ["Без", "головы"],
    ]
    assert opened.sections[0].footer.paragraphs[0].text == "внизу"


@pytest.mark.parametrize("rows", [0, 300])
def test_the_paper_is_made_of_any_length(rows: int) -> None:
    table = Table(("Клиент",), tuple((f"Клиент {number}",) for number in range(rows)), (100,))
    paper = pdf_of(Document("Т", "", (Section("s", "С", (table,)),)), line="", foot="")
    assert paper[:5] == b"%PDF-"
    assert (paper.count(b"/Type /Page\n") > 3) is (rows > 0)


def test_the_fonts_know_what_a_protocol_says() -> None:
    known = TTFont(FONTS / "DejaVuSans.ttf").getBestCmap()
    assert not {sign for sign in "Ревизия базы ё №—«»→−\u202f\u00a0₽…" if ord(sign) not in known}
