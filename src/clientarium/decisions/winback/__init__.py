"""Clients who stopped buying: why, what would bring them back, what came of it."""
