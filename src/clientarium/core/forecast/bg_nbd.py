"""BG/NBD: Fader, Hardie & Lee (2005), "Counting your customers" the easy way, Marketing Science 24(2), 275-284.

Assumptions:
1. While a client stays, he orders at random moments with rate λ (Poisson).
2. λ ~ Gamma(r, α).
3. After each repeat order he leaves for good with probability p.
4. p ~ Beta(a, b).
5. λ and p are independent.

Symbols: r, α, a, b; x, t_x, T of `Statistics`. The likelihood is the paper's equation 6 (without factors that hold no
parameter), expected orders its equation 10. It is BG/CNBD-k with k = 1 (`cnbd_k`), where all of it is worked out.
A client of one order is alive for certain here, by assumption 3: for status take MBG/NBD or Pareto/NBD.
"""

from dataclasses import dataclass

from clientarium.core.forecast.cnbd_k import BgCnbdK


@dataclass(frozen=True)
class BgNbd(BgCnbdK):
    """r, a, b are pure numbers, alpha is in units of time."""

    name = "bg-nbd"
    largest_k = 1
