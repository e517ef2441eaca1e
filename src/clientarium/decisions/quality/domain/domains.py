"""Asking the DNS whether the domains of the e-mails take mail: only where the setting allows it, never unasked."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.core.quality import email_is_valid
from clientarium.decisions.clients import Contact
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import QualityVerb
from ..models import MailDomain

ASK_AGAIN_DAYS = 90
"""Domains that die do so within a season; asking more often only burdens other people's servers."""

TIMEOUT_SECONDS = 5

Progress = Callable[[int, int], None]


def check_domains(*, today: date, by: User | None, resolver: Any = None, progress: Progress | None = None) -> list[str]:
    """Ask about every domain not asked lately; those that take no mail. One that gives no answer stays unknown.

    Raises UserError where the setting forbids it.
    """
    if not settings.CLIENTARIUM_CHECK_MAIL_DOMAINS:
        raise UserError(
            N_("Domains may not be asked about: the setting %(name)s is off."),
            cure=N_("Switch it on and ask again: names of your clients’ domains then leave this computer."),
            name="CLIENTARIUM_CHECK_MAIL_DOMAINS",
        )
    lately = MailDomain.objects.filter(checked_on__gt=today - timedelta(days=ASK_AGAIN_DAYS))
    due = sorted(set(_domains()) - set(lately.values_list("name", flat=True)))
    answers = {}
    for number, name in enumerate(due):
        if progress:
            progress(number, len(due))
        answer = takes_mail(name, resolver=resolver)
        if answer is not None:
            answers[name] = answer
    _keep(answers, today=today, by=by)
    return sorted(name for name, answer in answers.items() if not answer)


def takes_mail(domain: str, *, resolver: Any = None) -> bool | None:
    """Whether the domain has somewhere to deliver mail to; None where the DNS gave no answer."""
    from email_validator import (  # noqa: PLC0415 -- slow import: its tables
        EmailNotValidError,
        EmailUndeliverableError,
        validate_email,
    )

    try:
        asked = validate_email(
            f"postmaster@{domain}",
            check_deliverability=True,
            timeout=None if resolver else TIMEOUT_SECONDS,
            dns_resolver=resolver,
        )
    except EmailUndeliverableError:
        return False
    except EmailNotValidError:
        return None
    return True if getattr(asked, "mx", None) else None  # it is not there at all after a timeout


def _domains() -> Iterator[str]:
    for address in Contact.objects.filter(kind="email").values_list("normalised", flat=True).iterator():
        if email_is_valid(address):
            yield address.rpartition("@")[2]


@transaction.atomic
def _keep(answers: dict[str, bool], *, today: date, by: User | None) -> None:
    if not answers:
        return
    MailDomain.objects.filter(name__in=list(answers)).delete()
    MailDomain.objects.bulk_create(
        [MailDomain(name=name, takes_mail=answer, checked_on=today) for name, answer in answers.items()]
    )
    dead = sorted(name for name, answer in answers.items() if not answer)
    record(QualityVerb.DOMAINS_CHECKED, target=None, by=by, data={"asked": len(answers), "dead": dead})
