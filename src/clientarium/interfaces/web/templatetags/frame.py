"""Tags of the frame: built assets, icons, islands' data, translated messages of core."""

from django import template
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clientarium.core.ground import Message
from clientarium.core.pipeline import MEANINGS
from clientarium.interfaces.web import assets

register = template.Library()


@register.simple_tag
def asset(entry: str) -> str:
    """The URL of a built file."""
    return assets.asset(entry)


@register.simple_tag
def stylesheet_links(entry: str) -> SafeString:
    """<link> elements of the style sheets of `entry`."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((url,) for url in assets.stylesheets(entry)))


@register.simple_tag
def icon(name: str, css: str = "icon") -> SafeString:
    """A decorative icon from the sprite; the words stand beside it or in the control's label."""
    source = f"{assets.asset('icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', css, source)


@register.filter
def as_json_script(value: object) -> SafeString:
    """`value` in a <script type="application/json">, safe inside HTML: what an island reads."""
    return json_script(value)


@register.filter
def in_words(message: Message | None) -> str:
    """A message of core in the language of the page."""
    if message is None:
        return ""
    text = gettext(message.msgid)
    return text % message.params if message.params else text


@register.simple_tag
def meaning_title(name: str) -> str:
    """What a meaning of a column is called; the same name means the same in every kind of file."""
    titles = {meaning.name: meaning.title for meanings in MEANINGS.values() for meaning in meanings}
    return gettext(titles[name]) if name in titles else name
