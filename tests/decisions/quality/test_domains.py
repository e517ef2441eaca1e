"""Domains are asked about only where the setting allows it; one that gives no answer stays unknown."""

import dns.exception
import dns.resolver
import pytest

from clientarium.core.ground import UserError
from tests.decisions.quality.conftest import AS_OF, NEEDS

pytestmark = pytest.mark.django_db


class Resolver:
    """The DNS of the test: dead.ru does not exist, silent.ru gives no answer, any other takes mail."""

    def __init__(self):
        self.asked = []

    def resolve(self, name, kind):
        self.asked.append((str(name).rstrip("."), kind))
        if "dead" in str(name):
            raise dns.resolver.NXDOMAIN
        if "silent" in str(name):
            raise dns.exception.Timeout
        if kind != "MX":
            raise dns.resolver.NoAnswer
        return [type("Answer", (), {"preference": 10, "exchange": "mx.example.ru."})()]


@pytest.fixture
def mail(base):
    from clientarium.decisions.clients import Contact

    for address in ("a@dead.ru", "b@dead.ru", "c@silent.ru", "not an address@"):
        Contact.objects.create(client=base.birch, kind="email", value=address, normalised=address)
    return base


def test_nothing_is_asked_while_the_setting_is_off(mail, settings):
    from clientarium.decisions.quality import check_domains

    settings.CLIENTARIUM_CHECK_MAIL_DOMAINS = False
    resolver = Resolver()
    with pytest.raises(UserError, match="setting"):
        check_domains(today=AS_OF, by=None, resolver=resolver)
    assert resolver.asked == []


def test_each_domain_is_asked_once_and_a_dead_one_makes_addresses_wrong(mail, settings):
    from clientarium.core.pipeline import load_definitions
    from clientarium.decisions.quality import MailDomain, assess_clients, check_domains, needs_in_force
    from tests.core.quality.test_needs import PACKAGED

    settings.CLIENTARIUM_CHECK_MAIL_DOMAINS = True
    resolver = Resolver()
    assert check_domains(today=AS_OF, by=mail.owner, resolver=resolver) == ["dead.ru"]
    assert {name for name, _kind in resolver.asked} == {"birch.ru", "dead.ru", "silent.ru"}
    assert dict(MailDomain.objects.values_list("name", "takes_mail")) == {"birch.ru": True, "dead.ru": False}
    again = Resolver()
    check_domains(today=AS_OF, by=mail.owner, resolver=again)
    assert {name for name, _kind in again.asked} == {"silent.ru"}
    needs = needs_in_force(load_definitions(PACKAGED, ()))
    found = assess_clients([mail.birch.pk], needs=needs, as_of=AS_OF)[0]
    assert (found.valid_emails, found.bad_contacts) == (2, 3)
    assert assess_clients([mail.birch.pk], needs=NEEDS, as_of=AS_OF)[0].bad_contacts == 1
