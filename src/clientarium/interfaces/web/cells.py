"""One value of a list as a cell: by the type and unit of its word. Plain functions, because a page has 500 of them."""

from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clientarium.core.ground.expressions import Name, ValueType

from . import figures
from .category_titles import Titles

NOTHING = format_html('<span class="muted">{}</span>', figures.NOTHING)
CARD_FIELDS = {"code", "inn", "city", "segment", "created_on", "is_stopped", "has_bad_review"}
LAYERS = ("anchor", "growth", "tactical", "noise")


def value_of(state: Any, name: Name) -> Any:
    """The value of the word `name` for one client."""
    if name.name == "seller":
        return state.holder.name if state.holder_id else None
    if name.name in CARD_FIELDS:
        return getattr(state.client, name.name)
    if name.name.startswith("f_") and not hasattr(state, name.name):
        return state.client.fields.get(name.name.removeprefix("f_"))
    return getattr(state, name.name, None)


def cell(value: Any, name: Name, *, titles: Titles, language: str) -> SafeString:
    """The value as HTML; text is escaped."""
    if value is None or value == "":
        return NOTHING
    if name.name == "grade":
        return grade(str(value), titles.title("grade", str(value)))
    if name.name == "layer":
        return layer(str(value), titles.title("layer", str(value)))
    if name.choices:
        return format_html("{}", titles.title(name.name.removesuffix("_computed"), str(value)))
    return _figure(value, name, language=language)


def grade(code: str, title: str) -> SafeString:
    return format_html('<span class="grade grade-{}" title="{}">{}</span>', code[0].lower(), title, code)


def layer(code: str, title: str) -> SafeString:
    known = code if code in LAYERS else "none"
    return format_html('<span class="layer-word layer-{}">{} {}</span>', known, LAYER_SIGNS.get(code, "◌"), title)


LAYER_SIGNS = {"anchor": "■", "growth": "▲", "tactical": "●", "noise": "✕"}


def _figure(value: Any, name: Name, *, language: str) -> SafeString:
    if name.type is ValueType.BOOLEAN:
        return format_html("{}", _("yes") if value else _("no"))
    if isinstance(value, date):
        return format_html("{}", figures.day(value))
    if name.type is ValueType.MONEY or name.unit == "money":
        return _signed(value, figures.money(value, language=language), exact=figures.exact(value, language=language))
    if name.unit == "share":
        return _signed(value, figures.share(value, places=_share_places(value), language=language))
    if name.type is ValueType.INTEGER:
        return _signed(value, figures.number(value, language=language))
    if name.type is ValueType.NUMBER:
        places = 0 if float(value).is_integer() else 1
        return _signed(value, figures.number(value, places=places, language=language))
    return format_html("{}", value)


def _share_places(value: float) -> int:
    """A share under ten per cent is told to a tenth."""
    return 1 if abs(value) < FINE_SHARE else 0


FINE_SHARE = 0.1


def _signed(value: Any, text: str, *, exact: str = "") -> SafeString:
    css = "num bad" if value < 0 else "num"
    if exact and exact != text:
        return format_html('<span class="{}" title="{}">{}</span>', css, exact, text)
    return format_html('<span class="{}">{}</span>', css, text)
