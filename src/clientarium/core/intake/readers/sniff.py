"""What a file is by its first bytes; its name is only a hint."""

import zipfile
from pathlib import Path

from clientarium.core.ground import N_, UserError

_SIGNATURES = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gz"),
    (b"MOXCEL\0", "mxl"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
)
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
# A hostile text may hold every control character; a binary file holds them everywhere.
_CONTROL_SHARE = 0.1
# The root of CommerceML, in the two encodings it comes in.
_COMMERCE_ROOT = tuple(
    root.encode(encoding) for root in ("<КоммерческаяИнформация", "<Классификатор>") for encoding in ("utf-8", "cp1251")
)
TAKEN = "CSV, TSV, TXT, XLSX, XLS, ODS, MXL, XML (CommerceML), Parquet, GZ, ZIP"


def format_of(path: Path) -> str:
    """Return csv, xlsx, xls, ods, mxl, commerceml, parquet, gz or zip; UserError for what no reader takes."""
    with path.open("rb") as file:
        start = file.read(8192)
    if not start:
        raise UserError(N_("The file is empty."), cure=N_("Save the export again and send the new file."))
    if start.startswith(b"PK"):
        return _format_of_zip(path)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if any(name in start for name in _COMMERCE_ROOT):
        return "commerceml"
    _refuse_foreign(start)
    return "csv"


def _format_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise UserError(
            N_("The file is damaged or was not written to its end."), cure=N_("Save it again and send the new file.")
        ) from error
    if "[content_types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        raise UserError(
            N_("This is a document of another program, not a table."), cure=N_("Save the table as XLSX or CSV.")
        )
    return "ods" if {"content.xml", "mimetype"} <= names else "zip"


def _refuse_foreign(start: bytes) -> None:
    for signature, name in _FOREIGN:
        if start.startswith(signature):
            raise UserError(
                N_("This is a %(format)s file; a table is needed."), cure=N_("Send one of: %(taken)s."),
                format=name, taken=TAKEN,
            )  # fmt: skip
    if start.startswith(b"MOXCEL"):
        raise UserError(
            N_("This is a spreadsheet document of 1C 7.7 (MXL)."), cure=N_("In 1C choose “Save as” and the type XLS.")
        )
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")):
        raise UserError(
            N_("This is a web page or XML under another name."), cure=N_("Open it in Excel and save it as XLSX.")
        )
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(start):
        raise UserError(
            N_("This is not a table: the file holds binary data."), cure=N_("Send one of: %(taken)s."), taken=TAKEN
        )


def _is_binary(start: bytes) -> bool:
    """Text of any encoding taken here has no NUL and few control characters."""
    control = sum(1 for byte in start if byte < 32 and byte not in b"\t\n\r\f\x1a")
    return b"\0" in start or control > len(start) * _CONTROL_SHARE
