"""How long ago a party was last found in violation, or looked at."""

from ..arrays import days_between
from ..declare import signal
from ..trailing import Trailing
from ..values import Values


def _last_violation(*by: str) -> Trailing:
    return Trailing(by=by, of="violation", on="known_on", take="last_day")


last_violation_of_trader = _last_violation("trader_id")
last_violation_of_partner = _last_violation("partner_id")
last_violation_of_declarant = _last_violation("declarant_id")
last_violation_at_address = _last_violation("address_id")
last_inspection_of_trader = Trailing(by=("trader_id",), on="known_on", take="last_day")


@signal(
    family="outcomes",
    says="The last violation of the firm was known {value:.0f} days ago",
    unknown="No violation of the firm is known",
    risk="falls",
)
def days_since_violation_of_trader(last_violation_of_trader: Values, declared_on: Values) -> Values:
    """Days since a violation of the firm became known; missing where none is."""
    return days_between(last_violation_of_trader, declared_on)


@signal(
    family="outcomes",
    says="The last violation of the foreign partner was known {value:.0f} days ago",
    unknown="No violation of the foreign partner is known",
    risk="falls",
)
def days_since_violation_of_partner(
    last_violation_of_partner: Values, declared_on: Values
) -> Values:
    """Days since a violation of the foreign partner became known; missing where none is."""
    return days_between(last_violation_of_partner, declared_on)


@signal(
    family="outcomes",
    says="The last violation in what the declarant filed was known {value:.0f} days ago",
    unknown="No violation in what the declarant filed is known",
    risk="falls",
    flags=("S-broker",),
    sees=("T8",),
)
def days_since_violation_of_declarant(
    last_violation_of_declarant: Values, declared_on: Values
) -> Values:
    """Days since a violation in what the declarant filed became known; missing where none is."""
    return days_between(last_violation_of_declarant, declared_on)


@signal(
    family="outcomes",
    says="The last violation of a firm at the address was known {value:.0f} days ago",
    unknown="No violation of a firm at the address is known",
    risk="falls",
    flags=("own-shared-address",),
)
def days_since_violation_at_address(
    last_violation_at_address: Values, declared_on: Values
) -> Values:
    """Days since a violation of a firm at the address became known; missing where none is."""
    return days_between(last_violation_at_address, declared_on)


@signal(
    family="outcomes",
    says="The last outcome of an inspection of the firm was known {value:.0f} days ago",
    unknown="No inspection of the firm is known",
)
def days_since_inspected(last_inspection_of_trader: Values, declared_on: Values) -> Values:
    """Days since the outcome of any inspection of the firm became known; missing at the first."""
    return days_between(last_inspection_of_trader, declared_on)
