"""The order and the colours of categories on a page: from best to worst, nobody's last."""

BEST_FIRST = ("AAA", "AA", "A", "B", "C", "D", "E", "EE", "EEE")
LAYERS = ("anchor", "growth", "tactical", "noise", "unknown_effort")
LIFE = ("new", "active", "returned", "slowing", "cold", "lost", "prospect")


def rank(code: str | None) -> tuple[int, str]:
    """Layers, grades and life-cycle stages from best to worst, other codes by name, None last."""
    if code is None:
        return (2 * len(BEST_FIRST), "")
    for ladder in (LAYERS, BEST_FIRST, LIFE):
        if code in ladder:
            return (ladder.index(code), "")
    return (len(BEST_FIRST), code)


def colour_token(scheme: str, code: str | None) -> str:
    """The token a category is drawn in."""
    if code is None or code == "unknown_effort":
        return "grade-none"
    if scheme == "layer" and code in LAYERS:
        return f"layer-{code}"
    return f"grade-{code[:1].lower()}" if code in BEST_FIRST else "chart-main"
