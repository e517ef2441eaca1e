"""Levels and indents of an Excel 97 sheet: the few BIFF8 records that carry them, straight from the OLE container.

Sources: [MS-CFB] 2.2-2.6 (sectors, the directory), [MS-XLS] 2.4.221 Row, 2.4.353 XF, 2.4.168 MergeCells, 2.4.28
BoundSheet8. The values come from calamine; a container that does not fit gives no outline, never a failure.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from clientarium.core.intake.readers.outline import Merge, Outline
from clientarium.core.intake.readers.xlsx_outline import MERGES_KEPT_TO_ROW

_END = 0xFFFFFFFA
_HEADER_FAT_SECTORS = 109
_ROW, _XF, _FORMAT, _MERGES, _SHEET, _BOF, _EOF = 0x208, 0xE0, 0x41E, 0xE5, 0x85, 0x809, 0x0A
# LABELSST, NUMBER, RK, LABEL, BLANK, FORMULA, BOOLERR begin with row, column, XF; MULBLANK and MULRK hold several.
_CELLS = {0xFD, 0x203, 0x27E, 0x204, 0x201, 0x06, 0x205}
# Several cells of one row: bytes each of them takes.
_SEVERAL = {0xBD: 6, 0xBE: 2}
_NUMBERS = {0x203, 0x27E, 0xBD}


def xls_outline(path: Path, *, sheet: str) -> Outline:
    """Return the outline of the sheet, an empty one when the container is not as the specification has it."""
    try:
        stream = _workbook_stream(path.read_bytes())
        return _outline(stream, sheet=sheet)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError):
        return Outline()


def _workbook_stream(data: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    directory, mini_cutoff, mini_fat = struct.unpack_from("<I4xII", data, 48)
    fat = _fat(data, size)
    entries = _chain(data, fat, directory, size)
    root_start, found = 0, (0, 0)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le")
        start, stream_size = struct.unpack_from("<II", entries, at + 116)
        if entries[at + 66] == 5:
            root_start = start
        if name in ("Workbook", "Book"):
            found = (start, stream_size)
    start, stream_size = found
    if stream_size >= mini_cutoff:
        return _chain(data, fat, start, size)[:stream_size]
    small = _chain(data, fat, root_start, size)
    links = _chain(data, fat, mini_fat, size)
    table = list(struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4]))
    return b"".join(small[one * 64 : one * 64 + 64] for one in _links(table, start))[:stream_size]


def _fat(data: bytes, size: int) -> list[int]:
    sectors = [one for one in struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", data, 76) if one < _END]
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        if following >= _END:
            break
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += [one for one in more[:-1] if one < _END]
        following = more[-1]
    return [
        link
        for one in sectors
        for link in struct.unpack_from(f"<{size // 4}I", data.ljust((one + 2) * size), (one + 1) * size)
    ]


def _links(table: list[int], start: int) -> Iterator[int]:
    passed = 0
    while start < _END and passed <= len(table):
        yield start
        start = table[start]
        passed += 1


def _chain(data: bytes, fat: list[int], start: int, size: int) -> bytes:
    return b"".join(data[(one + 1) * size : (one + 2) * size] for one in _links(fat, start))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _outline(stream: bytes, *, sheet: str) -> Outline:
    indents: list[int] = []
    formats: dict[int, str] = {}
    zeros: list[int] = []
    start = None
    for kind, body in _records(stream, 0):
        if kind == _SHEET and _text(body, 6, wide_length=False) == sheet:
            start = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _text(body, 2, wide_length=True)
        elif kind == _XF:
            indents.append(body[8] & 0x0F)
            code = formats.get(struct.unpack_from("<H", body, 2)[0], "")
            zeros.append(len(code) if len(code) > 1 and set(code) == {"0"} else 0)
        elif kind == _EOF:
            break
    return Outline() if start is None else _sheet_outline(stream, start, indents=indents, zeros=zeros)


def _sheet_outline(stream: bytes, start: int, *, indents: list[int], zeros: list[int]) -> Outline:
    outline = Outline()
    for kind, body in _records(stream, start):
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xI", body)
            outline.note(row + 1, level=options & 0x07)
        elif kind in _CELLS or kind in _SEVERAL:
            for row, column, style in _styled(kind, body):
                if indents[style] and not outline.indent(row + 1):
                    outline.note(row + 1, indent=indents[style])
                if kind in _NUMBERS and zeros[style]:
                    outline.codes[(row + 1, column)] = zeros[style]
        elif kind == _MERGES:
            outline.merges += list(_merges(body))
        elif kind == _EOF:
            break
    return outline


def _styled(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Give (row, column, style) of the cells of a record, all from 0."""
    row, first, style = struct.unpack_from("<HHH", body)
    if kind not in _SEVERAL:
        yield row, first, style
        return
    step = _SEVERAL[kind]
    for number in range((len(body) - 6) // step):
        yield row, first + number, struct.unpack_from("<H", body, 4 + number * step)[0]


def _merges(body: bytes) -> Iterator[Merge]:
    for number in range(struct.unpack_from("<H", body)[0]):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + number * 8)
        if top < MERGES_KEPT_TO_ROW:
            yield Merge(top + 1, left, bottom + 1, right)


def _text(body: bytes, at: int, *, wide_length: bool) -> str:
    length = struct.unpack_from("<H", body, at)[0] if wide_length else body[at]
    at += 2 if wide_length else 1
    wide = body[at] & 1
    return body[at + 1 : at + 1 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")
