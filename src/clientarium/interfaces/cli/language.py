"""The language of the command line: one gettext catalogue for help texts, tables and errors.

Help texts are made before Django is set up (`--help` must be quick), so the catalogue is read by Python's own gettext;
Django is told the same language once a home is open.
"""

import gettext as python_gettext
import os
from collections.abc import Sequence
from pathlib import Path

from clientarium.core.ground import Message, UserError

LANGUAGES = ("ru", "en")
LOCALE = Path(__file__).resolve().parents[2] / "locale"
LANGUAGE_OPTION = "--lang"


class _Chosen:
    """The language of this process; set once by `activate`."""

    language = "ru"
    catalogue: python_gettext.NullTranslations = python_gettext.NullTranslations()


def chosen_language(arguments: Sequence[str]) -> str:
    """`--lang` if given, else what CLIENTARIUM_LANGUAGE or the locale of the terminal asks for, else Russian."""
    for number, argument in enumerate(arguments):
        if argument == LANGUAGE_OPTION and number + 1 < len(arguments):
            return _known(arguments[number + 1])
        if argument.startswith(LANGUAGE_OPTION + "="):
            return _known(argument.partition("=")[2])
    # The terminal's language is the caller's, not a setting of the home: config does not know it.
    for variable in ("CLIENTARIUM_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if (wanted := os.environ.get(variable, "")[:2].lower()) in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def activate(language: str) -> None:
    """Speak `language` from now on."""
    _Chosen.language = language
    _Chosen.catalogue = python_gettext.translation("django", LOCALE, languages=[language], fallback=True)


def language() -> str:
    """The language in force."""
    return _Chosen.language


def _(msgid: str) -> str:
    """`msgid` in the language in force."""
    return _Chosen.catalogue.gettext(msgid) if msgid else ""


def counted(one: str, many: str, number: int) -> str:
    """The right plural of a text with `%(number)s` in it."""
    return _Chosen.catalogue.ngettext(one, many, number) % {"number": f"{number:,}".replace(",", "\u00a0")}


def sentence(message: Message) -> str:
    """A message of the core in the language in force; parameters that are messages are translated too."""
    params = {name: sentence(value) if isinstance(value, Message) else value for name, value in message.params.items()}
    text = _(message.msgid)
    return text % params if params else text


def error_text(error: UserError) -> str:
    """What went wrong and where, then what to do about it."""
    place = f"{error.place}: " if error.place else ""
    cure = f"\n{sentence(error.cure)}" if error.cure else ""
    return f"{place}{sentence(error.message)}{cure}"


def _known(wanted: str) -> str:
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
