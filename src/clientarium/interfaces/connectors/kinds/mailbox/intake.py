"""Looking into a mailbox: new letters by UID, the right ones by sender and subject, their attachments once each."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from clientarium.core.ground import Message, UserError
from clientarium.decisions.connections import Incoming, Outcome, Values

from .answers import Post, letter_about
from .imap import Mailbox
from .letters import Head, attachments_of, fits, head_of, is_sender, is_vouched_for, key_of, parsed
from .words import SEEN, TOO_LARGE, TOO_LARGE_CURE

LARGEST_LETTER_BYTES = 100 * 1024 * 1024
"""A letter is read whole into memory; mail services take 25 to 50 MB."""

FIRST_LOOK_DAYS = 31
"""How far back a first look goes, and one after the server has renumbered its letters."""


class MailIntake:
    """An Intake over one folder of a mailbox. `place` is {"uidvalidity", "uid"}: the last letter looked at."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._senders = patterns(values.get("senders"))
        self._subjects = patterns(values.get("subject")) or ["*"]
        self._names = patterns(values.get("names")) or ["*"]

    def mailbox(self) -> Mailbox:
        text = {name: str(self._values.get(name) or "") for name in ("host", "security", "user", "password", "folder")}
        return Mailbox(port=int(self._values.get("port") or 993), **text | {"folder": text["folder"] or "INBOX"})

    def look(
        self, place: Mapping[str, Any], *, known: frozenset[str]
    ) -> Iterator[tuple[Incoming | None, dict[str, Any]]]:
        """New attachments, oldest letter first. A renumbered mailbox is looked through anew; `known` keeps it once."""
        with self.mailbox() as mailbox:
            is_same = place.get("uidvalidity") == mailbox.uidvalidity
            last = int(place.get("uid") or 0) if is_same else 0
            if is_same:
                uids = mailbox.uids_after(last)
            else:
                uids = mailbox.uids_since(timezone.localdate() - timedelta(days=FIRST_LOOK_DAYS))
            met = set(known)
            for uid in uids:
                before = {"uidvalidity": mailbox.uidvalidity, "uid": last}
                for incoming in self._taken(mailbox, uid):
                    if incoming.key not in met:
                        met.add(incoming.key)
                        yield incoming, before  # a letter is behind us only when all its files are kept
                last = max(last, uid)
                yield None, {"uidvalidity": mailbox.uidvalidity, "uid": last}
            yield None, {"uidvalidity": mailbox.uidvalidity, "uid": last}

    def answer(self, outcome: Outcome, *, reply: Mapping[str, Any]) -> bool:
        """Mail the result to the sender, where that is wanted and safe; never to another program."""
        post = self.post()
        if post is None or not reply.get("to"):
            return False
        post.send(letter_about(outcome, reply=reply, sender=post.sender))
        return True

    def post(self) -> Post | None:
        host = str(self._values.get("smtp_host") or "")
        if not host:
            return None
        user, password = str(self._values.get("user") or ""), str(self._values.get("password") or "")
        is_open = not self._values.get("smtp_signs_in", True)
        return Post(
            host=host,
            port=int(self._values.get("smtp_port") or 465),
            security=str(self._values.get("smtp_security") or "tls"),
            user="" if is_open else user,
            password="" if is_open else password,
            sender=str(self._values.get("sender") or user),
        )

    def seen(self) -> Message:
        """How many letters of the last month there are and how many fit; nothing is taken."""
        with self.mailbox() as mailbox:
            uids = mailbox.uids_since(timezone.localdate() - timedelta(days=FIRST_LOOK_DAYS))
            heads = [head_of(mailbox.head(uid)[0]) for uid in uids]
        return Message(SEEN, {"letters": len(heads), "ours": sum(self.is_ours(head) for head in heads)})

    def is_ours(self, head: Head) -> bool:
        """From a sender who may send, called as it should be, and vouched for where that is asked."""
        server = str(self._values.get("vouching_server") or "")
        return (
            is_sender(head.sender, self._senders)
            and fits(head.subject, self._subjects)
            and (not server or is_vouched_for(head.message, server=server))
        )

    def _taken(self, mailbox: Mailbox, uid: int) -> Iterator[Incoming]:
        raw, size = mailbox.head(uid)
        head = head_of(raw)
        if not raw or not self.is_ours(head):
            return
        if size > LARGEST_LETTER_BYTES:
            yield self._too_large(head, key=f"{mailbox.uidvalidity}.{uid}")
            return
        for name, content in attachments_of(parsed(mailbox.letter(uid))):
            if not fits(name, self._names):
                continue
            yield Incoming(
                key=key_of(head.message_id or f"{mailbox.uidvalidity}.{uid}", name=name, content=content),
                name=name,
                content=content,
                sender=head.sender,
                subject=head.subject,
                reply=reply_to(head),
                came_on=head.sent_on,
            )

    def _too_large(self, head: Head, *, key: str) -> Incoming:
        fault = UserError(
            TOO_LARGE, cure=TOO_LARGE_CURE, limit=LARGEST_LETTER_BYTES // (1024 * 1024), subject=head.subject[:200]
        )
        return Incoming(
            key=key,
            name=head.subject or "—",
            content=b"",
            sender=head.sender,
            subject=head.subject,
            reply=reply_to(head),
            fault=fault,
        )


def reply_to(head: Head) -> dict[str, str]:
    """What an answer needs; nobody to answer where the letter is another program's."""
    to = "" if head.is_automatic else head.sender
    return {"to": to, "subject": head.subject[:300], "message_id": head.message_id[:300]}


def patterns(text: object) -> list[str]:
    """A setting with commas or lines as a list, in small letters."""
    return [one.strip().lower() for one in str(text or "").replace("\n", ",").split(",") if one.strip()]
