"""The disposable child: `python -m clientarium.core.intake.child` reads one task from stdin and answers in JSON lines.

It limits its own memory and processor time before it touches the file, because a legal file can abort a reader's
process from inside; the parent then sees a dead child, not a dead worker.
"""

import json
import os
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from clientarium.core.ground import UserError
from clientarium.core.intake.inspection import understand
from clientarium.core.intake.layout import Layout
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.readers import open_source
from clientarium.core.intake.wire import plain, user_error_to_wire


class WithoutPandas:
    """An importer that finds no pandas: PyArrow asks for it at every list, and it takes a quarter of a second."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:  # noqa: ARG004 -- the protocol's
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Answer one task; the protocol has the real stdout to itself, whatever a library prints."""
    sys.meta_path.insert(0, WithoutPandas)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    task = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_bytes, limits.address_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        result = _inspect(task, limits) if task["task"] == "inspect" else _stage(task, limits, answers)
    except UserError as error:
        _answer(answers, {"user_error": user_error_to_wire(error)})
    except MemoryError:
        _answer(answers, {"out_of_memory": True})
    else:
        _answer(answers, {"result": plain(result)})


def _answer(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, ensure_ascii=False) + "\n")
    answers.flush()


def _inspect(task: dict[str, Any], limits: Limits) -> object:
    with tempfile.TemporaryDirectory(prefix="clientarium-") as work:
        source = open_source(Path(task["path"]), name=task["name"], work=Path(work), limits=limits)
        return understand(
            source,
            known_layouts=[Layout.from_dict(one) for one in task["known_layouts"]],
            kind=task["kind"],
            sheet=task["sheet"],
            today=date.fromisoformat(task["today"]),
            limits=limits,
        )


def _stage(task: dict[str, Any], limits: Limits, answers: TextIO) -> object:
    from clientarium.core.intake.staging import Staging  # noqa: PLC0415 -- slow import that a mere look does without

    layout = Layout.from_dict(task["layout"])
    out_dir = Path(task["out_dir"])
    with tempfile.TemporaryDirectory(prefix="unpacked-", dir=out_dir) as work:
        source = open_source(
            Path(task["path"]),
            name=task["name"],
            work=Path(work),
            limits=limits,
            encoding=layout.encoding,
            delimiter=layout.delimiter,
        )
        staging = Staging(
            layout=layout,
            out_dir=out_dir,
            name=task["name"],
            today=date.fromisoformat(task["today"]),
            currency=task["currency"],
        )
        return staging.run(source, limits=limits, progress=lambda rows: _answer(answers, {"progress": rows}))


if __name__ == "__main__":
    main()
