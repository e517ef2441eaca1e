"""Open a received file with the reader of what it is, whatever it is called."""

from pathlib import Path

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.readers.archive import members_of, unpack_gzip, unpack_member
from clientarium.core.intake.readers.columnar import ParquetSource
from clientarium.core.intake.readers.commerceml import CommerceSource
from clientarium.core.intake.readers.dialect import dialect_of
from clientarium.core.intake.readers.grid import Source
from clientarium.core.intake.readers.mxl import MxlSource
from clientarium.core.intake.readers.prescan import prescan_workbook
from clientarium.core.intake.readers.sniff import format_of
from clientarium.core.intake.readers.text import TextSource
from clientarium.core.intake.readers.workbook import WorkbookSource

_NAMES_SHOWN = 10
_TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


def open_source(
    path: Path,
    *,
    name: str,
    work: Path,
    limits: Limits,
    member: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Source:
    """Return the file's reader; `work` takes what is unpacked. UserError for what cannot be read."""
    if path.stat().st_size > limits.file_bytes:
        raise UserError(
            N_("The file is larger than %(most)s MB."), cure=N_("Split the export by periods."),
            most=limits.file_bytes // (1 << 20),
        )  # fmt: skip
    kind = format_of(path)
    if kind == "gz":
        path, name = unpack_gzip(path, into=work, limits=limits), name.removesuffix(".gz")
    unread: list[str] = []
    if kind == "zip":
        path, name, unread = _unpack_zip(path, member=member, work=work, limits=limits)
    kind = format_of(path) if kind in ("gz", "zip") else kind
    if kind in ("gz", "zip"):
        raise UserError(N_("There is an archive inside the archive."), cure=N_("Pack the table itself, once."))
    doubts = [*_doubts_about_name(name, kind=kind), *_doubts_about_unread(name, unread)]
    source = _reader(path, kind=kind, name=name, limits=limits, hints=(encoding, delimiter))
    source.doubts[:0] = doubts
    return source


def _reader(path: Path, *, kind: str, name: str, limits: Limits, hints: tuple[str | None, str | None]) -> Source:
    if kind == "parquet":
        return ParquetSource(path, name=name)
    if kind == "csv":
        return TextSource(path, name=name, dialect=dialect_of(path, encoding=hints[0], delimiter=hints[1]))
    if kind == "mxl":
        return MxlSource(path, name=name)
    if kind == "commerceml":
        return CommerceSource(path)
    doubts, has_groups = ([], False) if kind == "xls" else prescan_workbook(path, kind=kind, limits=limits)
    return WorkbookSource(path, kind=kind, doubts=doubts, has_groups=has_groups)


def _unpack_zip(path: Path, *, member: str | None, work: Path, limits: Limits) -> tuple[Path, str, list[str]]:
    """Return the one table unpacked, its name, the texts beside it; UserError names the tables if there are more."""
    members = members_of(path, limits=limits)
    # A text beside a table is mostly a letter to whom it is sent («прочти.txt»).
    tables = [name for name in members if Path(name).suffix.casefold() != ".txt"] or members
    if len(tables) > 1 and member is None:
        raise UserError(
            N_("The archive holds %(count)s tables: %(members)s."),
            cure=N_("Unpack the archive and send each table as a file of its own."),
            count=len(tables), members=_listed(tables),
        )  # fmt: skip
    chosen = member if member in members else tables[0]
    unread = [name for name in members if name != chosen and member is None]
    return unpack_member(path, chosen, into=work, limits=limits), chosen, unread


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")


def _doubts_about_unread(name: str, unread: list[str]) -> list[Message]:
    if not unread:
        return []
    message = N_("Of the archive only “%(name)s” is read, not: %(unread)s.")
    return [Message(message, {"name": name, "unread": _listed(unread)})]


def _doubts_about_name(name: str, *, kind: str) -> list[Message]:
    ending = Path(name).suffix.casefold()
    expected = _TEXT_ENDINGS if kind == "csv" else (f".{kind}", ".xlsm", ".xlsb") if kind == "xlsx" else (f".{kind}",)
    expected = (".xml",) if kind == "commerceml" else expected
    if ending in expected or not ending:
        return []
    shown = kind.upper()
    return [
        Message(
            N_("The file is named “%(ending)s” but holds %(format)s; it is read as %(format)s."),
            {"ending": ending, "format": shown},
        )
    ]
