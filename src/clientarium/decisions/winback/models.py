"""Who stopped buying and what he was worth, the firm's reasons of leaving, and the cases of winning back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .choices import Alive, Closing, Progress

MONEY_DIGITS, MONEY_PLACES = 24, 4


class LostReading(models.Model):
    """When the lost were read last, and of which publication; `chances` [{from_days, silent, returned, repeated}]."""

    token = models.CharField(max_length=32, unique=True)  # of the publication
    ledger_version = models.BigIntegerField()
    as_of = models.DateField()
    measure = models.CharField(max_length=10)  # margin, or revenue where no cost is known
    chances = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    clients = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.as_of} {self.clients}"


class LostClient(models.Model):
    """A client whom the life cycle calls lost, as of the latest reading; the table is replaced whole.

    lost_on: the day his time ran out, as the loss calendar counts it; past_year: what he brought in the 12 months to
    his last purchase; expected: that times the chance of winning him back.
    """

    client = models.OneToOneField("clients.Client", primary_key=True, on_delete=models.CASCADE, related_name="+")
    last_purchase_on = models.DateField()
    lost_on = models.DateField()
    past_year = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES)
    chance = models.FloatField()
    expected = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES)

    class Meta:
        ordering = ["-expected", "client_id"]
        indexes = [models.Index(fields=["-expected", "client"], name="lost_by_expected")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.lost_on}"


class Reason(models.Model):
    """Why clients stop buying, in the firm's own list. `is_ours`: it lies with us, so we can mend it."""

    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    is_ours = models.BooleanField(_("lies with us"), default=False)
    place = models.PositiveIntegerField(default=100)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "title_ru", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_ru=""), name="loss_reason_has_title"),
            models.UniqueConstraint(fields=["title_ru"], name="loss_reason_once"),
        ]

    def __str__(self) -> str:
        return self.title_ru if get_language() == "ru" else self.title_en or self.title_ru


class Week(models.Model):
    """A seller's week from `monday`: his new cases were given out once, whatever he fills in since."""

    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="winback_weeks")
    monday = models.DateField()
    as_of = models.DateField(null=True)
    carried = models.PositiveIntegerField(default=0)  # still unanswered from earlier weeks
    given = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-monday", "seller"]
        constraints = [models.UniqueConstraint(fields=["seller", "monday"], name="winback_week_once")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.monday}"


class Case(models.Model):
    """One attempt to win a client back, from the day he was taken into work; what was known then stays with it.

    An empty answer was not asked for yet. `first_purchase_on` and `second_purchase_on` are read from the facts and
    never typed: purchase days after `opened_on`; `returned` is what those purchases brought.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="winback_cases")
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="winback_cases")
    opened_on = models.DateField()
    monday = models.DateField(null=True)  # of the week he was given out in; null: taken by hand
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    last_purchase_on = models.DateField(null=True)
    lost_on = models.DateField(null=True)
    past_year = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES, null=True)
    chance = models.FloatField(null=True)
    expected = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES, null=True)

    alive = models.CharField(_("Is the firm alive?"), max_length=8, choices=Alive.choices, default="", blank=True)
    reason = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    reason_note = models.TextField(default="", blank=True)
    conditions = models.TextField(default="", blank=True)
    next_step = models.CharField(max_length=300, default="", blank=True)
    next_on = models.DateField(null=True, blank=True)
    filled_on = models.DateField(null=True)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    first_purchase_on = models.DateField(null=True)
    second_purchase_on = models.DateField(null=True)
    returned = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES, null=True)

    closed_on = models.DateField(null=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, default="", blank=True)
    closing_note = models.TextField(default="", blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-expected", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(closed_on__isnull=True), name="one_open_winback_per_client"
            ),
            models.CheckConstraint(condition=Q(alive__in=["", *Alive.values]), name="winback_alive_is_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing="")
                | Q(closed_on__isnull=False, closing__in=Closing.values),
                name="winback_closed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(second_purchase_on__isnull=True) | Q(first_purchase_on__isnull=False),
                name="winback_second_after_first",
            ),
            models.CheckConstraint(
                condition=~Q(closing=Closing.WON) | Q(second_purchase_on__isnull=False),
                name="winback_won_at_second_purchase",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="winback_closed_after_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "closed_on"], name="winback_of_seller"),
            models.Index(fields=["next_on"], condition=Q(closed_on__isnull=True), name="winback_next"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.opened_on}"

    @property
    def progress(self) -> Progress:
        if self.closing == Closing.WON:
            return Progress.WON
        if self.closed_on:
            return Progress.CLOSED
        if self.first_purchase_on:
            return Progress.FIRST
        return Progress.WORKED if self.filled_on else Progress.ASKED


class CaseProduct(models.Model):
    """What a client mostly bought in the year before he left, as it was when the case was opened."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(max_length=300)
    group = models.CharField(max_length=300, default="", blank=True)
    revenue = models.DecimalField(max_digits=MONEY_DIGITS, decimal_places=MONEY_PLACES)

    class Meta:
        ordering = ["-revenue", "id"]

    def __str__(self) -> str:
        return self.name
