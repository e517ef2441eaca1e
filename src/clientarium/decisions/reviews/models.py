"""Reviews with what the data answered on their day, and the decisions they ended in."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .choices import DecisionState, Kind, Question

MONEY: dict[str, Any] = {"max_digits": 24, "decimal_places": 4}


class Review(models.Model):
    """`as_of`, `ledger_version`: of the facts it speaks of; `since`: the snapshot compared with, null: a year before.

    `facts`: of a session on categories, how many proposals waited and for how much margin.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    opened_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    since = models.DateField(null=True)
    ledger_version = models.BigIntegerField()
    measure = models.CharField(max_length=10, default="margin")
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    summary = models.TextField(default="", blank=True)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="review_kind_is_known"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(closed_at__isnull=True), name="review_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_on__isnull=True)
                | Q(closed_at__isnull=False, closed_on__gte=F("opened_on")),
                name="review_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.opened_on:%d.%m.%Y}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Answer(models.Model):
    """What the data said to one question; `total` clients, of whom the first are kept as lines."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=10, choices=Question.choices)
    total = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)  # ids of what could not be asked, for want of data
    note = models.TextField(default="", blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "question"], name="review_answer_once"),
            models.CheckConstraint(condition=Q(question__in=Question.values), name="review_question_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.question}"


class AnswerLine(models.Model):
    """One client in an answer, as he stood that day: his name, the money of the question, the facts of its sentence."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    grade = models.CharField(max_length=64, default="", blank=True)
    money = models.DecimalField(null=True, blank=True, **MONEY)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["answer", "place"], name="review_line_place_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.place} {self.name}"


class Doubt(models.Model):
    """How near to the border a proposed category stood when the session opened: a share of the threshold."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="doubts")
    proposal = models.ForeignKey("grades.Proposal", on_delete=models.CASCADE, related_name="doubts")
    distance = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "proposal"], name="review_doubt_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.distance:.3f}"


class Decision(models.Model):
    """What was decided, who answers for it and by when. `as_of`: of the facts it was decided by.

    `wanted`: how many new clients like those of the `zone` are to be attracted.
    """

    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    question = models.CharField(max_length=10, choices=Question.choices, default="", blank=True)
    text = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_decisions")
    due_on = models.DateField()
    expected_effect = models.DecimalField(null=True, blank=True, **MONEY)
    clients = models.ManyToManyField("clients.Client", related_name="+", blank=True)
    zone = models.ForeignKey("zones.Finding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    wanted = models.PositiveIntegerField(null=True, blank=True)
    as_of = models.DateField(null=True)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN)
    outcome = models.TextField(default="", blank=True)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="review_decision_says_what"),
            models.CheckConstraint(condition=Q(due_on__gte=F("decided_on")), name="review_decision_due_later"),
            models.CheckConstraint(
                condition=Q(wanted__isnull=True) | Q(wanted__gt=0), name="review_decision_wants_somebody"
            ),
            models.CheckConstraint(
                condition=Q(question__in=["", *Question.values]), name="review_decision_question_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.OPEN, ended_on__isnull=True)
                | Q(state__in=[DecisionState.DONE, DecisionState.DROPPED], ended_on__isnull=False),
                name="review_decision_ended_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="review_decision_of_owner")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.state == DecisionState.OPEN
