"""Transit that was opened and never closed: what entered for another country and did not leave."""

import numpy as np

from ..arrays import at_least, ratio
from ..columns import each_text
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

# The EAEU procedure of customs transit; the same number marks the exit that closes it.
TRANSIT = 80.0


@fact
def opened_transit(direction: Values) -> Values:
    """1 for a transit that begins, missing for all else."""
    return where(direction == "transit", 1.0, np.nan)


@fact
def closed_transit(direction: Values, procedure: Values) -> Values:
    """1 where goods in transit leave: an exit under the transit procedure; missing for all else."""
    number = each_text(procedure, lambda code: float(code[:2]), float)
    return where((direction == "export") & (number == TRANSIT), 1.0, np.nan)


@fact
def opened_transit_kg(opened_transit: Values, net_mass_kg: Values) -> Values:
    """Net mass of a transit that begins, missing for all else."""
    return opened_transit * net_mass_kg


@fact
def closed_transit_kg(closed_transit: Values, net_mass_kg: Values) -> Values:
    """Net mass that leaves in transit, missing for all else."""
    return closed_transit * net_mass_kg


transits_in_180_days = Trailing(by=("trader_id",), of="opened_transit", days=180)
transits_in_30_days = Trailing(by=("trader_id",), of="opened_transit", days=30)
exits_in_180_days = Trailing(by=("trader_id",), of="closed_transit", days=180)
transit_kg_in_180_days = Trailing(by=("trader_id",), of="opened_transit_kg", days=180)
transit_kg_in_30_days = Trailing(by=("trader_id",), of="opened_transit_kg", days=30)
exit_kg_in_180_days = Trailing(by=("trader_id",), of="closed_transit_kg", days=180)


@fact
def transits_due(transits_in_180_days: Values, transits_in_30_days: Values) -> Values:
    """The firm's transits opened 31 to 180 days ago: they should have left by now."""
    return transits_in_180_days - transits_in_30_days


@fact
def transit_kg_due(transit_kg_in_180_days: Values, transit_kg_in_30_days: Values) -> Values:
    """Kilograms in the firm's transits opened 31 to 180 days ago."""
    return transit_kg_in_180_days - transit_kg_in_30_days


@signal(
    family="route",
    asks="transport",
    says="{value:.0%} of the {transit_kg_due:,.0f} kg that the firm brought in transit 31 to 180 "
    "days ago never left ({transits_due:.0f} transits, {exits_in_180_days:.0f} exits)",
    otherwise="At least as much left in transit as the firm had brought",
    unknown="No transit of the firm was due to have left",
    risk="rises",
    flags=("CEPR-ghost-trade", "S-ghost-trade"),
    sees=("T2", "T5"),
)
def transit_never_closed(transit_kg_due: Values, exit_kg_in_180_days: Values) -> Values:
    """Share of the mass in the firm's transits of 31 to 180 days ago that no exit accounts for.

    Exits of newer transits count as if they closed older ones: the share is a lower bound.
    """
    return at_least(1 - ratio(exit_kg_in_180_days, transit_kg_due), 0)
