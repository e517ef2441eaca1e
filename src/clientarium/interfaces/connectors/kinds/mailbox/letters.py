"""A letter taken apart: who sent it, what it is called, what is attached, and whether it may be answered."""

import email
import email.policy
import fnmatch
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

_PASS = re.compile(r"\b(?:dmarc|dkim)=pass\b", re.I)
TEXT_PART = ("text/plain", "text/html")


@dataclass(frozen=True)
class Head:
    """What is known before the letter itself is fetched."""

    sender: str
    subject: str
    message_id: str
    sent_on: date | None
    is_automatic: bool
    message: EmailMessage


def head_of(raw: bytes) -> Head:
    """The header; broken ones give empty parts rather than an exception."""
    message = parsed(raw)
    addresses = getaddresses([text_of(message, "From")])
    automatic = text_of(message, "Auto-Submitted").lower() not in ("", "no")
    bulk = text_of(message, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    return Head(
        sender=addresses[0][1].lower() if len(addresses) == 1 else "",
        subject=text_of(message, "Subject"),
        message_id=text_of(message, "Message-ID"),
        sent_on=_day(text_of(message, "Date")),
        is_automatic=automatic or bulk,
        message=message,
    )


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def text_of(message: EmailMessage, header: str) -> str:
    try:
        return " ".join(str(message.get(header, "")).split())
    except (ValueError, LookupError, IndexError, AttributeError):  # the library gives up on some broken headers
        return ""


def attachments_of(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each attached file, forwarded letters looked into; the text of the letter is none."""
    for part in message.walk():
        if part.is_multipart():
            continue
        name = _name(part)
        if not name or (part.get_content_type() in TEXT_PART and part.get_content_disposition() is None):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            yield name, payload


def fits(text: str, patterns: Sequence[str]) -> bool:
    """Whether `text` fits one of the patterns with * and ?, in any case; a pattern without stars is a part of it."""
    lowered = text.lower()
    return any(fnmatch.fnmatchcase(lowered, one if "*" in one or "?" in one else f"*{one}*") for one in patterns)


def is_sender(address: str, allowed: Sequence[str]) -> bool:
    """Whether the address is one of those named; `*@firm.ru` is everybody of a firm."""
    return bool(address) and any(fnmatch.fnmatchcase(address, one) for one in allowed)


def is_vouched_for(message: EmailMessage, *, server: str) -> bool:
    """Whether our own mail server says that the sender's address is genuine (RFC 8601). Only the topmost such header of
    that server counts: anybody can write others below."""
    for header in message.get_all("Authentication-Results", []):
        text = " ".join(str(header).split())
        if text.partition(";")[0].strip().partition(" ")[0].lower() == server.lower():
            return bool(_PASS.search(text))
    return False


def key_of(message_id: str, *, name: str, content: bytes) -> str:
    """One attachment of one letter, whatever UID it has: a letter moved or copied is met once."""
    digest = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:32]}#{digest}"


def _name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError):
        return ""


def _day(text: str) -> date | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).date()
