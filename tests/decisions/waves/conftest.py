"""The home and the small published base of the portfolios' tests."""

from tests.decisions.portfolios.conftest import base, home

__all__ = ["base", "home"]
