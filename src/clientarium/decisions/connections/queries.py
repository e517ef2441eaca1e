"""Connections and what came through them, as screens and commands list them."""

from django.db.models import QuerySet

from .models import Arrival, Connection


def connections() -> QuerySet[Connection]:
    return Connection.objects.select_related("by")


def arrivals(connection: Connection | None = None) -> QuerySet[Arrival]:
    """What came, the newest first."""
    found = Arrival.objects.select_related("connection", "received", "loading")
    return found if connection is None else found.filter(connection=connection)
