"""What the goods are, and whether the papers agree about it."""

import numpy as np

from ..arrays import as_number, log, smoothed
from ..columns import each_pair, each_text
from ..declare import fact, signal
from ..lists import heading_listed_since
from ..trailing import Trailing
from ..values import Values, known, where
from .facts import tier_on

shipments_of_trader = Trailing(by=("trader_id",))
shipments_of_trader_in_heading = Trailing(by=("trader_id", "hs4"))
shipments_in_heading = Trailing(by=("hs4",))
shipments_of_all = Trailing(by=())


def chapter_name(code: float) -> str:
    """How a chapter's number is read."""
    return f"chapter {code:02.0f}"


@signal(
    family="goods",
    asks="goods",
    says="The HS code changed from {previous_hs_code} on the previous document to {hs_code} here",
    otherwise="The HS code {hs_code} is the one on the previous document",
    risk="rises",
    flags=("S-hs-change",),
    sees=("T4",),
)
def hs_change_level(previous_hs6: Values, hs6: Values) -> Values:
    """How far the HS code differs from the previous document: 1 subheading, 2 heading, 3 chapter.

    0 where they agree to six digits; missing where the previous document gives no code.
    """
    return each_pair(previous_hs6, hs6, _levels_apart)


@signal(
    family="goods",
    asks="goods",
    says="The previous document names priority goods ({previous_hs_code}); this declaration does "
    "not ({hs_code})",
    otherwise="The HS code did not leave the priority list on the way",
    risk="rises",
    flags=("S-hs-change",),
    sees=("T4",),
)
def hs_left_priority_list(
    previous_hs6: Values, tier_in_force: Values, declared_on: Values
) -> Values:
    """Whether the previous document's HS code is on the priority list and the declared one not."""
    before = tier_on(previous_hs6, declared_on)
    return as_number((before > 0) & (tier_in_force == 0), known(before + tier_in_force))


@signal(
    family="goods",
    asks="goods",
    says="The goods ({hs_code}) are on the Common High Priority List, tier {tier_in_force:.0f}",
    otherwise="The goods ({hs_code}) are not on the priority list in force on the day",
    risk="rises",
    flags=("A004-priority-list",),
    sees=("T1",),
)
def priority_weight(tier_in_force: Values) -> Values:
    """How grave the goods are on the priority list of the day: 4 for tier 1 to 1 for tier 4."""
    return where(tier_in_force > 0, 5.0 - tier_in_force, tier_in_force)


@signal(
    family="goods",
    asks="goods",
    says="The goods are not listed, but share heading {hs4} with goods of the priority list",
    otherwise="The goods are listed themselves, or no goods of heading {hs4} are",
    sees=("T4",),
)
def beside_priority_goods(hs4: Values, tier_in_force: Values, declared_on: Values) -> Values:
    """Whether unlisted goods stand in the same heading as listed ones: a place to hide them."""
    since = each_text(hs4, heading_listed_since, dtype="datetime64[D]")
    return as_number((since <= declared_on) & (tier_in_force == 0), known(tier_in_force))


@signal(
    family="goods",
    says="The firm has made {shipments_of_trader:.0f} declarations before, none in heading {hs4}",
    otherwise="The firm has declared heading {hs4} before",
    risk="rises",
    flags=("A004-3",),
    sees=("T4",),
)
def heading_new_to_trader(
    shipments_of_trader: Values, shipments_of_trader_in_heading: Values
) -> Values:
    """Whether a firm that has traded before declares this heading for the first time."""
    first = shipments_of_trader_in_heading == 0
    return as_number(first, shipments_of_trader > 0)


@fact
def heading_share_overall(shipments_in_heading: Values, shipments_of_all: Values) -> Values:
    """The share of the heading in all past declarations, never quite zero."""
    return (shipments_in_heading + 1) / (shipments_of_all + 1000)


@signal(
    family="goods",
    asks="goods",
    says="Heading {hs4} makes up {shipments_of_trader_in_heading:.0f} of the firm's "
    "{shipments_of_trader:.0f} past declarations",
    risk="rises",
    flags=("A004-3",),
    sees=("T4",),
)
def heading_surprise(
    shipments_of_trader: Values,
    shipments_of_trader_in_heading: Values,
    heading_share_overall: Values,
) -> Values:
    """How unexpected the heading is given the firm's own past: minus the log of its share.

    The share is smoothed towards the heading's share in all trade; missing for a firm never seen.
    """
    share = smoothed(
        shipments_of_trader_in_heading, shipments_of_trader, heading_share_overall, weight=5
    )
    return where(shipments_of_trader > 0, -log(share), np.nan)


@signal(family="goods", asks="packing", says="The item weighs {value:,.0f} kg net")
def item_mass_kg(net_mass_kg: Values) -> Values:
    """Net mass of the item in kg."""
    return net_mass_kg


@signal(family="goods", says="The goods belong to {value}", decode=chapter_name)
def chapter(hs2: Values) -> Values:
    """The chapter of the HS code, as a category."""
    return each_text(hs2, float, float)


def _levels_apart(before: str, now: str) -> float:
    return float(sum(before[:digits] != now[:digits] for digits in (6, 4, 2)))
