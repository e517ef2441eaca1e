"""Users for the command line and the demo; imported only when a home is open."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection

from clientarium.core.ground import N_, UserError
from clientarium.decisions.people import Role, Seller, User


def create_user(username: str, *, role: str, name: str, seller_name: str, password: str) -> User:
    """Make a user with `role`, tied to the seller of that name. UserError for a taken login or a weak password."""
    if role not in Role.values:
        raise UserError(
            N_("There is no role “%(role)s”."),
            cure=N_("Use one of: %(known)s."),
            role=role,
            known=", ".join(Role.values),
        )
    if User.objects.filter(username=username).exists():
        raise UserError(N_("The login “%(username)s” is taken."), username=username)
    user = User(username=username, role=role, name=name, seller=seller_named(seller_name))
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UserError(N_("The password is too weak: %(why)s"), why=" ".join(weak.messages)) from weak
    user.set_password(password)
    user.save()
    return user


def seller_named(name: str) -> Seller | None:
    """The seller of the imports with that name; None for an empty name, UserError for an unknown one."""
    if not name:
        return None
    found = Seller.objects.filter(name=name).first()
    if found is None:
        raise UserError(N_("There is no seller “%(name)s” in what was imported."), name=name)
    return found


def database_state() -> tuple[str, bool]:
    """The kind of database and whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return f"{connection.vendor} {connection.settings_dict['NAME']}", True
