"""Numbers that look made up rather than measured."""

import numpy as np

from ..declare import signal

# From here on whole hundredths are no longer exact in a float.
MOST_EXACT = 1e13
_POWERS = 10.0 ** np.arange(1, 13)


@signal(
    family="price",
    says="The declared value ({customs_value_usd:,.2f} USD) ends in zeros for {value:.0%} of its "
    "digits",
    otherwise="The declared value ({customs_value_usd:,.2f} USD) does not end in a zero",
    flags=("own-round-numbers",),
)
def round_value_share(customs_value_usd: np.ndarray) -> np.ndarray:
    """Share of the digits of the declared value, to the cent, that are zeros at its end."""
    return _zeros_at_end(customs_value_usd * 100)


@signal(
    family="price",
    says="The net mass ({net_mass_kg:,.3f} kg) ends in zeros for {value:.0%} of its digits",
    otherwise="The net mass ({net_mass_kg:,.3f} kg) does not end in a zero",
    flags=("own-round-numbers",),
)
def round_mass_share(net_mass_kg: np.ndarray) -> np.ndarray:
    """Share of the digits of the net mass, to the gram, that are zeros at its end."""
    return _zeros_at_end(net_mass_kg * 1000)


def _zeros_at_end(amounts: np.ndarray) -> np.ndarray:
    """Zeros at the end of each whole amount over its digits; missing below 1."""
    whole = np.rint(amounts)
    usable = (whole >= 1) & (whole < MOST_EXACT)
    left = np.where(usable, whole, 1.0)[:, None]
    digits = (left >= _POWERS).sum(axis=1) + 1
    zeros = (left % _POWERS == 0).sum(axis=1)
    return np.where(usable, zeros / digits, np.nan)
