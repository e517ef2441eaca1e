"""The company's own words and numbers: titles of schemes and categories, lines of the policy."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from clientarium.core.pipeline import Definitions
from clientarium.decisions.runs import current_definitions

NOBODY = "—"
DEFINITIONS_KEPT = 2  # an edit in a test or by hand replaces the older one


@dataclass(frozen=True)
class CompanyWords:
    """Definitions as the screens speak them, in the language of the page."""

    definitions: Definitions

    def scheme(self, name: str) -> str:
        return self.definitions.schemes[name].title.text(_language())

    def category(self, scheme: str, code: str | None) -> str:
        """The title of a category; its code where the scheme no longer has it, a dash outside the scheme."""
        if code is None:
            return NOBODY
        titles = {category.code: category.title for category in self.definitions.schemes[scheme].categories}
        return titles[code].text(_language()) if code in titles else code

    def number(self, line: str) -> float:
        """A number of the policy."""
        return float(self.definitions.policy.number(line))


def company_words() -> CompanyWords:
    """The words of the definitions in force; read again when a file of them changes."""
    files = sorted(Path(settings.CLIENTARIUM_DEFINITIONS).rglob("*.yaml"))
    return _read(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=DEFINITIONS_KEPT)
def _read(_files: tuple[tuple[str, int], ...]) -> CompanyWords:
    return CompanyWords(current_definitions())


def _language() -> str:
    return (get_language() or "ru").partition("-")[0]
