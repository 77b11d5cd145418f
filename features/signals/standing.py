"""Whether the condition of a red flag holds, which what a signal found does not yet say.

A young firm raises the risk by degrees; the flag on firms founded after a day stands or does not.
"""

from ..arrays import as_number, days_between
from ..declare import fact
from ..lists import export_controls_since, goods_named_by_us
from ..trailing import Trailing
from ..values import Values, known, missing, not_so, where
from .goods_lists import CONCERN

# A partner is called new for so many days.
NEW = 90

first_of_subheading_of_trader = Trailing(by=("trader_id", "hs6"), take="first_day")


@fact
def listed_goods_since_controls(
    listed_goods: Values, first_of_subheading_of_trader: Values
) -> Values:
    """1 where the goods are listed and no record of the firm has them before export controls."""
    before = first_of_subheading_of_trader < export_controls_since(first_of_subheading_of_trader)
    return as_number((listed_goods == 1) & not_so(before), known(listed_goods))


@fact
def partner_is_new(
    first_shipment_with_partner: Values, partner_id: Values, declared_on: Values
) -> Values:
    """1 where the firm first traded with the partner at most 90 days ago, or does now."""
    known_for = days_between(first_shipment_with_partner, declared_on)
    return as_number(not_so(known_for > NEW), known(partner_id))


@fact
def address_is_shared(firms_at_address_on_register: Values) -> Values:
    """1 where the register has another firm at the address."""
    return as_number(firms_at_address_on_register > 1, known(firms_at_address_on_register))


@fact
def director_is_shared(firms_of_director_on_register: Values) -> Values:
    """1 where the register has another firm of the director."""
    return as_number(firms_of_director_on_register > 1, known(firms_of_director_on_register))


@fact
def paid_above_usual(
    dearer_than_share: Values, unit_price_deviation: Values, price_to_own_past: Values
) -> Values:
    """1 where the price is above that of most comparables; failing those, above the firm's own."""
    above = as_number(price_to_own_past > 1, known(price_to_own_past))
    above = where(missing(unit_price_deviation), above, (unit_price_deviation > 0) * 1.0)
    return where(missing(dearer_than_share), above, (dearer_than_share > 0.5) * 1.0)


@fact
def paid_above_usual_for_listed(paid_above_usual: Values, listed_goods: Values) -> Values:
    """1 where the goods are listed and their price is above what is usual."""
    return paid_above_usual * listed_goods


@fact
def goods_beyond_business_line(activity_fits_goods: Values) -> Values:
    """1 where firms of this line of business trade the heading less often than all firms do."""
    return as_number(activity_fits_goods < 0, known(activity_fits_goods))


@fact
def concern_of_the_eu(goods_of_concern: Values, hs6: Values) -> Values:
    """1 where goods of concern are so by a text of the European Union, not by our judgement."""
    return as_number(
        (goods_of_concern == 1) & not_so(goods_named_by_us(CONCERN, hs6)), known(goods_of_concern)
    )


@fact
def tied_to_listed_party(hops_to_listed_party: Values) -> Values:
    """1 where a party on the list is known within two steps of the shipment."""
    return where(missing(hops_to_listed_party), 0.0, 1.0)
