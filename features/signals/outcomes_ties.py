"""What inspections found before the day at other firms with the same address or director.

The firm's own outcomes are left out: they speak for themselves.
"""

from ..arrays import smoothed
from ..declare import fact, signal
from ..values import Values
from .counting import OF_PARTY, RATES, hits, inspected, where_known

inspected_at_address, hits_at_address = inspected("address_id"), hits("address_id")
inspected_at_address_of_trader = inspected("address_id", "trader_id")
hits_at_address_of_trader = hits("address_id", "trader_id")
inspected_of_director, hits_of_director = inspected("director_id"), hits("director_id")
inspected_of_director_of_trader = inspected("director_id", "trader_id")
hits_of_director_of_trader = hits("director_id", "trader_id")


@fact
def inspected_of_neighbours(
    inspected_at_address: Values, inspected_at_address_of_trader: Values
) -> Values:
    """Outcomes known of other firms at the address."""
    return inspected_at_address - inspected_at_address_of_trader


@fact
def hits_of_neighbours(hits_at_address: Values, hits_at_address_of_trader: Values) -> Values:
    """Violations known of other firms at the address."""
    return hits_at_address - hits_at_address_of_trader


@fact
def inspected_of_sisters(
    inspected_of_director: Values, inspected_of_director_of_trader: Values
) -> Values:
    """Outcomes known of other firms with the director."""
    return inspected_of_director - inspected_of_director_of_trader


@fact
def hits_of_sisters(hits_of_director: Values, hits_of_director_of_trader: Values) -> Values:
    """Violations known of other firms with the director."""
    return hits_of_director - hits_of_director_of_trader


@signal(
    family="outcomes",
    says="{hits_of_neighbours:.0f} of {inspected_of_neighbours:.0f} inspected shipments of other "
    "firms at the same address were violations" + RATES,
    unknown="No outcome is known of another firm at the address",
    risk="rises",
    flags=("own-shared-address",),
)
def neighbours_hit_rate(
    hits_of_neighbours: Values,
    inspected_of_neighbours: Values,
    usual_hit_rate: Values,
) -> Values:
    """Share of violations among inspected shipments of other firms at the address, smoothed."""
    rate = smoothed(hits_of_neighbours, inspected_of_neighbours, usual_hit_rate, OF_PARTY)
    return where_known(rate, inspected_of_neighbours)


@signal(
    family="outcomes",
    says="{hits_of_sisters:.0f} of {inspected_of_sisters:.0f} inspected shipments of other firms "
    "that the director runs were violations" + RATES,
    unknown="No outcome is known of another firm of the director",
    risk="rises",
    flags=("own-shared-director",),
)
def sister_firms_hit_rate(
    hits_of_sisters: Values, inspected_of_sisters: Values, usual_hit_rate: Values
) -> Values:
    """Share of violations among inspected shipments of the director's other firms, smoothed."""
    rate = smoothed(hits_of_sisters, inspected_of_sisters, usual_hit_rate, OF_PARTY)
    return where_known(rate, inspected_of_sisters)
