"""The way the goods came, and whether goods like these usually come that way."""

from ..arrays import as_number, differ, log, smoothed
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, known

shipments_in_heading_on_route = Trailing(
    by=("hs4", "country_of_dispatch", "customs_office", "mode_of_transport")
)
shipments_on_route = Trailing(by=("country_of_dispatch", "customs_office", "mode_of_transport"))
shipments_of_trader_from_country = Trailing(by=("trader_id", "country_of_dispatch"))


@signal(
    family="route",
    asks="transport",
    says="The goods originate in {country_of_origin} but were dispatched from "
    "{country_of_dispatch}",
    otherwise="The goods were dispatched from their country of origin ({country_of_origin})",
    risk="rises",
    flags=("A003-route", "EU-route"),
    sees=("T7",),
)
def origin_not_dispatch(country_of_origin: Values, country_of_dispatch: Values) -> Values:
    """Whether the goods were dispatched from another country than they originate in."""
    return differ(country_of_origin, country_of_dispatch)


@fact
def route_share_overall(shipments_on_route: Values, shipments_of_all: Values) -> Values:
    """The share of the route in all past declarations, never quite zero."""
    return (shipments_on_route + 1) / (shipments_of_all + 1000)


@signal(
    family="route",
    asks="transport",
    says="{shipments_in_heading_on_route:.0f} of {shipments_in_heading:.0f} past shipments of "
    "heading {hs4} came from {country_of_dispatch} by this mode through this office",
    risk="rises",
    flags=("A003-route", "EU-route"),
    sees=("T7",),
)
def route_surprise(
    shipments_in_heading_on_route: Values,
    shipments_in_heading: Values,
    route_share_overall: Values,
) -> Values:
    """How unusual dispatch country, office and mode are for the goods: minus log of their share.

    The share among past shipments of the heading is smoothed towards that among all shipments.
    """
    share = smoothed(
        shipments_in_heading_on_route, shipments_in_heading, route_share_overall, weight=20
    )
    return -log(share)


@signal(
    family="route",
    says="The firm never received goods from {country_of_dispatch} in "
    "{shipments_of_trader:.0f} earlier declarations",
    otherwise="The firm has received goods from {country_of_dispatch} before",
    risk="rises",
    flags=("A003-route",),
    sees=("T7",),
)
def dispatch_new_to_trader(
    shipments_of_trader_from_country: Values, shipments_of_trader: Values
) -> Values:
    """Whether a firm that has traded before receives goods from this country the first time."""
    told = (shipments_of_trader > 0) & known(shipments_of_trader_from_country)
    return as_number(shipments_of_trader_from_country == 0, told)


@signal(
    family="route",
    asks="transport",
    says="The contract is with {trading_country}: neither origin ({country_of_origin}), dispatch "
    "({country_of_dispatch}) nor destination ({country_of_destination})",
    otherwise="The trading country ({trading_country}) lies on the route of the goods",
    risk="rises",
    flags=("A003-third-country-payer",),
)
def third_country_trades(
    trading_country: Values,
    country_of_origin: Values,
    country_of_dispatch: Values,
    country_of_destination: Values,
) -> Values:
    """Whether the trading country is none of origin, dispatch and destination."""
    elsewhere = (trading_country != country_of_origin) & (trading_country != country_of_dispatch)
    elsewhere &= trading_country != country_of_destination
    return as_number(elsewhere, known(trading_country) & known(country_of_dispatch))
