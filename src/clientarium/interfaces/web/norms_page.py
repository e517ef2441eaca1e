"""The norms as inputs, and what was typed into them as changes of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clientarium.core.ground import N_, UserError
from clientarium.core.metrics import KINDS, SERVICES, NormAmount, NormKeys, Norms
from clientarium.core.readings import LoadCounts
from clientarium.decisions.attention import service_title, work_title

DEFAULT = "default"
MOST = Decimal(1_000_000)
"""Larger than any hour costs or any work takes: beyond it is a slip of the hand."""
RFM = ("recency_days", "frequency_orders", "monetary_multiples")
PLACES = ("5", "4", "3", "2")
GROWING_PLACES = ("2", "3", "4", "5")


@dataclass(frozen=True)
class Field:
    """One number of the file. `was` is its own value as text, empty where the line is not there: `usual` holds then."""

    keys: NormKeys
    label: str
    was: str
    usual: str = ""
    is_word: bool = False

    @property
    def name(self) -> str:
        return "|".join(self.keys)

    @property
    def is_needed(self) -> bool:
        """Whether it may not be emptied: there is nothing behind it."""
        return not self.usual and bool(self.was) and self.keys[0] != "document_minutes"


@dataclass(frozen=True)
class KindRow:
    """One kind of touch: its norm for everybody, and for departments apart; how many touches of a year take it."""

    title: str
    default: Field
    departments: tuple[Field, ...]
    touches: int
    unmeasured: int
    is_packaged: bool


@dataclass(frozen=True)
class ServiceRow:
    """One service: what its hour costs, and its minutes with a sales document."""

    title: str
    is_of_files: bool
    hourly: Field
    document: Field


@dataclass(frozen=True)
class NormsForm:
    kinds: tuple[KindRow, ...]
    services: tuple[ServiceRow, ...]
    hourly_default: Field
    default_department: Field
    few_buyers: Field
    thresholds: tuple[tuple[str, tuple[Field, ...]], ...]

    def fields(self) -> Iterable[Field]:
        for kind in self.kinds:
            yield kind.default
            yield from kind.departments
        yield self.hourly_default
        for service in self.services:
            yield service.hourly
            yield service.document
        yield self.default_department
        yield self.few_buyers
        for _title, fields in self.thresholds:
            yield from fields


def norms_form(norms: Norms, counted: LoadCounts | None) -> NormsForm:
    """Every norm of the file, and an empty place for every department of the touches that has none."""
    touches = counted.touches if counted else ()
    seen: dict[str, dict[str, int]] = {}
    sums: dict[str, list[int]] = {}
    for one in touches:
        by_department = seen.setdefault(one.kind, {})
        if one.department:
            by_department[one.department] = by_department.get(one.department, 0) + one.touches
        total = sums.setdefault(one.kind, [0, 0])
        total[0] += one.touches
        total[1] += one.unmeasured
    kinds = tuple(_kind_row(kind, norms, seen.get(kind, {}), *sums.get(kind, (0, 0))) for kind in KINDS)
    departments = sorted({name for names in seen.values() for name in names})
    names = dict.fromkeys(
        [*SERVICES, *(name for name in norms.hourly_cost if name != DEFAULT), *norms.document_minutes, *departments]
    )
    return NormsForm(
        kinds=kinds,
        services=tuple(_service_row(name, norms) for name in names),
        hourly_default=Field(("hourly_cost", DEFAULT), _("an hour"), typed(norms.hourly_cost[DEFAULT])),
        default_department=Field(("default_department",), _("department"), norms.default_department, is_word=True),
        few_buyers=Field(("rfm", "few_buyers"), _("buyers"), str(norms.few_buyers)),
        thresholds=tuple(_threshold_row(name, getattr(norms, name)) for name in RFM),
    )


def _kind_row(kind: str, norms: Norms, departments: Mapping[str, int], touches: int, unmeasured: int) -> KindRow:
    own = norms.touch_minutes[kind]
    usual = typed(own[DEFAULT])
    names = dict.fromkeys([*(name for name in own if name != DEFAULT), *sorted(departments)])
    return KindRow(
        title=work_title(kind),
        default=Field(("touch_minutes", kind, DEFAULT), _("everybody"), usual),
        departments=tuple(
            Field(
                ("touch_minutes", kind, name),
                department_title(name),
                typed(own[name]) if name in own else "",
                usual,
            )
            for name in names
        ),
        touches=touches,
        unmeasured=unmeasured,
        is_packaged=kind in norms.packaged_kinds,
    )


def department_title(name: str) -> str:
    """A service in the reader's language; a name of the files in quotes, for it may sound like a service's."""
    title = service_title(name)
    return f"«{name}»" if title == name else title


def _service_row(name: str, norms: Norms) -> ServiceRow:
    hourly, document = norms.hourly_cost.get(name), norms.document_minutes.get(name)
    usual = typed(norms.hourly_cost[DEFAULT])
    return ServiceRow(
        title=department_title(name),
        is_of_files=service_title(name) == name,
        hourly=Field(("hourly_cost", name), _("an hour"), "" if hourly is None else typed(hourly), usual),
        document=Field(("document_minutes", name), _("a document"), "" if document is None else typed(document)),
    )


def _threshold_row(name: str, values: tuple[Decimal, ...]) -> tuple[str, tuple[Field, ...]]:
    places = PLACES if name == "recency_days" else GROWING_PLACES
    titles = {
        "recency_days": _("Days since the last purchase, up to"),
        "frequency_orders": _("Orders in 12 months, from"),
        "monetary_multiples": _("Money against the mean buyer’s, times, from"),
    }
    fields = tuple(
        Field(("rfm", name, str(number)), _("score %(score)s") % {"score": place}, typed(value))
        for number, (place, value) in enumerate(zip(places, values, strict=True))
    )
    return titles[name], fields


def typed(value: Decimal) -> str:
    """As a person of this language writes it."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if (get_language() or "ru").startswith("ru") else text


