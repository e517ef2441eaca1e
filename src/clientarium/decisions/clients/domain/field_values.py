"""What somebody typed, or a file says, as the value of one of the company's own fields."""

import re
from datetime import date
from typing import Any

from clientarium.core.ground import N_, UserError

from ..choices import FieldType
from ..models import CustomField

TRUE_WORDS = frozenset({"да", "yes", "true", "1", "истина", "+", "y", "д"})
FALSE_WORDS = frozenset({"нет", "no", "false", "0", "ложь", "-", "n", "н"})
RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
TEXT_CHARACTERS = 2_000


def field_value(field: CustomField, given: Any) -> Any:
    """The value as it is kept in JSON (a number is a double, a date ISO text); None is unknown.

    Raises UserError with what the field takes.
    """
    if isinstance(given, bool) and field.type == FieldType.YES_NO:
        return given
    text = (
        given.isoformat() if isinstance(given, date) else str("" if given is None else given).replace("\0", "").strip()
    )
    if not text:
        return None
    return PARSERS[FieldType(field.type)](field, text)


def refuse(field: CustomField, text: str, cure: str, **params: Any) -> UserError:
    return UserError(N_("“%(field)s” does not take “%(value)s”."), cure=cure, field=str(field), value=text, **params)


def _text(field: CustomField, text: str) -> str:
    if len(text) > TEXT_CHARACTERS:
        raise refuse(field, text[:40] + "…", N_("At most %(limit)s characters fit here."), limit=TEXT_CHARACTERS)
    return text


def _number(field: CustomField, text: str) -> float:
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,9})?", plain):
        raise refuse(field, text, N_("Write a number, such as 1250,5."))
    return float(plain)


def _date(field: CustomField, text: str) -> str:
    russian = RUSSIAN_DATE.fullmatch(text)
    try:
        day = date(int(russian[3]), int(russian[2]), int(russian[1])) if russian else date.fromisoformat(text[:10])
    except ValueError:
        raise refuse(field, text, N_("Write a date, such as 31.01.2026.")) from None
    return day.isoformat()


def _choice(field: CustomField, text: str) -> str:
    for choice in field.choices:
        if str(choice).casefold() == text.casefold():
            return str(choice)
    raise refuse(field, text, N_("Choose one of: %(known)s."), known=", ".join(map(str, field.choices)))


def _yes_no(field: CustomField, text: str) -> bool:
    if text.casefold() in TRUE_WORDS | FALSE_WORDS:
        return text.casefold() in TRUE_WORDS
    raise refuse(field, text, N_("Write yes or no."))


PARSERS = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
}
