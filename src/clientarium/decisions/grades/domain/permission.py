"""Who may decide: asked again here, below every screen."""

from django.core.exceptions import PermissionDenied

from clientarium.decisions.people import User, can_confirm, can_edit_schemes


def require_confirming(user: User) -> None:
    """Raises PermissionDenied unless `user` may decide about categories."""
    if not can_confirm(user):
        raise PermissionDenied


def require_editing_schemes(user: User) -> None:
    """Raises PermissionDenied unless `user` may change the rules."""
    if not can_edit_schemes(user):
        raise PermissionDenied
