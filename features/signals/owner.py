"""Who owns the firm. Sensitive: in no official list of red flags; one switch takes it out."""

from ..arrays import as_number, at_least, days_between, one_if_known, only_where, ratio
from ..columns import each_pair, each_text
from ..declare import fact, signal
from ..lists import countries_of_concern
from ..registered import Registered
from ..trailing import Trailing
from ..values import Values, known, where

# A change of owners is called recent for so many days.
RECENT = 180

owners_changed_on = Registered(of="owner_nationalities", take="changed_on")
owners_before = Registered(of="owner_nationalities", take="before_change")
concern_share_of_address_in_year = Trailing(
    by=("address_id",), of="owned_from_concern_share", days=365
)
owned_shipments_of_address_in_year = Trailing(by=("address_id",), of="owners_known", days=365)


@signal(
    family="owner",
    says="{value:.0%} of the firm is owned from a country of concern ({owner_nationalities})",
    otherwise="No owner from a country of concern is on the register",
    risk="rises",
    flags=("S-owner",),
    sees=("T1",),
    sensitive=True,
)
def owned_from_concern_share(owner_nationalities: Values, declared_on: Values) -> Values:
    """Share of the firm that owners from a country of concern hold, 0 to 1."""
    return share_of_concern(owner_nationalities, declared_on)


@signal(
    family="owner",
    says="The owners come from {value:.0f} countries ({owner_nationalities})",
    sensitive=True,
)
def owner_countries(owner_nationalities: Values) -> Values:
    """From how many countries the owners of the firm come."""
    return each_text(owner_nationalities, lambda owners: float(len(owners.split())), float)


@signal(
    family="owner",
    says="{value:.0%} of the firm is owned from abroad ({owner_nationalities})",
    otherwise="The firm is owned at home ({owner_nationalities})",
    sensitive=True,
)
def owned_from_abroad_share(owner_nationalities: Values, country_of_firm: Values) -> Values:
    """Share of the firm held from other countries than its own, 0 to 1."""
    return each_pair(owner_nationalities, country_of_firm, _held_beyond)


@signal(
    family="owner",
    says="The owners of the firm changed on {owners_changed_on} (before: {owners_before}, now: "
    "{owner_nationalities})",
    otherwise="The owners of the firm have not changed in the past 180 days",
    risk="rises",
    flags=("S-owner",),
    sensitive=True,
)
def owners_changed_lately(owner_nationalities: Values, days_since_owners_changed: Values) -> Values:
    """Whether the register learnt of other owners within 180 days before the declaration."""
    return as_number(days_since_owners_changed <= RECENT, known(owner_nationalities))


@signal(
    family="owner",
    says="Owners from a country of concern gained {value:.0%} of the firm on {owners_changed_on} "
    "(before: {owners_before}, now: {owner_nationalities})",
    otherwise="Owners from a country of concern have gained nothing in the past 180 days",
    risk="rises",
    flags=("S-owner",),
    sees=("T1",),
    sensitive=True,
)
def share_gained_by_concern(
    owned_from_concern_share: Values,
    owners_before: Values,
    days_since_owners_changed: Values,
    declared_on: Values,
) -> Values:
    """Share of the firm that passed to a country of concern in a change within 180 days."""
    gained = owned_from_concern_share - share_of_concern(owners_before, declared_on)
    recent = days_since_owners_changed <= RECENT
    return where(recent, at_least(gained, 0), 0 * owned_from_concern_share)


@signal(
    family="owner",
    says="Firms at this address, which made {owned_shipments_of_address_in_year:.0f} declarations "
    "in the past year, were owned to {value:.0%} from a country of concern on average",
    otherwise="Firms at this address, which made {owned_shipments_of_address_in_year:.0f} "
    "declarations in the past year, had no owner from a country of concern",
    unknown="No declaration of the past year came from this address",
    sensitive=True,
)
def concern_share_at_address(
    concern_share_of_address_in_year: Values, owned_shipments_of_address_in_year: Values
) -> Values:
    """How far firms at the address were owned from a country of concern, over past declarations.

    A firm owned from there at an address where none was before stands out against it.
    """
    return ratio(concern_share_of_address_in_year, owned_shipments_of_address_in_year)


@fact
def owners_known(owner_nationalities: Values) -> Values:
    """1 where the register gives the owners."""
    return one_if_known(owner_nationalities)


@fact
def days_since_owners_changed(owners_changed_on: Values, declared_on: Values) -> Values:
    """Days since the register learnt of other owners, missing where it never did."""
    return days_between(owners_changed_on, declared_on)


@fact
def country_of_firm(
    direction: Values, country_of_dispatch: Values, country_of_destination: Values
) -> Values:
    """Where the resident firm is: the goods' destination inwards, their dispatch outwards."""
    home = where(direction == "import", country_of_destination, country_of_dispatch)
    return only_where(home, direction != "transit")


def share_of_concern(owners: Values, days: Values) -> Values:
    """The share held from countries that are of concern on each day."""
    return each_pair(owners, countries_of_concern().period(days), _held_from_concern)


def _held_from_concern(owners: str, period: int) -> float:
    concern = countries_of_concern()
    shares = _shares(owners).items()
    return sum(share for country, share in shares if concern.periods(country) >> period & 1)


def _held_beyond(owners: str, home: str) -> float:
    return sum(share for country, share in _shares(owners).items() if country != home)


def _shares(owners: str) -> dict[str, float]:
    """Countries and their shares, from a text such as `KZ:0.4 RU:0.6`."""
    parts = (part.split(":") for part in owners.split())
    return {country: float(share) for country, share in parts}
