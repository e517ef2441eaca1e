"""A metric's card: what it is called, what it means, and the SQL that makes it."""

from dataclasses import dataclass, field

from sqlglot import exp

from clientarium.core.ground import Window
from clientarium.core.ground.expressions import Name, ValueType

UNIT_TYPES = {
    "money": ValueType.MONEY,
    "share": ValueType.NUMBER,
    "ratio": ValueType.NUMBER,
    "days": ValueType.INTEGER,
    "minutes": ValueType.NUMBER,
    "months": ValueType.INTEGER,
    "count": ValueType.INTEGER,
    "rank": ValueType.INTEGER,
    "score": ValueType.INTEGER,
    "date": ValueType.DATE,
    "flag": ValueType.BOOLEAN,
    "text": ValueType.TEXT,
}
"""Each unit with the type its values have unless the card says otherwise."""

SQL_TYPES = {
    ValueType.MONEY: "DECIMAL(18, 4)",
    ValueType.NUMBER: "DOUBLE",
    ValueType.INTEGER: "BIGINT",
    ValueType.DATE: "DATE",
    ValueType.BOOLEAN: "BOOLEAN",
    ValueType.TEXT: "VARCHAR",
}

WINDOW_MARK = "{window}"


@dataclass(frozen=True)
class MetricChoice:
    """One of the few values a text may have, and what it is called."""

    code: str
    title_ru: str
    title_en: str

    def title(self, language: str) -> str:
        return self.title_ru if language == "ru" else self.title_en


@dataclass(frozen=True)
class Metric:
    """One number per client. `when_none` is its SQL value where the step has no rows in the window (None = null)."""

    name: str
    title_ru: str
    title_en: str
    unit: str
    type: ValueType
    over: str
    sql: str
    reason_ru: str
    reason_en: str
    formula_ru: str
    formula_en: str
    place: str
    window: Window | None = None
    when_none: str | None = None
    is_own: bool = False
    subject: str = ""
    tree: exp.Expr | None = field(default=None, compare=False, repr=False)
    choices: tuple["MetricChoice", ...] = ()

    def __post_init__(self) -> None:
        assert self.name.isidentifier(), self.name
        assert self.unit in UNIT_TYPES, self.unit

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.type]

    def title(self, language: str) -> str:
        return self.title_ru if language == "ru" else self.title_en

    def reason(self, language: str) -> str:
        return self.reason_ru if language == "ru" else self.reason_en

    def formula(self, language: str) -> str:
        return self.formula_ru if language == "ru" else self.formula_en

    def vocabulary_name(self, *, tells_money: bool) -> Name:
        codes = tuple(choice.code for choice in self.choices) or None
        return Name(self.name, self.type, self.title_ru, self.title_en, codes, self.unit, tells_money)

    def value_title(self, value: str, language: str) -> str:
        """A text value as people read it; itself where the card names no choices."""
        return next((choice.title(language) for choice in self.choices if choice.code == value), value)


def window_words(window: Window, language: str) -> str:
    """The window as it follows a title: «за 12 мес.», “over 12 months”."""
    months = window.months
    if months is None:
        return "за всё время" if language == "ru" else "over all time"
    if language == "ru":
        if months == 1:
            return "за предыдущий месяц" if window.is_previous else "за месяц"
        return f"за {'предыдущие ' if window.is_previous else ''}{months} мес."
    span = "month" if months == 1 else f"{months} months"
    return f"over the {'previous' if window.is_previous else 'last'} {span}"


def with_window(text: str, window: Window | None, language: str, *, append: bool) -> str:
    """`text` with its {window} mark said in words; appended at the end where there is no mark and `append`."""
    if window is None:
        return text
    words = window_words(window, language)
    if WINDOW_MARK in text:
        # «за 12 мес.» at the end of a sentence brings its own full stop.
        return text.replace(WINDOW_MARK, words).replace("..", ".")
    return f"{text} {words}" if append else text


def name_with_window(key: str, window: Window | None) -> str:
    """`revenue` → `revenue_12m`; `margin_{window}_share` → `margin_12m_share`."""
    if window is None:
        return key
    return key.replace(WINDOW_MARK, window.suffix) if WINDOW_MARK in key else f"{key}_{window.suffix}"
