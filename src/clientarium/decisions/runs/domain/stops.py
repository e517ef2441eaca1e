"""Why a run stops before its end. None of these is an error of the work itself."""


class RunStopped(Exception):
    """Base of the reasons; raised by `Lease.check` inside the work."""


class LeaseLost(RunStopped):
    """Another worker has taken the run: nothing more may be written."""


class RunCancelled(RunStopped):
    """A person asked for it: what was begun is taken back."""


class WorkerStopping(RunStopped):
    """The worker is shutting down: the run goes back to the queue and is resumed by the next worker."""
