"""Decisions about users. Only an owner and an administrator make them; only an owner makes or unmakes an owner."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.people import Density, Language, Role, Seller, Theme, User, can_make_owner, can_manage_users

from ..choices import UserVerb
from .writing import record

NOT_ALLOWED = N_("Only an owner or an administrator manages users.")


@transaction.atomic
def create_user(
    username: str,
    *,
    role: str,
    password: str,
    by: User | None,
    name: str = "",
    email: str = "",
    seller: Seller | None = None,
    language: str = Language.RUSSIAN,
) -> User:
    """A new user. `by` None is the set-up of the program. Raises UserError: not allowed, taken login, weak password."""
    require_managing(by, roles={role})
    if User.objects.filter(username__iexact=username).exists():
        raise UserError(N_("The login “%(username)s” is taken."), username=username)
    user = User(username=username, name=name, email=email, role=role, seller=seller, language=language)
    put_password(user, password)
    user.save()
    record(UserVerb.USER_CREATED, target=user, by=by, data={"role": role, "seller": seller and seller.pk})
    return user


@transaction.atomic
def change_role(user: User, *, role: str, by: User | None, reason: str = "") -> User:
    """Give `user` another role. Raises UserError: not allowed, unknown role, the last owner."""
    user = locked(user)
    require_managing(by, roles={role, user.role})
    if role == user.role:
        return user
    if user.role == Role.OWNER:
        require_another_owner(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    record(UserVerb.USER_ROLE_CHANGED, target=user, by=by, reason=reason, data={"from": before, "to": role})
    return user


@transaction.atomic
def deactivate_user(user: User, *, by: User | None, reason: str = "") -> User:
    """Dismiss `user`: from the next request he may nothing. Raises UserError: not allowed, the last owner, oneself."""
    user = locked(user)
    require_managing(by, roles={user.role})
    if by is not None and by.pk == user.pk:
        raise UserError(N_("Nobody dismisses himself."), cure=N_("Ask another owner or administrator."))
    if user.role == Role.OWNER:
        require_another_owner(user)
    return _set_active(user, active=False, by=by, reason=reason)


@transaction.atomic
def reactivate_user(user: User, *, by: User | None, reason: str = "") -> User:
    """Let a dismissed user in again. Raises UserError: not allowed."""
    user = locked(user)
    require_managing(by, roles={user.role})
    return _set_active(user, active=True, by=by, reason=reason)


@transaction.atomic
def reset_password(user: User, *, password: str, by: User | None) -> User:
    """Set another password, which ends all sessions of `user`. Raises UserError: not allowed, weak password."""
    user = locked(user)
    if by is None or by.pk != user.pk:
        require_managing(by, roles={user.role})
    put_password(user, password)
    user.save(update_fields=["password"])
    record(UserVerb.PASSWORD_RESET, target=user, by=by)
    return user


@transaction.atomic
def link_seller(user: User, *, seller: Seller | None, by: User | None) -> User:
    """Say whose portfolio `user` works. Raises UserError: not allowed."""
    user = locked(user)
    require_managing(by, roles={user.role})
    before, user.seller = user.seller_id, seller
    user.save(update_fields=["seller"])
    record(UserVerb.USER_LINKED, target=user, by=by, data={"from": before, "to": seller and seller.pk})
    return user


@transaction.atomic
def rename_user(user: User, *, name: str, email: str, by: User | None) -> User:
    """Change the name and the e-mail. Raises UserError: not allowed."""
    user = locked(user)
    if by is None or by.pk != user.pk:
        require_managing(by, roles={user.role})
    data = {"from": [user.name, user.email], "to": [name, email]}
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    record(UserVerb.USER_RENAMED, target=user, by=by, data=data)
    return user


def set_preferences(user: User, *, language: str, theme: str, density: str) -> User:
    """One's own language, theme and density; nobody else's business, so the journal is silent about them."""
    if language not in Language.values or theme not in Theme.values or density not in Density.values:
        raise UserError(N_("There is no such setting."))
    user.language, user.theme, user.density = language, theme, density
    user.save(update_fields=["language", "theme", "density"])
    return user


def locked(user: User) -> User:
    """`user` as he is now, kept from others until the transaction ends."""
    return User.objects.select_for_update().get(pk=user.pk)


def require_managing(by: User | None, *, roles: set[str]) -> None:
    """Raise UserError unless `by` may give and take all of `roles`."""
    for role in roles - set(Role.values):
        raise UserError(
            N_("There is no role “%(role)s”."),
            cure=N_("Use one of: %(known)s."),
            role=role,
            known=", ".join(Role.values),
        )
    if by is None:
        return
    if not can_manage_users(by):
        raise UserError(NOT_ALLOWED)
    if Role.OWNER in roles and not can_make_owner(by):
        raise UserError(N_("Only an owner makes or changes an owner."))


def require_another_owner(user: User) -> None:
    # Locked together, so that two owners cannot dismiss each other at the same moment.
    owners = User.objects.select_for_update().filter(role=Role.OWNER, is_active=True)
    if not [owner for owner in owners if owner.pk != user.pk]:
        raise UserError(N_("This is the last owner."), cure=N_("Make another user an owner first."))


def put_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UserError(N_("The password is too weak: %(why)s"), why=" ".join(weak.messages)) from weak
    user.set_password(password)


def _set_active(user: User, *, active: bool, by: User | None, reason: str) -> User:
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb = UserVerb.USER_REACTIVATED if active else UserVerb.USER_DEACTIVATED
    record(verb, target=user, by=by, reason=reason)
    return user
