"""HiGHS 1.12 writes lines of its own to standard output, whatever it is told; a command's JSON must stay JSON."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

STANDARD_OUTPUT = 1
_alone = Lock()


@contextmanager
def no_solver_output() -> Iterator[None]:
    """File descriptor 1 goes nowhere for as long; one thread at a time, or it would never come back."""
    with _alone:
        sys.stdout.flush()
        kept, nowhere = os.dup(STANDARD_OUTPUT), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, STANDARD_OUTPUT)
            yield
        finally:
            os.dup2(kept, STANDARD_OUTPUT)
            os.close(kept)
            os.close(nowhere)
