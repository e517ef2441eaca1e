"""Whether a phone can be called and an e-mail written to. A wrong one is told, never deleted."""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

import phonenumbers

from clientarium.core.identity import normalise_phone

PHONE = "phone"

PLAIN_MOBILE = re.compile(r"(?:\+7|8)9(?:[0-24-9][0-9]|3[1-9])[0-9]{7}")
"""All of these can be called; parsing takes a hundred times longer and nearly every phone of a base is one."""

PLAIN_RUSSIAN = re.compile(r"(?:\+7|8)([3489][0-9]{9})")
"""Ten figures of Russia need no parsing to be judged, which is most of the time."""

RUSSIA = 7

PLAIN_EMAIL = re.compile(
    r"[a-z0-9_]{1,30}(?:[._-][a-z0-9_]{1,20})?@(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,20})?\.){1,2}(?:ru|su|com|by|kz|biz)"
)
"""Right by sight: plain signs, no special domain; email-validator accepts them all (a test keeps them together)."""

REMEMBERED = 20_000


def phone_is_valid(value: str) -> bool:
    """Every number of the text can be called."""
    digits = re.sub(r"[\s().\-\u00a0]", "", value)
    if PLAIN_MOBILE.fullmatch(digits):
        return True
    plain = PLAIN_RUSSIAN.fullmatch(digits)
    if plain:
        number = phonenumbers.PhoneNumber(country_code=RUSSIA, national_number=int(plain[1]))
        return phonenumbers.is_valid_number(number)
    return _phone_is_valid(value)


@lru_cache(REMEMBERED)
def _phone_is_valid(value: str) -> bool:
    seen = normalise_phone(value)
    return bool(seen) and all(phone.normalised is not None for phone in seen)


def email_is_valid(value: str, *, dead_domains: AbstractSet[str] = frozenset()) -> bool:
    """The address is written as RFC 5322 wants (email-validator, nobody on the net is asked), its domain not dead."""
    address = value.strip().lower()
    if not (PLAIN_EMAIL.fullmatch(address) or _email_is_valid(address)):
        return False
    return domain_of(address) not in dead_domains


@lru_cache(REMEMBERED)
def _email_is_valid(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 -- slow import: its tables

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def contact_is_valid(kind: str, value: str, *, dead_domains: AbstractSet[str] = frozenset()) -> bool:
    """The same by kind."""
    return phone_is_valid(value) if kind == PHONE else email_is_valid(value, dead_domains=dead_domains)
