"""Where on the server files may be taken from: an administrator of the program is none of the machine."""

from pathlib import Path

from django.conf import settings

from clientarium.core.ground import N_

from .kinds import ConnectionFault


def open_folders() -> list[Path]:
    """The folders that whoever runs the machine has opened; by default one in the home."""
    named = [Path(one) for one in getattr(settings, "CLIENTARIUM_WATCHED_FOLDERS", ())]
    return named or [Path(settings.CLIENTARIUM_HOME) / "incoming"]


def path_inside(text: str) -> Path:
    """The place `text` names, links followed; a relative one begins in the first open folder.

    Raises ConnectionFault for a place outside of them: else the settings page could read any file of the machine.
    """
    folders = [folder.expanduser().resolve() for folder in open_folders()]
    place = (folders[0] / text).resolve()
    if not any(place.is_relative_to(folder) for folder in folders):
        raise ConnectionFault(
            N_("Files may be taken only from: %(folders)s."),
            cure=N_("Put them there, or have the setting CLIENTARIUM_WATCHED_FOLDERS name another folder."),
            is_permanent=True,
            folders=", ".join(str(folder) for folder in folders),
        )
    return place
