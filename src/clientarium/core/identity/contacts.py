"""Phones in E.164 and e-mails in small letters; what is neither is kept as written."""

import re
from dataclasses import dataclass

import phonenumbers

_BETWEEN_PHONES = re.compile(r"[,;/\n|]+")
_BETWEEN_EMAILS = re.compile(r"[,;\s|]+")
_EXTENSION = re.compile(r"(?:доб(?:авочный)?|вн(?:утр)?|ext|#)\.?\s*\d+.*$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]{1,253}")
_LABEL = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?", re.UNICODE)
_SPREADSHEET_TAIL = re.compile(r"^(\d+)\.0+$")


@dataclass(frozen=True)
class PhoneSeen:
    """`normalised` is E.164, None when the text is no phone that can be called."""

    raw: str
    normalised: str | None


@dataclass(frozen=True)
class EmailSeen:
    raw: str
    normalised: str | None


def normalise_phone(text: str, *, region: str = "RU") -> tuple[PhoneSeen, ...]:
    """Return every phone of the cell; several are split on comma, semicolon and slash."""
    parts = [part.strip() for part in _BETWEEN_PHONES.split(text) if part.strip()]
    return tuple(PhoneSeen(part, _e164(part, region)) for part in parts)


def _e164(text: str, region: str) -> str | None:
    whole = _SPREADSHEET_TAIL.sub(r"\1", _EXTENSION.sub("", text).strip())
    try:
        number = phonenumbers.parse(whole, region)
        if not phonenumbers.is_valid_number(number) and _looks_international(whole):
            number = phonenumbers.parse("+" + whole, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _looks_international(text: str) -> bool:
    """Spreadsheets drop the plus: 375291234567 is Belarus. Eleven figures after an 8 are dialled inside Russia."""
    return text.isdecimal() and len(text) >= 11 and not (len(text) == 11 and text.startswith("8"))


def normalise_email(text: str) -> tuple[EmailSeen, ...]:
    """Return every e-mail of the cell in small letters; a domain may be in Cyrillic."""
    parts = [part.strip("<>\"'") for part in _BETWEEN_EMAILS.split(text.replace("mailto:", " ")) if "@" in part]
    if not parts:
        return (EmailSeen(text.strip(), None),) if text.strip() else ()
    return tuple(EmailSeen(part, part.casefold() if _is_email(part) else None) for part in parts)


def _is_email(text: str) -> bool:
    if not _EMAIL.fullmatch(text):
        return False
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    last = labels[-1]
    dots_fit = not (local.startswith(".") or local.endswith(".") or ".." in local)
    return (
        dots_fit
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and not last.isdecimal()
        and len(last) > 1
    )
