"""Who files the declaration, and for whom else."""

import numpy as np

from ..arrays import differ, ratio
from ..declare import signal
from ..trailing import Trailing

shipments_of_declarant_in_year = Trailing(by=("declarant_id",), days=365)
listed_shipments_of_declarant_in_year = Trailing(by=("declarant_id",), of="listed_goods", days=365)
young_shipments_of_declarant_in_year = Trailing(by=("declarant_id",), of="young_firm", days=365)


@signal(
    family="broker",
    says="The declaration is filed by a broker ({declarant_id})",
    otherwise="The firm files the declaration itself",
)
def filed_by_broker(trader_id: np.ndarray, declarant_id: np.ndarray) -> np.ndarray:
    """Whether someone else than the firm files the declaration."""
    return differ(trader_id, declarant_id)


@signal(
    family="broker",
    says="{value:.0%} of the {shipments_of_declarant_in_year:.0f} declarations that the declarant "
    "filed in the past year were of priority goods",
    risk="rises",
    flags=("S-broker",),
)
def declarant_priority_share(
    listed_shipments_of_declarant_in_year: np.ndarray, shipments_of_declarant_in_year: np.ndarray
) -> np.ndarray:
    """Share of listed goods in what the declarant filed in the past year."""
    return ratio(listed_shipments_of_declarant_in_year, shipments_of_declarant_in_year)


@signal(
    family="broker",
    says="{value:.0%} of the {shipments_of_declarant_in_year:.0f} declarations that the declarant "
    "filed in the past year were for firms under a year old",
    risk="rises",
    flags=("S-broker",),
)
def declarant_young_client_share(
    young_shipments_of_declarant_in_year: np.ndarray, shipments_of_declarant_in_year: np.ndarray
) -> np.ndarray:
    """Share of firms under a year old in what the declarant filed in the past year."""
    return ratio(young_shipments_of_declarant_in_year, shipments_of_declarant_in_year)
