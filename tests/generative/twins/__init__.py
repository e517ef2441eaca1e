"""The second computation of every metric, by subject."""
