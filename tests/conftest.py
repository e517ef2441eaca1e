"""What every part of the tests may use."""

from tests.cast import cast

__all__ = ["cast"]
