"""The published state of each client: which table holds it, and the columns every such table has."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clientarium.decisions.people.models import Seller

from ..choices import Stage
from .client import Client


class StateTable(models.Model):
    """One publication. `columns` are the words of the vocabulary it holds, with types and titles.

    `changes`: how many times something was written into its rows since; sums over them are remembered under it.
    """

    token = models.CharField(max_length=32, unique=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.BUILDING)
    columns = models.JSONField(default=list)
    as_of = models.DateField(null=True)
    info = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField(default=timezone.now)
    changes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage"], condition=Q(stage="current"), name="one_current_state"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="state_stage_is_known"),
        ]

    def __str__(self) -> str:
        return self.table

    @property
    def table(self) -> str:
        return f"clients_state_{self.token}"


class StateColumns(models.Model):
    """What every state has: the client, and copies of what lists sort by without a join."""

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    holder = models.ForeignKey(
        Seller, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    name = models.CharField(max_length=300)
    search_name = models.CharField(max_length=300)

    class Meta:
        abstract = True


class BareState(StateColumns):
    """The state before anything was published: clients without figures."""

    class Meta:
        db_table = "clients_state_bare"

    def __str__(self) -> str:
        return self.name
