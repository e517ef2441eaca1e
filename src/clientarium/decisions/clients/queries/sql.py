"""A piece of SQL with holes, for what Django's expressions say differently on the two databases.

The text is always ours; whatever a user wrote goes into a hole as a parameter.
"""

from typing import Any

from django.db.models import Field, Func
from django.db.models.sql.compiler import SQLCompiler


class Sql(Func):
    """`Sql("({0} + {1})", left, right, output_field=…)`: each hole may be used more than once."""

    def __init__(self, text: str, *expressions: Any, output_field: "Field[Any, Any]") -> None:
        super().__init__(*expressions, output_field=output_field)
        self.pieces = tuple(self._pieces(text))

    @staticmethod
    def _pieces(text: str) -> list[str | int]:
        found: list[str | int] = []
        for piece in text.replace("{", "\0{").replace("}", "}\0").split("\0"):
            if piece:
                found.append(int(piece[1:-1]) if piece.startswith("{") else piece)
        return found

    def as_sql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        text: list[str] = []
        parameters: list[Any] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                text.append(piece)
                continue
            part, part_parameters = compiler.compile(self.source_expressions[piece])
            text.append(part)
            parameters.extend(part_parameters)
        return "".join(text), parameters
