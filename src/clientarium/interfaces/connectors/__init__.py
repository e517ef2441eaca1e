"""Connectors: one folder per kind of system outside, independent of each other."""
