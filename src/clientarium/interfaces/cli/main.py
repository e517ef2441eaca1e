"""From arguments to an exit code: the language first, then the commands, then the three kinds of failure."""

import sys
import traceback
from collections.abc import Sequence
from enum import IntEnum

from clientarium.core.ground import UserError

from .language import _, activate, chosen_language, error_text
from .printing import complain


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    OUR_FAILURE = 1
    USER_ERROR = 2
    PARTIAL = 3  # done, but rows were refused


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code and never raises."""
    activate(chosen_language(arguments))
    # Not at the top: the help texts are translated while the commands are built.
    from .commands import app  # noqa: PLC0415 -- needs the language

    try:
        app(list(arguments), prog_name="clientarium")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else ExitCode.DONE
    except UserError as error:
        complain(error_text(error))
        return ExitCode.USER_ERROR
    except KeyboardInterrupt:
        complain(_("Stopped."))
        return ExitCode.USER_ERROR
    except Exception:  # noqa: BLE001 -- the last line: our bug is shown whole and told to the shell
        complain(_("This is a fault of the program. Please report the lines below."))
        traceback.print_exc()
        return ExitCode.OUR_FAILURE
    return ExitCode.DONE
