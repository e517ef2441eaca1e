"""Sections of the regulation about purchases and the clock."""

from django.utils.translation import gettext as _

from clientarium.decisions.clock import RulesOn
from clientarium.decisions.people import Seller
from clientarium.interfaces.web.clock_words import cold_sentence, purchase_sentence, rule_sentences

from ..paper import Block, Points, Section, Text


def purchase_section(on: RulesOn) -> Section:
    return Section("purchase", _("What a purchase is"), (Text(purchase_sentence(on.firm)),))


def clock_section(on: RulesOn) -> Section:
    """The firm's clock and the portfolios that have their own."""
    names = Seller.objects.in_bulk(list(on.by_seller))
    own = [f"{names[seller]}: {cold_sentence(rule)}" for seller, rule in on.by_seller.items() if seller in names]
    blocks: list[Block] = [Points(tuple(rule_sentences(on.firm)[1:]))]
    if own:
        blocks += [Text(heading=_("Portfolios with a rule of their own")), Points(tuple(sorted(own)))]
    blocks.append(
        Text(_("Everybody sees the same clock: the seller in “My day” and on the card, the head on the page “Clock”."))
    )
    return Section("clock", _("When a client turns cold"), tuple(blocks))
