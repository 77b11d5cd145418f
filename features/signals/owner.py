"""Who owns the firm. Sensitive: in no official list of red flags; one switch takes it out."""

import numpy as np

from ..columns import each_text
from ..declare import signal

# Where sanctioned goods must not go.
COUNTRIES_OF_CONCERN = ("RU", "BY")


@signal(
    family="owner",
    says="{value:.0%} of the firm is owned from a country of concern ({owner_nationalities})",
    otherwise="No owner from a country of concern is on the register",
    risk="rises",
    flags=("S-owner",),
    sensitive=True,
)
def owned_from_concern_share(owner_nationalities: np.ndarray) -> np.ndarray:
    """Share of the firm that owners from a country of concern hold, 0 to 1."""
    return each_text(owner_nationalities, _share_of_concern, float)


@signal(
    family="owner",
    says="The owners come from {value:.0f} countries ({owner_nationalities})",
    sensitive=True,
)
def owner_countries(owner_nationalities: np.ndarray) -> np.ndarray:
    """From how many countries the owners of the firm come."""
    return each_text(owner_nationalities, lambda owners: float(len(owners.split())), float)


def _share_of_concern(owners: str) -> float:
    """The share in a text such as `KZ:0.4 RU:0.6`."""
    shares = dict(part.split(":") for part in owners.split())
    return float(sum(float(shares.get(country, 0)) for country in COUNTRIES_OF_CONCERN))
