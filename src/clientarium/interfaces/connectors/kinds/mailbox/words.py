"""Sentences of this connector."""

from clientarium.core.ground import N_

SEEN = N_("Signed in. Letters of the last month: %(letters)s, of them reports for us: %(ours)s.")
