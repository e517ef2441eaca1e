"""MBG/NBD: Batislam, Denizel & Filiztekin (2007), Intern. J. of Research in Marketing 24(3), 201-209.

Assumptions: those of BG/NBD (`bg_nbd`), but a client may leave after his very first purchase too, with the same p:
1. While a client stays, he orders at random moments with rate λ (Poisson).
2. λ ~ Gamma(r, α).
3. After each order, the first included, he leaves for good with probability p.
4. p ~ Beta(a, b).
5. λ and p are independent.

It is MBG/CNBD-k with k = 1 (`cnbd_k`), where all of it is worked out.
"""

from dataclasses import dataclass

from clientarium.core.forecast.cnbd_k import MbgCnbdK


@dataclass(frozen=True)
class MbgNbd(MbgCnbdK):
    """r, a, b are pure numbers, alpha is in units of time."""

    name = "mbg-nbd"
    largest_k = 1
