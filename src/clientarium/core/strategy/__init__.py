"""Choices over a computed base: whom to call first, and later who holds whom. Plain functions over rows."""
