"""How much room is left on the disk of the home: said before it runs out."""

import shutil

from .homes import home

LEAST_FREE_BYTES = 1024**3
LEAST_FREE_SHARE = 0.1
# A tenth of a huge disk is no danger: an import of 100 million lines takes about as much
ENOUGH_FREE_BYTES = 20 * 1024**3


def little_space_left() -> int | None:
    """Bytes free on the disk of the home when they are few (under 10 % or 1 GB, CHECKS.md 5), else None."""
    disk = shutil.disk_usage(home())
    least = max(LEAST_FREE_BYTES, min(disk.total * LEAST_FREE_SHARE, ENOUGH_FREE_BYTES))
    return disk.free if disk.free < least else None
