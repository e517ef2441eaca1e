"""Reading days, contacts, agreements and stamps."""

from .candidates import year_money
from .coverage import Coverage, SellerCoverage, coverage, sellers_to_look_at
from .day_lines import ContactLine, Day, DayLine, LastContact, Progress, contact_lines
from .definitions import definitions, ledger_base
from .effect import CallEffect, effect_of_calls_between
from .hold_outs import HoldOutPlan, current_hold_out, hold_out_plan, hold_outs
from .policy import assumed_margin_share, company_policy, policy_days, policy_number, policy_numbers
from .sentences import reason_sentence, short_money
from .touches import agreed_ahead, agreement_of, stamps_of, touches_of_client, touches_visible_to
from .win_back import WinBackStep, offer_win_back
from .working_days import next_working_day, working_day

__all__ = [
    "CallEffect",
    "ContactLine",
    "Coverage",
    "Day",
    "DayLine",
    "HoldOutPlan",
    "LastContact",
    "Progress",
    "SellerCoverage",
    "WinBackStep",
    "agreed_ahead",
    "agreement_of",
    "assumed_margin_share",
    "company_policy",
    "contact_lines",
    "coverage",
    "current_hold_out",
    "definitions",
    "effect_of_calls_between",
    "hold_out_plan",
    "hold_outs",
    "ledger_base",
    "next_working_day",
    "offer_win_back",
    "policy_days",
    "policy_number",
    "policy_numbers",
    "reason_sentence",
    "sellers_to_look_at",
    "short_money",
    "stamps_of",
    "touches_of_client",
    "touches_visible_to",
    "working_day",
    "year_money",
]
