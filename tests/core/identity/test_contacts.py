"""Phones, e-mails and tax numbers as people write them."""

import xml.etree.ElementTree as ElementTree

import pyarrow as pa
import pytest

from clientarium.core.identity import (
    CardDoubt,
    card_doubts,
    check_inn,
    check_kpp,
    clean_name,
    client_key,
    normalise_email,
    normalise_phone,
)
from tests.core.intake.tables import SHARED

PHONES = [
    ("8 (912) 345-67-89", ["+79123456789"]), ("9123456789", ["+79123456789"]), ("+7 912 345 67 89", ["+79123456789"]),
    ("79123456789.0", ["+79123456789"]), ("8 800 555-35-35", ["+78005553535"]), ("+7 727 250 00 00", ["+77272500000"]),
    ("375291234567", ["+375291234567"]), ("(495) 123-45-67 доб. 123", ["+74951234567"]),
    ("89123456789, 8(495)1234567; +79991112233/9031234567", ["+79123456789", "+74951234567", "+79991112233", "+79031234567"]),
    ("84300000000", [None]), ("нет", [None]), ("123", [None]), ("", []), ("12345678901234567890", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHONES)
def test_phones_of_a_cell(text, expected):
    assert [one.normalised for one in normalise_phone(text)] == expected


EMAILS = [
    ("Ivan@Example.RU", ["ivan@example.ru"]), ("a@b.ru; c@d.com, <e@f.org>", ["a@b.ru", "c@d.com", "e@f.org"]),
    ("Ivan@Пример.рф", ["ivan@пример.рф"]), ("mailto:a@b.ru", ["a@b.ru"]), ("a@b", [None]), ("a..b@c.ru", [None]),
    ("нет", [None]), ("", []), ("a@1.2.3.4", [None]), ("a@-b.ru", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EMAILS)
def test_emails_of_a_cell(text, expected):
    assert [one.normalised for one in normalise_email(text)] == expected


@pytest.mark.skipif(not SHARED.exists(), reason="NO CORPORA: ../shared is not there, nothing is proved")
def test_emails_of_the_corpus_never_raise():
    tests = ElementTree.parse(SHARED / "corpora/isemail_tests.xml").getroot().findall("test")
    seen = [normalise_email(test.findtext("address") or "") for test in tests]
    assert len(seen) > 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7707083893", "7707083893"), ("7707083894", None), ("500100732259", "500100732259"), ("7707083893.0", "7707083893"),
        ("274062111", "0274062111"), ("0000000000", None), ("", None), ("ИНН", None), ("770708389", None), ("٧٧٠٧٠٨٣٨٩٣", None),
    ],
)  # fmt: skip
def test_inn(text, expected):
    assert check_inn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("770701001", "770701001"), ("77070100", "077070100"), ("7707AB001", "7707AB001"), ("123", None)],
)
def test_kpp(text, expected):
    assert check_kpp(text) == expected


def test_names():
    assert clean_name("  ООО\u00a0 «Берёза»  ") == 'ООО "Берёза"'
    assert [client_key("7.0", "Ель"), client_key(" ", " ООО  Ель "), client_key(None, ""), client_key("А-7.0", None)] == [
        "7", "ООО Ель", None, "А-7.0",
    ]  # fmt: skip


def test_doubts_are_told_of_the_card_and_refuse_nothing():
    clients = pa.table(
        {
            "client_key": ["1", "2"],
            "inn": ["7707083894", "7707083893"],
            "kpp": [None, "77"],
            "phones": pa.array([["89123456789, 12"], None], pa.list_(pa.string())),
            "emails": pa.array([None, ["a@b.ru", "нет"]], pa.list_(pa.string())),
        }
    )
    assert [(doubt.client_key, doubt.field, str(doubt.message)) for doubt in card_doubts(clients)] == [
        ("1", "inn", "“7707083894” is not an ИНН: the check digits do not agree"),
        ("1", "phones", "“12” is not a phone number that can be called"),
        ("2", "kpp", "“77” is not a КПП"),
        ("2", "emails", "“нет” is not an e-mail address"),
    ]
    assert list(card_doubts(clients.select(["client_key"]))) == []
    assert CardDoubt.__dataclass_params__.frozen
