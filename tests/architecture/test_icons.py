"""Every icon a page asks for is in the sprite."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "src/clientarium/interfaces/web/templates"
ASKED = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|\bicon="([a-z0-9-]+)\"""")


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    known = set((ROOT / "frontend/icons.txt").read_text(encoding="utf-8").split())
    asked = {
        name for page in PAGES.rglob("*.html") for found in ASKED.findall(page.read_text("utf-8")) for name in found
    }
    assert len(asked) > 40
    assert asked - known - {""} == set()
