"""Titles of schemes' categories in a language: what a code is called on the screen."""

from dataclasses import dataclass

from django.utils.translation import get_language

from clientarium.decisions.runs import current_definitions


@dataclass(frozen=True)
class Titles:
    """`title(scheme, code)`; a code the scheme no longer has stands for itself."""

    words: dict[tuple[str, str], str]

    def title(self, scheme: str, code: str | None) -> str:
        return self.words.get((scheme, code or ""), code or "—")


def category_titles(language: str | None = None) -> Titles:
    """The titles of every scheme in force."""
    language = (language or get_language() or "ru").partition("-")[0]
    return Titles(
        {
            (scheme.name, category.code): category.title.text(language)
            for scheme in current_definitions().schemes
            for category in scheme.categories
        }
    )
