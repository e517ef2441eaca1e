"""Connections to the world outside, and the files that came through them."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .choices import ArrivalState


class Connection(models.Model):
    """One connection of a kind that a connector offers.

    `settings` may be shown, `secrets` is one encrypted text and never leaves the server. `place` is where an intake
    stands (UIDVALIDITY and UID of a mailbox, sizes of a folder's files); its connector says its shape.
    """

    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    settings = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    secrets = models.TextField(default="", blank=True)
    is_on = models.BooleanField(default=True)
    place = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    looked_at = models.DateTimeField(null=True)
    is_well = models.BooleanField(null=True)  # null: never tried
    message = models.JSONField(null=True)  # {"msgid", "params", "cure", "place"}, as runs keep theirs
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title"], name="connection_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="connection_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Arrival(models.Model):
    """One file that came through a connection; `key` is the connector's own name for it, met once."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="arrivals")
    key = models.CharField(max_length=300)
    file_name = models.CharField(max_length=255)
    sender = models.CharField(max_length=320, default="", blank=True)
    subject = models.CharField(max_length=500, default="", blank=True)
    reply = models.JSONField(default=dict)  # what the connector needs to answer
    received = models.ForeignKey("runs.ReceivedFile", null=True, on_delete=models.SET_NULL, related_name="arrivals")
    loading = models.ForeignKey("runs.Import", null=True, on_delete=models.SET_NULL, related_name="arrivals")
    state = models.CharField(max_length=16, choices=ArrivalState.choices, default=ArrivalState.LOADING)
    message = models.JSONField(null=True)
    arrived_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answer_problem = models.JSONField(null=True)  # why the sender could not be told

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "key"], name="arrival_once"),
            models.CheckConstraint(condition=Q(state__in=ArrivalState.values), name="arrival_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name
