"""What can be called and written to; the quick ways say what the slow ones say."""

import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.identity import normalise_phone
from clientarium.core.quality import contact_is_valid, email_is_valid, phone_is_valid
from clientarium.core.quality.contacts import PLAIN_EMAIL, PLAIN_MOBILE, PLAIN_RUSSIAN


@pytest.mark.parametrize(
    ("kind", "value", "is_valid"),
    [
        ("phone", "8 (912) 345-67-89", True),
        ("phone", "+7 912 345 67 89 доб. 12", True),
        ("phone", "89123456789.0", True),
        ("phone", "+375 29 123-45-67", True),
        ("phone", "8912345678", False),
        ("phone", "нет", False),
        ("phone", "+7 (912) 345-67-89, 123", False),
        ("email", "Anna@Birch.ru", True),
        ("email", "анна@берёза.рф", True),
        ("email", "anna@birch", False),
        ("email", "anna birch@mail.ru", False),
        ("email", "anna..b@mail.ru", False),
        ("email", "anna@localhost", False),
        ("email", "", False),
    ],
)
def test_contacts_people_write(kind, value, is_valid):
    assert contact_is_valid(kind, value) is is_valid


@settings(max_examples=50, deadline=None)
@given(st.from_regex(PLAIN_MOBILE, fullmatch=True))
def test_every_plain_mobile_is_a_phone(value):
    assert [seen.normalised is not None for seen in normalise_phone(value)] == [True]
    assert phone_is_valid(value)


@settings(max_examples=50, deadline=None)
@given(st.from_regex(PLAIN_RUSSIAN, fullmatch=True))
def test_ten_figures_are_judged_without_parsing_as_with_it(value):
    russian = "+7" + value[-10:]
    # After an 8 the slow way also tries another country's code: 8 430… is no phone of Vietnam in a Russian base.
    assert phone_is_valid(value) == (normalise_phone(russian)[0].normalised is not None)


@settings(max_examples=50, deadline=None)
@given(st.from_regex(PLAIN_EMAIL, fullmatch=True))
def test_every_plain_address_is_an_email(value):
    validate_email(value, check_deliverability=False)
    assert email_is_valid(value)
