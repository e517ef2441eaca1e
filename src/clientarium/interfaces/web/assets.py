"""Addresses of the built files: Vite's manifest in static/build, read once per process (again when it changes)."""

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

BUILD = Path(__file__).parent / "static" / "build"
MANIFEST = BUILD / "manifest.json"


def asset(entry: str) -> str:
    """The URL of the built file of `entry` (`src/main.ts`, `icons.svg`)."""
    return _address(_manifest(MANIFEST.stat().st_mtime_ns)[entry]["file"])


def stylesheets(entry: str) -> list[str]:
    """URLs of the style sheets `entry` brings."""
    return [_address(file) for file in _manifest(MANIFEST.stat().st_mtime_ns)[entry].get("css", [])]


@lru_cache(maxsize=2)
def _manifest(_changed_at: int) -> dict[str, dict]:
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


def _address(file: str) -> str:
    return static(f"build/{file}")
