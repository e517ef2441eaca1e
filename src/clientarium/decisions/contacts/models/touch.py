"""A contact with a client as people recorded it here, and the contact details checked in it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import (
    DATED_RESULTS,
    REACHED_RESULTS,
    Direction,
    Finding,
    NoNextReason,
    RefusalReason,
    Result,
    TouchKind,
    Verified,
)


class Touch(models.Model):
    """One contact on day `on`. An undone one stays, with who took it back; it counts for nothing any more.

    `forecast` is what the published state said of the client at that moment: whether the call was on time is judged
    by what was known then.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="touches")
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="touches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="touches")
    on = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(_("kind"), max_length=10, choices=TouchKind.choices, default=TouchKind.CALL)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.OUT)
    minutes = models.DecimalField(_("minutes"), max_digits=6, decimal_places=1, null=True, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    refusal_reason = models.CharField(max_length=12, choices=RefusalReason.choices, default="", blank=True)
    comment = models.TextField(_("comment"), default="", blank=True)
    next_on = models.DateField(_("next contact on"), null=True, blank=True)
    no_next_reason = models.CharField(max_length=12, choices=NoNextReason.choices, default="", blank=True)
    contact = models.ForeignKey("clients.Contact", null=True, on_delete=models.SET_NULL, related_name="touches")
    forecast = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TouchKind.values), name="touch_kind_is_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="touch_direction_is_known"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="touch_result_is_known"),
            models.CheckConstraint(
                condition=Q(no_next_reason__in=["", *NoNextReason.values]), name="touch_no_next_reason_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(result__in=REACHED_RESULTS) | Q(next_on__isnull=False) | ~Q(no_next_reason=""),
                name="touch_agrees_next_date_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(no_next_reason=""), name="touch_has_date_or_reason_not_both"
            ),
            models.CheckConstraint(
                condition=~Q(result__in=DATED_RESULTS) | Q(next_on__isnull=False), name="touch_later_means_a_day"
            ),
            models.CheckConstraint(
                condition=(
                    Q(result=Result.REFUSED, refusal_reason__in=RefusalReason.values)
                    | (~Q(result=Result.REFUSED) & Q(refusal_reason=""))
                ),
                name="touch_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gte=models.F("on")), name="touch_next_is_not_past"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=0), name="touch_minutes_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="touch_undone_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-on"], name="touch_of_client"),
            models.Index(fields=["seller", "on"], name="touch_of_seller_day"),
            models.Index(fields=["next_on"], name="touch_agreed_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.result}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class Verification(models.Model):
    """A phone, an e-mail or a contact person checked with the client himself; the latest one says how it stands."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="verifications")
    contact = models.ForeignKey("clients.Contact", null=True, on_delete=models.SET_NULL, related_name="verifications")
    touch = models.ForeignKey(Touch, null=True, on_delete=models.CASCADE, related_name="verifications")
    what = models.CharField(max_length=8, choices=Verified.choices)
    finding = models.CharField(max_length=10, choices=Finding.choices)
    value = models.CharField(max_length=200, default="", blank=True)  # as it stood when it was checked
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=Verified.values), name="verification_of_known_thing"),
            models.CheckConstraint(condition=Q(finding__in=Finding.values), name="verification_finding_is_known"),
        ]
        indexes = [models.Index(fields=["client", "what", "-at"], name="verification_of_client")]

    def __str__(self) -> str:
        return f"{self.what} {self.finding} {self.on}"
