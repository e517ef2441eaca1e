"""A file looked at: its tables, its head, what its columns mean, and what a person has to be asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from clientarium.core.ground import N_, Message
from clientarium.core.intake.evidence import date_order_of, decimal_mark_of, evidence_of
from clientarium.core.intake.guess import NEEDED, Guess, guess_columns, guess_kind
from clientarium.core.intake.heads import HEAD_ROWS, Head, first_filled_table, head_of, is_service
from clientarium.core.intake.layout import Layout, LayoutColumn, fingerprint_of
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.meanings import meaning_of_name
from clientarium.core.intake.months import month_of_header
from clientarium.core.intake.readers import Source, TableInfo
from clientarium.core.intake.reports import ReportSource, with_report
from clientarium.core.intake.sample import sample_rows
from clientarium.core.intake.understanding import Question, Understanding
from clientarium.core.intake.values import Problem, read_number

# So many columns named like months make a matrix of months; one may be a title.
_MONTHS_OF_MATRIX = 2
_NOT_YET_MONEY = (None, "price", "quantity", "discount", "discount_rate")
_CURE = N_('Say what each column means, for example --column "%(header)s=%(meaning)s".')
_ASKED_TITLES = {
    "date": N_("No column with dates was found."),
    "client": N_("No column with clients was found."),
    "revenue": N_("No column with amounts was found: neither revenue, nor price and quantity."),
    "amount": N_("No column with amounts was found."),
    "product": N_("No column with products was found."),
    "seller": N_("No column with sellers was found."),
    "paid_on": N_("No column with the day of payment was found."),
}


def understand(
    source: Source, *, known_layouts: Sequence[Layout], kind: str | None, sheet: str | None, today: date, limits: Limits
) -> Understanding:
    """Return what is understood about one table of the file; UserError when it is no table."""
    tables = source.tables()
    table = sheet if sheet is not None else first_filled_table(source)
    source = with_report(source, table, kind=kind, today=today)
    report = source.report if isinstance(source, ReportSource) else None
    kind = kind or (report.kind if report else None)
    headers_known = frozenset(column.header for layout in known_layouts for column in layout.columns)
    head = head_of(
        source.head(table, rows=HEAD_ROWS), limits=limits, headers=headers_known, is_first=report is not None
    )
    cells = [[row.cells[index] if index < len(row.cells) else "" for row in head.rows] for index in range(head.width)]
    months = {header for header in head.headers if month_of_header(header)}
    has_months = len(months) >= _MONTHS_OF_MATRIX
    guess = _with_rates(_guess(head, cells, kind=kind, has_months=has_months, months=months), cells)
    if report and not kind and guess.kind in ("clients", "sellers") and report.view.measures:
        # A report of amounts is no list of cards, whatever firm its first level names.
        guess = _with_rates(_guess(head, cells, kind="sales", has_months=False, months=set()), cells)
    shape = "months" if has_months and guess.kind == "sales" and "date" not in guess.meanings else "lines"
    shape = "report" if report else shape
    # The head of a report tells it from another one with the same columns: «Продажи» from «Возвраты».
    named = [*head.headers, f"title:{report.view.title}"] if report else head.headers
    fingerprint = shape_fingerprint(named, shape=shape)
    matched = next(
        (layout for layout in known_layouts if layout.fingerprint == fingerprint and kind in (None, layout.kind)), None
    )
    proposal, doubts = _proposal(guess, cells, source=source, shape=shape, fingerprint=fingerprint, months=months)
    dated_by_period = report is not None and report.view.dated_by == "period"
    proposal = replace(proposal, sheet=table if len(tables) > 1 else None, dated_by_period=dated_by_period)
    proposal = (
        replace(matched, sheet=table, encoding=source.encoding, delimiter=source.delimiter) if matched else proposal
    )
    return Understanding(
        kind=proposal.kind,
        format=source.format,
        tables=tables,
        table=table,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header_row=head.header_line,
        columns=_as_matched(guess, matched) if matched else guess.columns,
        shape=proposal.shape,
        fingerprint=fingerprint,
        matched_layout=matched,
        sample=_sample(head, proposal, today=today),
        doubts=(*source.doubts, *head.doubts, *doubts, *_other_sheets(tables, table, is_report=report is not None)),
        questions=() if matched else tuple(_questions(guess, cells, shape=shape)),
        report=report.view if report else None,
        head_lines=report.view.lines
        if report
        else tuple(" ".join(cell for cell in row.cells if cell.strip()) for row in head.above),
        proposal=proposal,
    )


def _other_sheets(tables: Sequence[TableInfo], table: str, *, is_report: bool) -> list[Message]:
    if not is_report or len(tables) < 2:
        return []
    message = N_("There are %(count)s sheets in the workbook; only “%(sheet)s” is read. Choose another one if need be.")
    return [Message(message, {"count": len(tables), "sheet": table})]


def shape_fingerprint(headers: Sequence[str], *, shape: str) -> str:
    """Month headers change every month and service columns are ours: neither makes another shape."""
    kept = [
        header for header in headers if not is_service(header) and not (shape == "months" and month_of_header(header))
    ]
    return fingerprint_of([*kept, f"shape:{shape}"])


def _guess(head: Head, cells: list[list[str]], *, kind: str | None, has_months: bool, months: set[str]) -> Guess:
    """Months of a matrix and our own service columns are no columns to guess about."""
    hidden = months if has_months else set()
    headers = ["" if is_service(header) or header in hidden else header for header in head.headers]
    shown = [[] if not header else column for header, column in zip(headers, cells, strict=True)]
    found = guess_columns(headers, shown, kind=kind) if kind else guess_kind(headers, shown, has_months=has_months)
    columns = tuple(
        replace(column, header=header, samples=tuple(cell for cell in values if cell.strip())[:5])
        for column, header, values in zip(found.columns, head.headers, cells, strict=True)
    )
    return replace(found, columns=columns)


def _with_rates(guess: Guess, cells: list[list[str]]) -> Guess:
    """A discount that never reaches 1 and has fractions is a share, not money."""
    columns = tuple(
        replace(column, meaning="discount_rate")
        if column.meaning == "discount" and _are_shares(cells[column.index])
        else column
        for column in guess.columns
    )
    return replace(guess, columns=columns)


def _are_shares(cells: list[str]) -> bool:
    read = [read_number(cell.strip(), ".") for cell in cells if cell.strip()]
    numbers = [number for number in read if not isinstance(number, Problem)]
    return (
        len(numbers) == len(read)
        and any(0 < number < 1 for number in numbers)
        and all(0 <= number <= 1 for number in numbers)
    )


def _as_matched(guess: Guess, layout: Layout) -> tuple[Any, ...]:
    return tuple(
        replace(column, meaning=layout.meaning_of(column.header), confidence=1.0, doubt=None)
        for column in guess.columns
    )


def _proposal(
    guess: Guess, cells: list[list[str]], *, source: Source, shape: str, fingerprint: str, months: set[str]
) -> tuple[Layout, list[Message]]:
    types = {
        column.index: meaning_of_name(guess.kind, column.meaning).type for column in guess.columns if column.meaning
    }
    dates = [cell for index, kind in types.items() if kind == "date" for cell in cells[index]]
    numbers = [cell for index, kind in types.items() if kind == "number" for cell in cells[index]]
    if shape == "months":
        numbers += [cell for column in guess.columns if column.header in months for cell in cells[column.index]]
    order, order_sure = date_order_of(dates)
    usual = "," if source.delimiter == ";" else "."
    mark, mark_sure = decimal_mark_of(numbers, usual=usual)
    doubts = (
        []
        if order_sure or not dates
        else [
            Message(
                N_("It cannot be told from the dates whether the day or the month comes first; the day is taken."), {}
            )
        ]
    )
    if not mark_sure:
        doubts.append(
            Message(N_("Numbers are written in two ways; “%(mark)s” is taken for the decimal mark."), {"mark": mark})
        )
    if shape == "lines" and guess.kind == "sales" and _is_amountless(guess):
        doubts.append(Message(N_("There are no amounts in the file: purchases are counted, revenue is zero."), {}))
    columns = tuple(
        LayoutColumn(column.header, column.meaning or "ignore")
        for column in guess.columns
        if not is_service(column.header) and not (shape == "months" and column.header in months)
    )
    layout = Layout(
        kind=guess.kind, columns=columns, shape=shape, date_order=order, decimal_mark=mark, encoding=source.encoding,
        delimiter=source.delimiter,
        fingerprint=fingerprint,
    )  # fmt: skip
    return layout, doubts


def _is_amountless(guess: Guess) -> bool:
    return not guess.meanings & {"revenue"} and not {"price", "quantity"} <= guess.meanings


def _questions(guess: Guess, cells: list[list[str]], *, shape: str) -> list[Question]:
    """What a person must answer: a needed meaning nobody has, and two columns equally good for a number that counts."""
    asked: list[Question] = []
    free = next((column.header for column in guess.columns if column.meaning is None), guess.columns[0].header)
    for needed in NEEDED[guess.kind]:
        if shape == "months" and "date" in needed:
            continue
        if not needed & guess.meanings:
            name = min(needed)
            asked.append(_missing(name, free))
    if guess.kind == "sales" and shape != "months" and _is_amountless(guess) and _spare_numbers(guess, cells):
        asked.append(_missing("revenue", _spare_numbers(guess, cells)[0]))
    asked += [
        Question(
            Message(
                N_("“%(first)s” and “%(second)s” could both be “%(meaning)s”."),
                {"first": one, "second": two, "meaning": name},
            ),
            Message(_CURE, {"header": one, "meaning": name}),
            headers=(one, two),
        )
        for name, one, two in guess.rivals
    ]
    asked += [
        Question(
            Message(
                N_("“%(first)s” could be “%(meaning)s” or “%(other)s”."),
                {"first": header, "meaning": one, "other": two},
            ),
            Message(_CURE, {"header": header, "meaning": one}),
            headers=(header,),
        )
        for header, one, two in guess.ambiguous
    ]
    return asked


def _missing(name: str, header: str) -> Question:
    names = ("client", "client_code") if name == "client" else (name,)
    return Question(
        Message(_ASKED_TITLES.get(name, N_("A column that is needed was not found.")), {}),
        Message(_CURE, {"header": header, "meaning": name}),
        meanings=names,
    )


def _spare_numbers(guess: Guess, cells: list[list[str]]) -> list[str]:
    """Headers of columns of numbers nobody has explained: one of them may be the money."""
    return [
        column.header
        for column in guess.columns
        if column.meaning in _NOT_YET_MONEY and _are_numbers(cells[column.index])
    ]


def _are_numbers(cells: list[str]) -> bool:
    return evidence_of(cells).number == 1.0


def _sample(head: Head, layout: Layout, *, today: date) -> tuple[dict[str, Any], ...]:
    return sample_rows(head.headers, head.rows[:10], layout=layout, today=today)
