"""Sections of the regulation about categories: each rule in sentences, and how such clients are worked with."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clientarium.core.categories import Category, Mode, Scheme
from clientarium.core.pipeline import Definitions
from clientarium.interfaces.web.rule_lines import Group, Line, Speaker

from ..paper import Block, Points, Section, Table, Text

SHARE = "share"


def category_sections(known: Definitions, language: str) -> list[Section]:
    """One section a scheme, in the order of the definitions."""
    return [_section(scheme, known, language) for scheme in known.schemes]


def _section(scheme: Scheme, known: Definitions, language: str) -> Section:
    speaker = Speaker(scheme, known, language, {})
    decided = (
        _("The program proposes, a leader confirms or overrides with a reason.")
        if scheme.mode is Mode.CONFIRM
        else _("The program sets it by itself with every count of the base.")
    )
    blocks: list[Block] = [Text(f"{scheme.about.text(language)} {decided}")]
    blocks += [Text(f"{word.title.text(language)}: {_line(speaker.meaning(word.written))}.") for word in scheme.derived]
    for category in scheme.categories:
        blocks += _category(category, speaker, language)
    return Section(f"scheme-{scheme.name}", _("Categories: %s") % scheme.title.text(language), tuple(blocks))


def _category(category: Category, speaker: Speaker, language: str) -> Iterator[Block]:
    title = category.title.text(language)
    is_letter = category.code.isupper() and title != category.code
    yield Text(category.source.text(language), heading=f"{category.code} · {title}" if is_letter else title)
    if category.rule is None:
        yield Points((_("Everybody whom no rule above took."),))
    else:
        rule = speaker.rule(category.rule, category=category.code)
        if len(rule.lines) > 1:
            yield Text(_("All of this holds:") if rule.joint == "all" else _("Any of this is enough:"))
        yield Points(tuple(_sentences(rule)))
    play = category.play
    rows = (
        (_("Who"), play.service.text(language)),
        (_("How often"), play.rhythm.text(language)),
        (_("Ceiling"), play.ceiling.text(language)),
        (_("Price"), play.price.text(language)),
        (_("Greetings"), _("yes") if play.greeting else _("no")),
    )
    yield Table((), rows, (25, 75))


def _sentences(group: Group) -> Iterator[str]:
    """The conditions of a rule; a group inside it stands in one sentence."""
    for line in group.lines:
        yield _line(line) if isinstance(line, Line) else _capital(_joint(line.joint).join(_flat(line)))


def _flat(group: Group) -> list[str]:
    """Each part of an alternative as one text."""
    found = []
    for line in group.lines:
        if isinstance(line, Line):
            found.append(_small(_line(line)))
        else:
            found.append("(" + _joint(line.joint).join(_flat(line)) + ")")
    return found


def _joint(joint: str) -> str:
    return f" {_('and')} " if joint == "all" else f" {_('or')} "


def _line(line: Line) -> str:
    return "".join(f"{part.text} %" if part.unit == SHARE else part.text for part in line.parts).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
