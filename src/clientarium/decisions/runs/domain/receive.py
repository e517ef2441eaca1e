"""Keeping a file exactly as it came, before anybody looks inside."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import N_, UserError
from clientarium.decisions.people import User, can_import

from ..models import ReceivedFile
from .homes import files_folder
from .problems import disk_full

CHUNK_BYTES = 1024 * 1024
NAME_CHARACTERS = 255


def receive_file(stream: BinaryIO, *, name: str, by: User | None) -> ReceivedFile:
    """Store `stream` under home/files by its SHA-256; the earlier row when the same bytes came before.

    Raises UserError for an empty file, one over the limit, and a full disk; nothing is kept then.
    `by` None is the program itself (the console, the demo).
    """
    if by is not None and not can_import(by):
        raise PermissionDenied
    folder = files_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sha256, size = _store(stream, folder=folder, name=name)
    except OSError as error:
        raise disk_full(error) or error from error
    received, _created = ReceivedFile.objects.get_or_create(
        sha256=sha256, defaults={"name": plain_name(name), "size": size, "received_by": by}
    )
    return received


def path_of(received: ReceivedFile) -> Path:
    """Where the file lies; raises UserError if somebody removed it."""
    path = files_folder() / received.sha256
    if not path.is_file():
        raise UserError(
            N_("The received file “%(name)s” is no longer kept."), cure=N_("Send it once more."), name=received.name
        )
    return path


def plain_name(name: str) -> str:
    """The last part of a name from another computer, without control characters; never a path of ours."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    return "".join(letter for letter in last if letter.isprintable())[:NAME_CHARACTERS] or "file"


def _store(stream: BinaryIO, *, folder: Path, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".receiving-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in _chunks(stream):
                size += len(chunk)
                _check_size(size, name=name)
                digest.update(chunk)
                file.write(chunk)
            if not size:
                raise UserError(N_("The file “%(name)s” is empty."), name=plain_name(name))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(folder / digest.hexdigest())
        _fsync_folder(folder)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _check_size(size: int, *, name: str) -> None:
    limit = settings.CLIENTARIUM_UPLOAD_LIMIT_BYTES
    if size > limit:
        raise UserError(
            N_("The file “%(name)s” is larger than %(limit)s MB."),
            cure=N_("Split it by years, or ask the administrator to raise the limit."),
            name=plain_name(name),
            limit=limit // (1024 * 1024),
        )


def _fsync_folder(folder: Path) -> None:
    """The new name must outlive a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
