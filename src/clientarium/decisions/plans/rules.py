"""Who may do what about plans. Pay depends on a plan: it is seen by whoever answers for it and by who leads him."""

from clientarium.decisions.people import Seller, Visitor, can_transfer, works_here


def can_lead_plans(user: Visitor) -> bool:
    """The owner and the head of sales: the firm's figure, sellers' overrides, approval, the payroll file."""
    return can_transfer(user)


def can_see_plans(user: Visitor) -> bool:
    """The plans of all sellers: the same two; marketing, support and administrators have no use for them."""
    return can_lead_plans(user)


def can_see_plan(user: Visitor, seller: Seller) -> bool:
    """One's own plan; whoever leads the sellers sees everybody's."""
    return can_see_plans(user) or is_own(user, seller)


def can_answer_growth(user: Visitor, seller: Seller) -> bool:
    """The seller says what he takes on; his leader may say it for him."""
    return can_lead_plans(user) or is_own(user, seller)


def is_own(user: Visitor, seller: Seller) -> bool:
    return works_here(user) and getattr(user, "seller_id", None) == seller.pk
