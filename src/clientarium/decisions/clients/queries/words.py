"""Where each word of the vocabulary is found, from the point of view of a state."""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, DateField, DecimalField, F, Field, FloatField, IntegerField, TextField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform

from clientarium.core.ground.expressions import Name, ValueType

from .sql import Sql

CLIENT_PATHS = {
    "name": "name",
    "code": "client__code",
    "inn": "client__inn",
    "city": "client__city",
    "segment": "client__segment",
    "seller": "holder__name",
    "created_on": "client__created_on",
    "is_stopped": "client__is_stopped",
    "has_bad_review": "client__has_bad_review",
}

CLIENT_NAMES = (
    Name("name", ValueType.TEXT, "Название", "Name"),
    Name("code", ValueType.TEXT, "Код", "Code"),
    Name("inn", ValueType.TEXT, "ИНН", "INN"),
    Name("city", ValueType.TEXT, "Город", "City"),
    Name("segment", ValueType.TEXT, "Сегмент", "Segment"),
    Name("seller", ValueType.TEXT, "Продавец", "Seller"),
    Name("created_on", ValueType.DATE, "Заведён", "Created on"),
    Name("is_stopped", ValueType.BOOLEAN, "В стоп-листе", "On the stop list"),
    Name("has_bad_review", ValueType.BOOLEAN, "Плохой отзыв", "Bad review"),
)

CUSTOM = "f_"
MONEY_DIGITS, MONEY_PLACES = 24, 4


def output_field(kind: ValueType) -> "Field[Any, Any]":
    """The Django field of values of that type."""
    if kind is ValueType.MONEY:
        return DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES)
    if kind is ValueType.NUMBER:
        return FloatField()
    if kind is ValueType.INTEGER:
        return IntegerField()
    if kind is ValueType.DATE:
        return DateField()
    return BooleanField() if kind is ValueType.BOOLEAN else TextField()


def place_of(word: str, kind: ValueType) -> Combinable:
    """The expression that gives the value of `word` in a queryset of states."""
    if word in CLIENT_PATHS:
        return F(CLIENT_PATHS[word])
    if word.startswith(CUSTOM):
        return custom_value(word.removeprefix(CUSTOM), kind)
    return F(word)


def custom_value(slug: str, kind: ValueType) -> Combinable:
    """A company's own field out of the client's JSON."""
    text = KeyTextTransform(slug, "client__fields")
    if kind is ValueType.BOOLEAN:
        return Sql("({0} = 'true')", text, output_field=BooleanField())
    if kind is ValueType.NUMBER:
        return Sql("CAST({0} AS double precision)", text, output_field=FloatField())
    if kind is ValueType.DATE:
        return Sql("CAST({0} AS date)" if is_postgres() else "{0}", text, output_field=DateField())
    return text


def is_postgres() -> bool:
    """Asked when a query is built: the two databases spell a few things differently."""
    return connection.vendor == "postgresql"
