"""The questions the screens ask of snapshots and ledger; each answer is plain values of the clients one may see."""

from clientarium.core.readings.activity import ActiveMonth, active_months
from clientarium.core.readings.around_day import Around, Asked, money_around
from clientarium.core.readings.base_makeup import (
    AttentionPart,
    Cell,
    Concentration,
    Part,
    attention_against_margin,
    category_clients,
    composition,
    concentration,
    concentration_curve,
    size_against_margin,
)
from clientarium.core.readings.client_periods import ClientPeriod, client_periods
from clientarium.core.readings.complaints import Tickets, clients_with_tickets, tickets_of
from clientarium.core.readings.evidence import Evidence, lines_behind
from clientarium.core.readings.losses import LostClient, LostMonth, LostOnes, loss_calendar, lost_in_month, lost_ones
from clientarium.core.readings.month_money import HOLDINGS, ClientMoney, HolderMoney, money_of_clients, money_of_holders
from clientarium.core.readings.month_plan import (
    ExpectedClient,
    HolderSums,
    Taken,
    can_tell_month,
    expected_clients,
    sums_by_holder,
)
from clientarium.core.readings.movement import (
    Change,
    Flow,
    Flows,
    GainsAndLosses,
    flow_clients,
    flows,
    gains_and_losses,
)
from clientarium.core.readings.offers import Offer, offers_for
from clientarium.core.readings.one_client import (
    ClientMonth,
    Document,
    Line,
    Payment,
    Touch,
    client_documents,
    client_months,
    client_payments,
    client_touches,
    document_lines,
    purchase_days,
)
from clientarium.core.readings.outcomes import Bearers, Foreseen, OutcomeHeap, foreseen, outcome_heaps
from clientarium.core.readings.past_contacts import LastOrder, LedgerTouch, contacts_of, last_orders, order_days
from clientarium.core.readings.past_with import PastWith, groups_bought, past_sellers
from clientarium.core.readings.peer_baskets import GroupPotential, PeerPotential, peer_potential
from clientarium.core.readings.portrait import Portrait, portraits
from clientarium.core.readings.product_rhythm import Product, client_products, products_of
from clientarium.core.readings.returns import Attempt, BoughtSince, ReturnCount, bought_since, returns_after_silence
from clientarium.core.readings.seen_base import Base, ClientIds
from clientarium.core.readings.service_load import (
    SALE,
    DocumentCount,
    LoadCounts,
    ServiceMinutes,
    TouchCount,
    load_counts,
    priced,
    service_minutes,
)
from clientarium.core.readings.silence import Silence, silence_on
from clientarium.core.readings.strengths import REST as REST_OF_GROUPS
from clientarium.core.readings.strengths import Cut, Newcomers, Tally, clients_of_part, newcomers, strengths
from clientarium.core.readings.strengths import groups_of as tallies_by_group
from clientarium.core.readings.trial import preview_scheme
from clientarium.core.readings.unit_prices import PriceChange, price_changes, product_groups_of
from clientarium.core.readings.whale import WhaleCurve, WhalePoint, WhaleTenth, whale_curve
from clientarium.core.readings.zone_rows import rows_for_zones

__all__ = [
    "HOLDINGS",
    "REST_OF_GROUPS",
    "SALE",
    "ActiveMonth",
    "Around",
    "Asked",
    "Attempt",
    "AttentionPart",
    "Base",
    "Bearers",
    "BoughtSince",
    "Cell",
    "Change",
    "ClientIds",
    "ClientMoney",
    "ClientMonth",
    "ClientPeriod",
    "Concentration",
    "Cut",
    "Document",
    "DocumentCount",
    "Evidence",
    "ExpectedClient",
    "Flow",
    "Flows",
    "Foreseen",
    "GainsAndLosses",
    "GroupPotential",
    "HolderMoney",
    "HolderSums",
    "LastOrder",
    "LedgerTouch",
    "Line",
    "LoadCounts",
    "LostClient",
    "LostMonth",
    "LostOnes",
    "Newcomers",
    "Offer",
    "OutcomeHeap",
    "Part",
    "PastWith",
    "Payment",
    "PeerPotential",
    "Portrait",
    "PriceChange",
    "Product",
    "ReturnCount",
    "ServiceMinutes",
    "Silence",
    "Taken",
    "Tally",
    "Tickets",
    "Touch",
    "TouchCount",
    "WhaleCurve",
    "WhalePoint",
    "WhaleTenth",
    "active_months",
    "attention_against_margin",
    "bought_since",
    "can_tell_month",
    "category_clients",
    "client_documents",
    "client_months",
    "client_payments",
    "client_periods",
    "client_products",
    "client_touches",
    "clients_of_part",
    "clients_with_tickets",
    "composition",
    "concentration",
    "concentration_curve",
    "contacts_of",
    "document_lines",
    "expected_clients",
    "flow_clients",
    "flows",
    "foreseen",
    "gains_and_losses",
    "groups_bought",
    "last_orders",
    "lines_behind",
    "load_counts",
    "loss_calendar",
    "lost_in_month",
    "lost_ones",
    "money_around",
    "money_of_clients",
    "money_of_holders",
    "newcomers",
    "offers_for",
    "order_days",
    "outcome_heaps",
    "past_sellers",
    "peer_potential",
    "portraits",
    "preview_scheme",
    "price_changes",
    "priced",
    "product_groups_of",
    "products_of",
    "purchase_days",
    "returns_after_silence",
    "rows_for_zones",
    "service_minutes",
    "silence_on",
    "size_against_margin",
    "strengths",
    "sums_by_holder",
    "tallies_by_group",
    "tickets_of",
    "whale_curve",
]
