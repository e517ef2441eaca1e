"""GZ and ZIP: one table file inside is unpacked to the work folder, never by the name it claims."""

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.limits import Limits

_CHUNK = 1024 * 1024
_TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".ods", ".mxl", ".xml", ".parquet")
_DAMAGED = N_("The archive is damaged or was not written to its end.")
_AGAIN = N_("Pack it again and send the new file.")


def unpack_gzip(path: Path, *, into: Path, limits: Limits) -> Path:
    """Return the unpacked file; UserError for a bomb or a broken stream."""
    target = into / "unpacked"
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, packed_bytes=path.stat().st_size, limits=limits)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UserError(_DAMAGED, cure=_AGAIN) from error
    return target


def members_of(path: Path, *, limits: Limits) -> list[str]:
    """Return the names of the table files of a zip; UserError when there is none."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        check_directory(entries, limits=limits, unpacked_bytes=limits.unpacked_bytes)
    names = [entry.filename for entry in entries if _is_table(entry)]
    if not names:
        raise UserError(N_("There is no table in the archive."), cure=N_("Pack a CSV or XLSX file and send it again."))
    return names


def unpack_member(path: Path, member: str, *, into: Path, limits: Limits) -> Path:
    target = into / "unpacked"
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.getinfo(member)
            if entry.flag_bits & 1:
                raise UserError(
                    N_("The archive is protected by a password."), cure=N_("Pack the file without a password.")
                )
            with archive.open(entry) as packed:
                _copy(packed, target, packed_bytes=max(entry.compress_size, 1), limits=limits)
    except (EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise UserError(_DAMAGED, cure=_AGAIN) from error
    return target


def check_directory(entries: list[zipfile.ZipInfo], *, limits: Limits, unpacked_bytes: int) -> None:
    """Refuse a zip by its directory alone: too many entries, too large unpacked, packed too tightly to be honest."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.archive_entries:
        raise UserError(
            N_("The archive holds %(entries)s files; %(most)s are allowed."), cure=N_("Pack only the table."),
            entries=len(entries), most=limits.archive_entries,
        )  # fmt: skip
    if unpacked > unpacked_bytes:
        raise _too_large(unpacked_bytes)
    _refuse_bomb(packed, unpacked, limits=limits)


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, *, packed_bytes: int, limits: Limits) -> None:
    done = 0
    with target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            done += len(chunk)
            if done > limits.unpacked_bytes:
                raise _too_large(limits.unpacked_bytes)
            _refuse_bomb(packed_bytes, done, limits=limits)
            file.write(chunk)


def _refuse_bomb(packed: int, unpacked: int, *, limits: Limits) -> None:
    if unpacked > limits.archive_ratio_from_bytes and unpacked > packed * limits.archive_ratio:
        raise UserError(
            N_("The archive unpacks to more than %(ratio)s times its size: it looks like a zip bomb."),
            cure=N_("Send the table itself, not packed."),
            ratio=limits.archive_ratio,
        )


def _too_large(most: int) -> UserError:
    return UserError(
        N_("Unpacked, the file is larger than %(most)s MB."),
        cure=N_("Split the export by periods."),
        most=most // _CHUNK,
    )


def _is_table(entry: zipfile.ZipInfo) -> bool:
    """Hidden files and what macOS adds are no tables; a link is never followed."""
    name = PurePosixPath(entry.filename)
    link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    return not entry.is_dir() and not link and not hidden and name.suffix.casefold() in _TABLE_ENDINGS
