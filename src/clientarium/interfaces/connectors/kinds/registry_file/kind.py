"""A register file that somebody (or some program) puts in its place again and again."""

from pathlib import Path

from clientarium.core.ground import N_, Message
from clientarium.decisions.connections import ConnectionFault, ConnectionKind, Purpose, Setting, Values, path_inside
from clientarium.decisions.statuses import RegisterAnswer, Requisites

from .reading import read_register


class FileRegister:
    """A StatusProvider over the lines of one file; firms that are not in it stay as they are."""

    title = "register file"
    daily_limit = 0
    recheck_days = 0  # the file may be another one tomorrow
    anchor_recheck_days = 0

    def __init__(self, path: Path) -> None:
        self._answers = {answer.about: answer for answer in read_register(path, path.name).answers}

    @classmethod
    def of(cls, values: Values) -> "FileRegister":
        return cls(existing(values))

    def ask(self, about: Requisites) -> RegisterAnswer:
        found = self._answers.get(about) or self._answers.get(Requisites(about.inn))
        if found is None:
            return RegisterAnswer(about, None)
        return RegisterAnswer(about, found.status, found.status_on, found.name, found.ogrn)


def existing(values: Values) -> Path:
    path = path_inside(str(values.get("path", "")))
    if not path.is_file():
        raise ConnectionFault(
            N_("There is no file %(path)s on the server."), cure=N_("Look at the path."), is_permanent=True, path=path
        )
    return path


def try_now(values: Values) -> Message:
    """Read the file and count."""
    path = existing(values)
    found = read_register(path, path.name)
    text = N_("The file has %(answers)s firms; %(problems)s lines are not understood.")
    return Message(text, {"answers": len(found.answers), "problems": len(found.problems)})


KIND = ConnectionKind(
    name="registry_file",
    title=N_("Register file"),
    about=N_("Reads statuses from a file on the server: a column with INN, one with the status, one with the date."),
    checked=N_("Reads tables of any layout with these columns; extracts of the tax service were not at hand."),
    purpose=Purpose.STATUSES,
    icon="file-import",
    settings=(
        Setting(
            "path",
            N_("Path of the file on the server"),
            is_required=True,
            hint=N_("For example firms.xlsx in the folder incoming of the home."),
        ),
    ),
    open=FileRegister.of,
    try_now=try_now,
)
