"""What the firm shares with others, its address and its director, and whom it acts for."""

import numpy as np

from ..arrays import only_where, ratio, smoothed
from ..columns import each_text
from ..declare import fact, signal
from ..lists import intermediaries, intermediary
from ..registered import Registered
from ..trailing import Trailing
from ..values import Values, known, where

YEAR = 365
# So many firms of the usual age are added to those of an address or a director, and so many
# declarations of the usual goods to those of an address.
OF_FIRMS, OF_SHIPMENTS = 3.0, 20.0
FOR_ITSELF = "a trader or maker"

firms_at_address_on_register = Registered(of="address_id")
young_firms_at_address = Registered(of="address_id", younger_than=YEAR)
firms_of_director_on_register = Registered(of="director_id")
young_firms_of_director = Registered(of="director_id", younger_than=YEAR)
firms_on_register = Registered()
young_firms_on_register = Registered(younger_than=YEAR)
shipments_of_address_in_year = Trailing(by=("address_id",), days=YEAR)
listed_shipments_of_address_in_year = Trailing(by=("address_id",), of="listed_goods", days=YEAR)
all_shipments_in_year = Trailing(by=(), days=YEAR)
all_listed_shipments_in_year = Trailing(by=(), of="listed_goods", days=YEAR)


@fact
def usual_young_share(young_firms_on_register: Values, firms_on_register: Values) -> Values:
    """The share of all firms on the register that are under a year old."""
    return ratio(young_firms_on_register, firms_on_register)


@fact
def usual_listed_share(
    all_listed_shipments_in_year: Values, all_shipments_in_year: Values
) -> Values:
    """The share of priority goods in all declarations of the past year."""
    return ratio(all_listed_shipments_in_year, all_shipments_in_year)


@signal(
    family="firm",
    says="Firms registered at the address {address_id}: {value:.0f}",
    unknown="No firm is known at the address",
    flags=("A003-shared-address",),
    sees=("T1",),
)
def firms_at_address(firms_at_address_on_register: Values) -> Values:
    """How many firms the register has at the firm's address, itself among them."""
    return _some(firms_at_address_on_register)


@signal(
    family="firm",
    says="{young_firms_at_address:.0f} of {firms_at_address_on_register:.0f} firms at the address "
    "are under a year old (smoothed {value:.0%}, usual {usual_young_share:.0%})",
    unknown="No other firm is known at the address",
    risk="rises",
    flags=("A003-shared-address",),
    sees=("T1",),
)
def young_share_at_address(
    young_firms_at_address: Values,
    firms_at_address_on_register: Values,
    usual_young_share: Values,
) -> Values:
    """Share of firms under a year old at a shared address, smoothed; missing where not shared."""
    return _young_share(young_firms_at_address, firms_at_address_on_register, usual_young_share)


@signal(
    family="firm",
    says="Firms that the director {director_id} runs: {value:.0f}",
    unknown="No firm of the director is known",
    flags=("A003-shared-director",),
    sees=("T1",),
)
def firms_of_director(firms_of_director_on_register: Values) -> Values:
    """How many firms the register has under the firm's director, itself among them."""
    return _some(firms_of_director_on_register)


@signal(
    family="firm",
    says="{young_firms_of_director:.0f} of {firms_of_director_on_register:.0f} firms that the "
    "director runs are under a year old (smoothed {value:.0%}, usual {usual_young_share:.0%})",
    unknown="No other firm of the director is known",
    risk="rises",
    flags=("A003-shared-director",),
    sees=("T1",),
)
def young_share_of_director(
    young_firms_of_director: Values,
    firms_of_director_on_register: Values,
    usual_young_share: Values,
) -> Values:
    """Share of firms under a year old under a director of several, smoothed."""
    return _young_share(young_firms_of_director, firms_of_director_on_register, usual_young_share)


@signal(
    family="firm",
    says="{listed_shipments_of_address_in_year:.0f} of {shipments_of_address_in_year:.0f} "
    "declarations from the address in the past year were of priority goods (smoothed {value:.0%}, "
    "usual {usual_listed_share:.0%})",
    unknown="No declaration of the past year came from the address",
    risk="rises",
    flags=("own-shared-address",),
    sees=("T1",),
)
def address_priority_share(
    listed_shipments_of_address_in_year: Values,
    shipments_of_address_in_year: Values,
    usual_listed_share: Values,
) -> Values:
    """Share of listed goods in the past year's declarations by firms at the address, smoothed."""
    share = smoothed(
        listed_shipments_of_address_in_year,
        shipments_of_address_in_year,
        usual_listed_share,
        OF_SHIPMENTS,
    )
    return where(shipments_of_address_in_year > 0, share, np.nan)


@fact
def line_of_business(activity_code: Values, declared_on: Values) -> Values:
    """What the firm does for others by its activity code: a forwarder, a courier, a bank …"""
    dated = intermediaries()
    acts = dated.hold(each_text(activity_code, _periods_of_acting, np.int64), declared_on)
    what = where(acts, each_text(activity_code, _acting), FOR_ITSELF)
    return only_where(what, known(activity_code))


@signal(
    family="firm",
    asks="firm",
    says="The firm is {line_of_business} (activity code {activity_code}), which as a rule acts "
    "for others",
    otherwise="By its activity code ({activity_code}) the firm acts for itself",
    risk="rises",
    flags=("A003-forwarder", "A004-forwarder"),
)
def acts_for_others(line_of_business: Values) -> Values:
    """Whether the firm is a forwarder, mail service, bank or the like by its activity code."""
    return each_text(line_of_business, lambda what: float(what != FOR_ITSELF), float)


def _some(firms: Values) -> Values:
    return where(firms > 0, firms, np.nan)


def _young_share(young: Values, firms: Values, usual: Values) -> Values:
    return where(firms > 1, smoothed(young, firms, usual, OF_FIRMS), np.nan)


def _acting(activity_code: str) -> str:
    listed = intermediary(activity_code)
    return listed[1] if listed else FOR_ITSELF


def _periods_of_acting(activity_code: str) -> int:
    listed = intermediary(activity_code)
    return intermediaries().periods(listed[0]) if listed else 0
