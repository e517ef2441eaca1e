"""Finding a client by whatever somebody remembers of him: name, code, INN, phone, e-mail."""

import re

from django.db import connection
from django.db.models import F, Q, QuerySet, TextField

from clientarium.decisions.people import Visitor

from ..models import Client, Contact
from .families import root_id
from .names import phone_key, searched_words
from .sql import Sql
from .visibility import clients_visible_to

FOUND_AT_MOST = 20
SHORTEST_TEXT = 2
SHORTEST_DIGITS = 4
"""Fewer digits are in nearly every phone."""

LAST_SIGN = "\U0010ffff"


def search(user: Visitor, text: str, *, limit: int = FOUND_AT_MOST) -> list[Client]:
    """Clients `user` may see, closest first: code or INN, the beginning of the name, phone, e-mail, any part."""
    text = " ".join(text.replace("\0", "").split())
    if len(text) < SHORTEST_TEXT:
        return []
    visible = clients_visible_to(user).select_related("holder")
    found: dict[int, Client] = {}
    for step in (by_number, by_beginning, by_contact, by_part):
        for client in step(visible, text)[: limit - len(found)] if len(found) < limit else ():
            found.setdefault(client.pk, client)
    return list(found.values())


def by_number(visible: QuerySet[Client], text: str) -> QuerySet[Client]:
    return visible.filter(Q(code=text) | Q(inn=text)).order_by("search_name", "pk")


def by_beginning(visible: QuerySet[Client], text: str) -> QuerySet[Client]:
    """By the index on search_name; SQLite would not use it for a like."""
    beginning = searched_words(text)
    if connection.vendor == "postgresql":
        return visible.filter(search_name__startswith=beginning).order_by("search_name", "pk")
    return visible.filter(search_name__gte=beginning, search_name__lt=beginning + LAST_SIGN).order_by(
        "search_name", "pk"
    )


def by_contact(visible: QuerySet[Client], text: str) -> QuerySet[Client]:
    """A phone by its beginning or its whole, an e-mail by its beginning."""
    digits = re.sub(r"\D", "", text)
    if "@" in text:
        beginnings = [text.lower()]
    elif len(digits) >= SHORTEST_DIGITS and re.fullmatch(r"[\d\s()+.-]+", text):
        beginnings = list({f"+{digits}", f"+7{digits.removeprefix('8')}", phone_key(text), digits} - {""})
    else:
        return visible.none()
    matching = Q()
    for beginning in beginnings:
        matching |= Q(normalised__gte=beginning, normalised__lt=beginning + LAST_SIGN)
    contacts = Contact.objects.filter(matching).annotate(root_id=root_id).values("root_id")[:1000]
    return visible.filter(pk__in=list(contacts.values_list("root_id", flat=True))).order_by("search_name", "pk")


def by_part(visible: QuerySet[Client], text: str) -> QuerySet[Client]:
    """Any part of the name, or the beginning of the INN or the code: reads the whole table, so it comes last."""
    part = searched_words(text)
    numbers = Q(inn__startswith=text) | Q(code__startswith=text) if text.isascii() else Q()
    found = visible.filter(Q(search_name__contains=part) | numbers)
    if connection.vendor == "postgresql":
        # By an expression, or it fetches every client in the order of the index: slower than to sort what is found.
        return found.order_by(Sql("({0} || '')", F("search_name"), output_field=TextField()), "pk")
    return found.order_by("search_name", "pk")
