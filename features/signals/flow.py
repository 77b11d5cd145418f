"""What becomes of the goods: what came in against what was sent on."""

import numpy as np

from ..arrays import ratio
from ..declare import fact, signal
from ..trailing import Trailing

imported_kg_in_180_days = Trailing(by=("trader_id", "hs4"), of="imported_kg", days=180)
sent_on_kg_in_180_days = Trailing(by=("trader_id", "hs4"), of="sent_on_kg", days=180)


@fact
def imported_kg(direction: np.ndarray, net_mass_kg: np.ndarray) -> np.ndarray:
    """Net mass of what is imported, missing for other legs."""
    return np.where(direction == "import", net_mass_kg, np.nan)


@fact
def sent_on_kg(direction: np.ndarray, net_mass_kg: np.ndarray) -> np.ndarray:
    """Net mass of what moves onward, missing for other legs."""
    return np.where(direction == "onward", net_mass_kg, np.nan)


@signal(
    family="flow",
    says="Of {imported_kg_in_180_days:,.0f} kg of heading {hs4} that the firm imported in the past "
    "180 days, {value:.0%} was sent on",
    flags=("CEPR-ghost-trade",),
)
def sent_on_share(
    sent_on_kg_in_180_days: np.ndarray, imported_kg_in_180_days: np.ndarray
) -> np.ndarray:
    """Share of the firm's imports of the heading, in 180 days, that was officially sent on."""
    return np.minimum(ratio(sent_on_kg_in_180_days, imported_kg_in_180_days), 2)
