"""The little of IMAP (RFC 3501) that is needed: look without touching, by UID.

The folder is opened read-only and letters are fetched with BODY.PEEK: people who read the same mailbox see their unread
letters unread, and our place never hangs on \\Seen.
"""

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import Self

from clientarium.core.ground import N_
from clientarium.decisions.connections import ConnectionFault

SECONDS_TO_WAIT = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FAULTS = (imaplib.IMAP4.error, OSError, ssl.SSLError, EOFError)


class Mailbox:
    """One signed-in session on one folder; a context manager. Every fault is a ConnectionFault."""

    def __init__(self, *, host: str, port: int, security: str, user: str, password: str, folder: str) -> None:
        self._host, self._port, self._security = host, port, security
        self._user, self._password, self._folder = user, password, folder
        self.uidvalidity = 0

    def __enter__(self) -> Self:
        try:
            self._session = self._connected()
        except FAULTS as error:
            raise unreachable(self._host, error) from error
        try:
            self._session.login(self._user, self._password)
        except FAULTS as error:
            self._leave()
            raise refused(self._user) from error
        try:
            self._select()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def uids_after(self, uid: int) -> list[int]:
        """UIDs larger than `uid`, ascending. (`n:*` always names the last letter, even when it is not larger.)"""
        return [found for found in self._search(f"UID {uid + 1}:*") if found > uid]

    def uids_since(self, day: date) -> list[int]:
        """UIDs of letters that the server received on `day` or later."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def head(self, uid: int) -> tuple[bytes, int]:
        """(the header, the size of the whole letter in bytes); (b"", 0) where it was deleted meanwhile."""
        parts = self._fetch(uid, "(RFC822.SIZE BODY.PEEK[HEADER])")
        size = next((int(match[1]) for line, _body in parts if (match := _SIZE.search(line))), 0)
        return (parts[0][1] if parts else b""), size

    def letter(self, uid: int) -> bytes:
        """The letter as it came; b"" where it was deleted meanwhile."""
        parts = self._fetch(uid, "(BODY.PEEK[])")
        return parts[0][1] if parts else b""

    def _connected(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        if self._security == "tls":
            return imaplib.IMAP4_SSL(self._host, self._port, ssl_context=context, timeout=SECONDS_TO_WAIT)
        session = imaplib.IMAP4(self._host, self._port, timeout=SECONDS_TO_WAIT)
        if self._security == "starttls":
            session.starttls(ssl_context=context)
        return session

    def _select(self) -> None:
        quoted = '"' + in_utf7(self._folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
        try:
            answer, _count = self._session.select(quoted, readonly=True)
            validity = self._session.response("UIDVALIDITY")[1]
        except FAULTS as error:
            raise unreachable(self._host, error) from error
        if answer != "OK" or not validity or validity[0] is None:
            raise ConnectionFault(N_("The mailbox has no folder “%(folder)s”."), is_permanent=True, folder=self._folder)
        self.uidvalidity = int(validity[0])

    def _search(self, criterion: str) -> list[int]:
        try:
            answer, found = self._session.uid("SEARCH", criterion)
        except FAULTS as error:
            raise unreachable(self._host, error) from error
        if answer != "OK":
            raise unreachable(self._host, imaplib.IMAP4.error(answer))
        return sorted(int(one) for one in (found[0] or b"").split())

    def _fetch(self, uid: int, what: str) -> list[tuple[bytes, bytes]]:
        try:
            answer, parts = self._session.uid("FETCH", str(uid), what)
        except FAULTS as error:
            raise unreachable(self._host, error) from error
        if answer != "OK":
            raise unreachable(self._host, imaplib.IMAP4.error(answer))
        return [(part[0], part[1]) for part in parts if isinstance(part, tuple)]

    def _leave(self) -> None:
        with contextlib.suppress(*FAULTS):  # the look is over; the server may have closed first
            self._session.logout()


def in_utf7(folder: str) -> str:
    """A folder's name in IMAP's modified UTF-7 (RFC 3501, 5.1.3): “Отчёты” is how people call theirs."""
    return "".join(_encoded(folder))


def _encoded(folder: str) -> Iterator[str]:
    for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", folder):
        if run.isascii() and run.isprintable():
            yield run.replace("&", "&-")
        else:
            packed = base64.b64encode(run.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
            yield f"&{packed.decode()}-"


def unreachable(host: str, error: Exception) -> ConnectionFault:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConnectionFault(
            N_("This computer does not trust the certificate of %(host)s (%(why)s)."),
            cure=N_("Look at the server’s name; for a certificate of your own firm set SSL_CERT_FILE to its issuer."),
            is_permanent=True,
            host=host,
            why=error.verify_message,
        )
    return ConnectionFault(
        N_("The mail server %(host)s cannot be reached (%(kind)s)."),
        cure=N_("Look at its address, port and kind of protection; the look is repeated by itself."),
        is_permanent=False,
        host=host,
        kind=type(error).__name__,
    )


def refused(user: str) -> ConnectionFault:
    return ConnectionFault(
        N_("The mail server does not let %(user)s in."),
        cure=N_("Look at the login and the password; many services want a password made for programs."),
        is_permanent=True,
        user=user,
    )
