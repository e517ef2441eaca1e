"""What a watched folder is called, asks for, and how it is tried."""

from clientarium.core.ground import N_, Message
from clientarium.decisions.connections import PERIODS, ConnectionKind, Purpose, Setting, SettingKind, Values

from .folder import FolderIntake


def try_now(values: Values) -> Message:
    """Count what lies there; nothing is taken."""
    return Message(
        N_("The folder can be read; files that fit: %(number)s."), {"number": len(FolderIntake.of(values).files())}
    )


KIND = ConnectionKind(
    name="watched_folder",
    title=N_("Watched folder"),
    about=N_("Takes files that are put into a folder of the server, one kind of report per folder."),
    checked=N_("Tried on folders of Linux; a folder shared by Windows (SMB) was not at hand."),
    purpose=Purpose.INTAKE,
    icon="database",
    settings=(
        Setting(
            "folder",
            N_("Folder on the server"),
            is_required=True,
            hint=N_("For example from-1c in the folder incoming of the home."),
        ),
        Setting("names", N_("Names of files"), default="*", hint=N_("Patterns with commas: sales*.xlsx, *.csv")),
        Setting(
            "settle_seconds", N_("Take a file when it has not changed for, seconds"), SettingKind.NUMBER, default=10
        ),
        Setting("minutes", N_("Look every, minutes"), SettingKind.NUMBER, default=1),
        Setting("layout", N_("Layout"), SettingKind.LAYOUT, hint=N_("Empty: any saved layout with the same columns.")),
        Setting("source", N_("Source"), hint=N_("Files of one source replace each other’s periods.")),
        Setting("period", N_("What a file replaces"), SettingKind.CHOICE, default="rule", choices=PERIODS),
        Setting(
            "is_moving", N_("Move a file aside when it is done, with its result"), SettingKind.YES_NO, default=True
        ),
    ),
    open=FolderIntake.of,
    try_now=try_now,
)
