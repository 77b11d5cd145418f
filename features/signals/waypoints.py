"""Where the goods pass: hubs, detours, and countries of concern."""

import numpy as np

from ..arrays import as_number, only_where, ratio
from ..declare import fact, signal
from ..lists import any_in_force, in_force, km_between
from ..values import Values, known, missing, where


@fact
def coming_in(direction: Values) -> Values:
    """1 for what comes from abroad (imports and transit), missing for what leaves."""
    return where((direction == "import") | (direction == "transit"), 1.0, np.nan)


@fact
def inward_dispatch(coming_in: Values, country_of_dispatch: Values) -> Values:
    """The country of dispatch of what comes from abroad; what leaves is all sent from here."""
    return only_where(country_of_dispatch, known(coming_in))


@signal(
    family="route",
    asks="transport",
    says="The goods ({country_of_origin}) were dispatched from {country_of_dispatch}, a "
    "transshipment point on the list of the day",
    otherwise="The goods did not come by way of a listed transshipment point",
    unknown="No hub is looked for: the goods do not come from abroad, or the papers do not say "
    "where they were made and sent from",
    risk="rises",
    flags=("A003-transshipment",),
    sees=("T7",),
)
def sent_from_hub(
    inward_dispatch: Values, country_of_origin: Values, declared_on: Values
) -> Values:
    """Whether goods made elsewhere were dispatched from a listed transshipment point."""
    hub = in_force("hubs", inward_dispatch, declared_on) & (inward_dispatch != country_of_origin)
    return as_number(hub, known(inward_dispatch) & known(country_of_origin))


@signal(
    family="route",
    asks="transport",
    says="The goods ({country_of_origin}) were sold from {trading_country}, a transshipment point "
    "on the list of the day",
    otherwise="The goods were not sold from a listed transshipment point",
    unknown="No hub is looked for: the goods do not come from abroad, or the papers do not say "
    "where they were made and sold from",
    risk="rises",
    flags=("A003-transshipment", "A003-third-country-payer"),
    sees=("T7",),
)
def sold_from_hub(
    coming_in: Values,
    trading_country: Values,
    country_of_origin: Values,
    declared_on: Values,
) -> Values:
    """Whether goods made elsewhere were sold by a firm of a listed transshipment point."""
    hub = in_force("hubs", trading_country, declared_on) & (trading_country != country_of_origin)
    told = known(coming_in) & known(trading_country) & known(country_of_origin)
    return as_number(hub, told)


@fact
def straight_km(country_of_origin: Values, country_of_destination: Values) -> Values:
    """Kilometres of the great circle from origin to destination."""
    return km_between(country_of_origin, country_of_destination)


@fact
def by_dispatch_km(
    country_of_origin: Values,
    country_of_dispatch: Values,
    country_of_destination: Values,
) -> Values:
    """Kilometres from origin to destination by way of the country of dispatch."""
    to_dispatch = km_between(country_of_origin, country_of_dispatch)
    return to_dispatch + km_between(country_of_dispatch, country_of_destination)


@signal(
    family="route",
    asks="transport",
    says="From {country_of_origin} by {country_of_dispatch} to {country_of_destination} is "
    "{value:.1f} times the straight way ({by_dispatch_km:,.0f} against {straight_km:,.0f} km)",
    risk="rises",
    flags=("A003-route", "EU-route"),
    sees=("T7",),
)
def detour(by_dispatch_km: Values, straight_km: Values) -> Values:
    """How many times the straight way the goods travel by way of their country of dispatch.

    Between capitals. It also measures goods sent on: what was made near their end and came here.
    """
    return ratio(by_dispatch_km, straight_km)


@signal(
    family="route",
    asks="transport",
    says="Transit to {country_of_destination} crosses a country of concern ({transit_countries})",
    otherwise="Transit to {country_of_destination} crosses no country of concern",
    unknown="No transit, or one whose route is not given",
    risk="rises",
    flags=("EU-route",),
    sees=("T5",),
)
def transit_through_concern(
    direction: Values,
    transit_countries: Values,
    country_of_destination: Values,
    declared_on: Values,
) -> Values:
    """Whether transit leads through or to a country of concern, where goods can stay behind."""
    bound = in_force("concern", country_of_destination, declared_on)
    crosses = bound | any_in_force("concern", transit_countries, declared_on)
    return as_number(crosses, (direction == "transit") & (bound | known(transit_countries)))


@signal(
    family="route",
    asks="transport",
    says="The goods ({hs_code}) leave for {country_of_destination}, a country of concern",
    otherwise="The goods leave for {country_of_destination}, no country of concern",
    unknown="No goods that leave, or their destination is not given",
    risk="rises",
    flags=("A003-transshipment",),
    sees=("T1",),
)
def leaves_for_concern(
    coming_in: Values, country_of_destination: Values, declared_on: Values
) -> Values:
    """Whether goods that leave go to a country of concern."""
    leaving = missing(coming_in) & known(country_of_destination)
    return as_number(in_force("concern", country_of_destination, declared_on), leaving)
