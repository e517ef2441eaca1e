"""What every room stands on: dates, ids, errors, and the expression language (in `ground.expressions`)."""

from clientarium.core.ground.errors import N_, Message, UserError
from clientarium.core.ground.expressions import ExpressionError
from clientarium.core.ground.ids import content_hash, sha256_of
from clientarium.core.ground.periods import Window, add_months

__all__ = ["N_", "ExpressionError", "Message", "UserError", "Window", "add_months", "content_hash", "sha256_of"]
