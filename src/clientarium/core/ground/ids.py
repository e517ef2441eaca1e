"""Names made of content: the same bytes or the same parts always give the same id."""

import hashlib
from pathlib import Path

READ_BYTES = 1 << 20


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file's bytes, read in pieces so that memory stays flat."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def content_hash(*parts: str | bytes) -> str:
    """Hex SHA-256 of the parts in order; each is prefixed by its length, so ('ab', 'c') differs from ('a', 'bc')."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
