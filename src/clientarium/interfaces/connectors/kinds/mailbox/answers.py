"""The result, mailed back to whoever sent the report."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from clientarium.core.ground import N_
from clientarium.decisions.connections import ConnectionFault, Outcome

SECONDS_TO_WAIT = 30


@dataclass(frozen=True)
class Post:
    """The server that sends our letters."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str

    def send(self, letter: EmailMessage) -> None:
        """Raises ConnectionFault; permanent where the server refuses this very letter."""
        try:
            with self._session() as session:
                session.send_message(letter)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise self._fault(error, is_permanent=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._fault(error, is_permanent=isinstance(error, smtplib.SMTPAuthenticationError)) from error

    def _session(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS_TO_WAIT, context=context)
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_WAIT)
            if self.security == "starttls":
                session.starttls(context=context)
        if self.user:
            session.login(self.user, self.password)
        return session

    def _fault(self, error: Exception, *, is_permanent: bool) -> ConnectionFault:
        return ConnectionFault(
            N_("The answer cannot be sent through %(host)s (%(kind)s)."),
            cure=N_("Look at the settings for sending letters."),
            is_permanent=is_permanent,
            host=self.host,
            kind=type(error).__name__,
        )


def letter_about(outcome: Outcome, *, reply: Mapping[str, Any], sender: str) -> EmailMessage:
    """An answer in the thread of the report; marked so that no other program answers it (RFC 3834)."""
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = str(reply["to"])
    letter["Subject"] = one_line(f"Re: {reply.get('subject') or outcome.name}")
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    letter["Auto-Submitted"] = "auto-replied"
    if reply.get("message_id"):
        letter["In-Reply-To"] = letter["References"] = one_line(str(reply["message_id"]))
    letter.set_content("\n".join(outcome.lines) + "\n\n-- \nClientarium\n")
    return letter


def one_line(text: str) -> str:
    """A header of another's letter, made safe for ours."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:500]
