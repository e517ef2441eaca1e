"""Where the home, the packaged definitions and the secret live."""

import os
import secrets
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def packaged_definitions() -> Path:
    """The definitions shipped with the program: inside the wheel, or at the top of a checkout."""
    inside = PACKAGE / "definitions"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "definitions"


def secret_key_of(home: Path) -> str:
    """The home's secret key, made at first use with owner-only permissions."""
    path = home / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(64)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it in this moment
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
