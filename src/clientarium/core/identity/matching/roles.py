"""What a column is, for comparing: guessed from its name first and from its cells after that."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc


class Role(StrEnum):
    """How cells of a column are brought to one form and compared."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ID = "id"
    ADDRESS = "address"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


_BY_NAME: tuple[tuple[Role, str], ...] = (
    (Role.EMAIL, r"e_?mail|почт(?!ов)"),
    (Role.PHONE, r"phone|fax|mobile|(^|_)tel|тел|факс"),
    (Role.DATE, r"date|dob|birth|дата|рожд"),
    (Role.NUMBER, r"zip|post_?code|postal|индекс|street_?n|house_?n|number|номер|(^|_)year|год"),
    (Role.ID, r"(^|_)(inn|kpp|ogrn|bin|iin|ssn|vat|tax|isbn|ean|sku)|soc_?sec|passport|инн|кпп|огрн|снилс|паспорт"),
    (Role.ADDRESS, r"addr|street|адрес|улиц"),
    (Role.NAME, r"name|title|company|organi[sz]ation|наимен|назван|фамил|фио|(^|_)имя|отчеств|клиент|контрагент"),
)
_SAMPLE = 2_000
_MOST_CELLS = 0.8
_LONG_NUMBER = 5


def roles_of(table: pa.Table, fields: Mapping[str, Role | str] | Sequence[str] | None = None) -> dict[str, Role]:
    """Return the role of each column to compare; `fields` gives roles, or only the columns to look at.

    Without `fields` columns that number the rows (every cell of an `id` its own) are left out.
    """
    if isinstance(fields, Mapping):
        return {name: Role(role) for name, role in fields.items()}
    names: Iterable[str] = fields if fields is not None else (n for n in table.column_names if not _is_key(table, n))
    return {name: guess_role(name, table[name]) for name in names}


def guess_role(name: str, column: pa.ChunkedArray) -> Role:
    small = re.sub(r"\W+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold())
    for role, words in _BY_NAME:
        if re.search(words, small):
            return role
    return _by_cells(column)


def _by_cells(column: pa.ChunkedArray) -> Role:
    if pa.types.is_temporal(column.type):
        return Role.DATE
    cells = [str(cell) for cell in column.slice(0, _SAMPLE).drop_null().to_pylist()]
    if not cells:
        return Role.TEXT
    if sum("@" in cell for cell in cells) > _MOST_CELLS * len(cells):
        return Role.EMAIL
    if sum(bool(re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", cell)) for cell in cells) > _MOST_CELLS * len(cells):
        return Role.DATE
    figures = [cell for cell in cells if re.fullmatch(r"[\W\d]*\d[\W\d]*", cell)]
    if len(figures) > _MOST_CELLS * len(cells):
        return Role.ID if sum(map(len, figures)) > _LONG_NUMBER * len(figures) else Role.NUMBER
    return Role.TEXT


def _is_key(table: pa.Table, name: str) -> bool:
    column = table[name]
    is_named = re.search(r"(^|_)(id|key|no|rec_id|record_id|unique_id)$", name.casefold()) is not None
    is_plain = not pa.types.is_nested(column.type)
    return is_named and is_plain and pc.count_distinct(column, mode="all").as_py() == table.num_rows
