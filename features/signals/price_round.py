"""Numbers that look made up rather than measured."""

import numpy as np
from numba import vectorize

from ..declare import signal
from ..values import Values

# From here on whole hundredths are no longer exact in a float.
MOST_EXACT = 1e13


@signal(
    family="price",
    asks="invoice",
    says="The declared value ({customs_value_usd:,.2f} USD) ends in zeros for {value:.0%} of its "
    "digits",
    otherwise="The declared value ({customs_value_usd:,.2f} USD) does not end in a zero",
    flags=("own-round-numbers",),
)
def round_value_share(customs_value_usd: Values) -> Values:
    """Share of the digits of the declared value, to the cent, that are zeros at its end."""
    return _zeros_at_end(customs_value_usd * 100)


@signal(
    family="price",
    asks="packing",
    says="The net mass ({net_mass_kg:,.3f} kg) ends in zeros for {value:.0%} of its digits",
    otherwise="The net mass ({net_mass_kg:,.3f} kg) does not end in a zero",
    flags=("own-round-numbers",),
)
def round_mass_share(net_mass_kg: Values) -> Values:
    """Share of the digits of the net mass, to the gram, that are zeros at its end."""
    return _zeros_at_end(net_mass_kg * 1000)


def _zeros_at_end(amounts: Values) -> Values:
    if not isinstance(amounts, np.ndarray):
        return _share_of_zeros(amounts)
    return np.asarray(_shares_of_zeros(amounts))


def _share_of_zeros(amount):  # type: ignore[no-untyped-def]
    """Zeros at the end of a whole amount over its digits; missing below 1."""
    if not 0.5 < amount < MOST_EXACT:
        return np.nan
    left = float(round(amount))
    digits, zeros, at_end = 0, 0, True
    while left >= 1:
        at_end = at_end and left % 10 == 0
        zeros += at_end
        digits += 1
        left = left // 10
    return zeros / digits


_shares_of_zeros = vectorize(["float64(float64)"], cache=True)(_share_of_zeros)
