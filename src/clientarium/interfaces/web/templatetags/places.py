"""Tags of pages that stand side by side."""

from typing import Any

from django import template

from clientarium.interfaces.web.navigation import PORTFOLIO_TABS, STRATEGY_TABS, Item, items_for

register = template.Library()


@register.simple_tag(takes_context=True)
def portfolio_tabs(context: dict[str, Any]) -> list[Item]:
    """The pages beside «Portfolios» that this person may open."""
    return items_for(context["request"], PORTFOLIO_TABS)


@register.simple_tag(takes_context=True)
def strategy_tabs(context: dict[str, Any]) -> list[Item]:
    """The pages of «Strategy» that this person may open."""
    return items_for(context["request"], STRATEGY_TABS)
