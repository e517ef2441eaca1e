"""Addresses of the lists behind the numbers: /clients/?where=<condition>."""

from urllib.parse import urlencode

from django.urls import reverse


def clients_where(condition: str = "") -> str:
    """The list of clients for whom `condition` holds; all of them without one."""
    address = reverse("clients")
    return f"{address}?{urlencode({'where': condition})}" if condition else address


def equals(name: str, code: str | None) -> str:
    """`name = 'code'`, or `name is null` for those outside the scheme."""
    return f"{name} is null" if code is None else f"{name} = '{code}'"


def both(*conditions: str) -> str:
    """All of them at once."""
    return " and ".join(conditions)
