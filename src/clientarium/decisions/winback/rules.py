"""Who may do what about win-back. Whoever sees a client sees his case; sellers fill in their own."""

from clientarium.decisions.people import Visitor, can_transfer, sees_all_clients, works_here


def sees_winback(user: Visitor) -> bool:
    """Sellers their own clients, whoever leads them everybody's."""
    return can_transfer(user) or (works_here(user) and not sees_all_clients(user))


def can_fill_winback(user: Visitor) -> bool:
    """About a client he sees: his seller, and those who lead the sellers (1.10.9)."""
    return can_transfer(user) or (works_here(user) and not sees_all_clients(user))


def can_lead_winback(user: Visitor) -> bool:
    """Filling rate and results of everybody; clients with a bad review and clients nobody holds."""
    return can_transfer(user)


def can_edit_reasons(user: Visitor) -> bool:
    """The firm's list of reasons."""
    return can_transfer(user)


def sees_loss_report(user: Visitor) -> bool:
    """Why clients leave, of the clients one sees."""
    return works_here(user)
