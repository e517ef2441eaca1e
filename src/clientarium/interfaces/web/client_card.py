"""What a card says about one client: his numbers with their formulas, his categories with their plays."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from clientarium.core.categories import Play, Tag
from clientarium.core.ground.expressions import Name

from .category_titles import category_titles
from .cells import cell, value_of
from .pulse import company_words

MONEY_ROWS = (
    "expected_margin_365d", "revenue_12m", "revenue_prev_12m", "margin_12m", "margin_prev_12m", "margin_pct_12m",
    "return_on_cost_12m",
    "margin_known_share_12m", "average_order_12m", "discount_pct_12m", "return_share_12m",
    "cost_to_serve_12m", "margin_after_service_12m", "margin_12m_share", "margin_12m_rank", "overdue_days_12m",
)  # fmt: skip
RHYTHM_ROWS = (
    "next_order_on", "p_alive", "p_order_30d", "expected_orders_90d", "order_overdue_days", "rhythm",
    "last_purchase_on", "days_since_last_purchase", "typical_gap_days", "orders_12m", "orders_prev_12m",
    "purchase_days_12m", "active_months_12m", "first_purchase_on", "products_12m", "revenue_cv_12m",
)  # fmt: skip
ATTENTION_ROWS = (
    "touches_12m",
    "minutes_12m",
    "documents_12m",
    "attention_12m_share",
    "margin_12m_share",
    "last_touch_on",
)
SCHEMES_IN_HEAD = ("grade", "layer")


@dataclass(frozen=True)
class Fact:
    """One number of the card: its cell, what it is, how it is made, whether lines can be shown behind it."""

    name: str
    title: str
    value: SafeString
    formula: str
    has_lines: bool


@dataclass(frozen=True)
class InScheme:
    """Where the client stands in a scheme; `proposed` differs while a proposal waits."""

    scheme: str
    title: str
    code: str | None
    category: str
    proposed: str | None
    proposed_title: str
    play: Play | None


def facts(state: Any, names: Sequence[str], *, vocabulary: Mapping[str, Name], language: str) -> list[Fact]:
    """The named metrics of the client that are in `vocabulary`: what this person may see and the snapshot has."""
    titles = category_titles(language)
    cards = company_words().definitions.catalogue.metrics
    found = []
    for name in names:
        word = vocabulary.get(name)
        if word is None:
            continue
        card = cards.get(name)
        found.append(
            Fact(
                name,
                word.title(language),
                cell(value_of(state, word), word, titles=titles, language=language),
                card.formula(language) if card else "",
                card is not None,
            )
        )
    return found


def schemes_of(state: Any, *, language: str) -> list[InScheme]:
    """Every scheme in the order of the screens."""
    found = []
    for scheme in company_words().definitions.schemes:
        code = getattr(state, scheme.name, None)
        proposed = getattr(state, scheme.computed_column, None)
        category = scheme.category(code) if code else None
        other = scheme.category(proposed) if proposed and proposed != code else None
        found.append(
            InScheme(
                scheme=scheme.name,
                title=scheme.title.text(language),
                code=code,
                category=category.title.text(language) if category else (code or "—"),
                proposed=other.code if other else None,
                proposed_title=other.title.text(language) if other else "",
                play=category.play if category else None,
            )
        )
    return found


def tags_of(state: Any, *, vocabulary: Container[str]) -> list[Tag]:
    """The marks beside the grade that hold for him, of those the reader has a word for."""
    tags = company_words().definitions.schemes.tags
    return [tag for tag in tags if tag.column in vocabulary and getattr(state, tag.column, False)]


def values_of(state: Any) -> dict[str, Any]:
    """The whole row by the words of the vocabulary: what an explanation reads."""
    names: dict[str, Name] = company_words().definitions.vocabulary()
    return {name: value_of(state, word) for name, word in names.items()}
