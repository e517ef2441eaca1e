"""Win-back: the week given out, forms filled in, cases closed, the firm's reasons."""

__all__: list[str] = []