def changes_in(posted: Mapping[str, str], form: NormsForm) -> dict[NormKeys, NormAmount]:
    """What differs from the file. Raises UserError for what is no number."""
    changes: dict[NormKeys, NormAmount] = {}
    for field in form.fields():
        written = posted.get(field.name)
        if written is None or field.keys[:-1] in {("rfm", name) for name in RFM}:
            continue
        value = _value(written, field)
        if value != _value(field.was, field):
            changes[field.keys] = value
    for name, (_title, fields) in zip(RFM, form.thresholds, strict=True):
        values = tuple(_value(posted.get(field.name, field.was), field) for field in fields)
        if values != tuple(_value(field.was, field) for field in fields):
            _require_rising(values)
            changes["rfm", name] = values  # type: ignore[assignment]  # each is needed, so none is empty
    return changes | _added(posted)


def _added(posted: Mapping[str, str]) -> dict[NormKeys, NormAmount]:
    """A new service, and a department's own norm of a kind."""
    found: dict[NormKeys, NormAmount] = {}
    service = " ".join(posted.get("new_service", "").split())
    for section, name in (("hourly_cost", "new_hourly"), ("document_minutes", "new_document")):
        if service and posted.get(name, "").strip():
            found[section, service] = _number(posted[name])
    kind, department = posted.get("new_kind", ""), " ".join(posted.get("new_department", "").split())
    if kind in KINDS and department and posted.get("new_minutes", "").strip():
        found["touch_minutes", kind, department] = _number(posted["new_minutes"])
    return found


def _value(written: str, field: Field) -> Decimal | str | None:
    if field.is_word:
        word = " ".join(written.split())
        if not word:
            raise UserError(N_("“%(word)s” may not be left empty."), word=field.label)
        return word
    if not written.strip():
        if field.is_needed:
            raise UserError(N_("“%(word)s” may not be left empty."), word=field.label)
        return None
    value = _number(written)
    if field.keys[-1] == "few_buyers" and value != value.to_integral_value():
        raise UserError(N_("“%(word)s” is not an amount."), word=written.strip())
    return value


def _number(written: str) -> Decimal:
    try:
        value = Decimal("".join(written.split()).replace(",", "."))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or not 0 <= value <= MOST:
        raise UserError(
            N_("“%(word)s” is not an amount."),
            cure=N_("Write a number from 0, for example 12 or 7.5."),
            word=written.strip(),
        )
    return value


def _require_rising(values: tuple[Decimal | str | None, ...]) -> None:
    numbers = [value for value in values if isinstance(value, Decimal)]
    if numbers != sorted(set(numbers)):
        raise UserError(N_("The four numbers of a threshold rise from the first to the last."))
