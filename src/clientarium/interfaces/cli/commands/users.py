"""`users`: who may sign in."""

from typing import Annotated

import typer

from clientarium.core.ground import N_, UserError

from ..home import opened_home
from ..language import _, language
from ..printing import print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add the group `users`."""
    group = typer.Typer(help=_("Who may sign in."), no_args_is_help=True)
    group.command("list", help=_("List the users."))(list_users)
    group.command("add", help=_("Add a user; the password is asked for, or read from standard input."))(add_user)
    app.add_typer(group, name="users")


def list_users(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print every user with his role."""
    opened_home()
    from clientarium.decisions.people import User  # noqa: PLC0415 -- models need an open home

    users = User.objects.select_related("seller").order_by("username")
    rows = [(u.username, u.name, u.role, u.seller.name if u.seller else None, u.is_active) for u in users]
    if as_json:
        print_json([dict(zip(("username", "name", "role", "seller", "is_active"), row, strict=True)) for row in rows])
    else:
        print_table([_("Login"), _("Name"), _("Role"), _("Seller"), _("Active")], rows)


def add_user(
    username: Annotated[str, typer.Argument(help=_("Login"))],
    role: Annotated[str, typer.Option(help=_("owner, head, seller, marketer, support or administrator"))],
    name: Annotated[str, typer.Option(help=_("First and last name"))] = "",
    seller: Annotated[str, typer.Option(help=_("Whose portfolio he sees: name of a seller of the imports"))] = "",
    password_stdin: Annotated[bool, typer.Option(help=_("Read the password from standard input"))] = False,
) -> None:
    """Create a user; the password obeys the same rules as on the page."""
    opened_home(create=True)
    from ..accounts import add_user as make_user  # noqa: PLC0415 -- models need an open home

    password = typer.get_text_stream("stdin").readline().rstrip("\n") if password_stdin else _asked_password()
    if not password:
        raise UserError(N_("The password is empty."))
    make_user(username, role=role, name=name, seller_name=seller, password=password, language=language())
    say(_("User %(username)s is added.") % {"username": username})


def _asked_password() -> str:
    answer: str = typer.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    return answer
