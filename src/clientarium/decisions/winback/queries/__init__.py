"""Reading win-back."""

from .expected import ExpectedReturn, expected_of_sellers

__all__ = ["ExpectedReturn", "expected_of_sellers"]
