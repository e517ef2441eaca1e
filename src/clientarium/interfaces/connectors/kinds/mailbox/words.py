"""Sentences of this connector."""

from clientarium.core.ground import N_

SEEN = N_("Signed in. Letters of the last month: %(letters)s, of them reports for us: %(ours)s.")
TOO_LARGE = N_("The letter “%(subject)s” is larger than %(limit)s MB.")
TOO_LARGE_CURE = N_("Split the report, or load the file on the page Import.")
