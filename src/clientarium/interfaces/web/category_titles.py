"""Titles of categories and of metrics' choices looked up by the hundred: one dictionary for a page of cells."""

from dataclasses import dataclass

from .pulse import company_words


@dataclass(frozen=True)
class Titles:
    """`title(scheme, code)`; a code the scheme no longer has stands for itself."""

    words: dict[tuple[str, str], str]

    def title(self, scheme: str, code: str | None) -> str:
        return self.words.get((scheme, code or ""), code or "—")


def category_titles(language: str) -> Titles:
    """The titles of every scheme in force, and of the few values a metric in words may have (a rhythm)."""
    definitions = company_words().definitions
    categories = {
        (scheme.name, category.code): category.title.text(language)
        for scheme in definitions.schemes
        for category in scheme.categories
    }
    choices = {
        (metric.name, choice.code): choice.title(language)
        for metric in definitions.catalogue.metrics.values()
        for choice in metric.choices
    }
    return Titles(categories | choices)
