"""What inspections of such goods and routes found before the day.

Each outcome counts from the day it was known. Rates are smoothed: few outcomes say little, so a
rate is drawn towards that of the wider group. A group without any outcome has no rate; it is not
zero.
"""

from ..arrays import ratio, root, smoothed
from ..declare import fact, signal
from ..values import Values
from .counting import OF_GOODS, OF_IDENTICAL, RATES, hits, inspected, where_known

_IDENTICAL = ("hs_code", "country_of_origin", "country_of_dispatch", "net_mass_kg")

inspected_of_all, hits_of_all = inspected(), hits()
inspected_of_chapter, hits_of_chapter = inspected("hs2"), hits("hs2")
inspected_of_heading, hits_of_heading = inspected("hs4"), hits("hs4")
inspected_of_subheading, hits_of_subheading = inspected("hs6"), hits("hs6")
inspected_of_origin, hits_of_origin = inspected("country_of_origin"), hits("country_of_origin")
inspected_of_route = inspected("country_of_origin", "country_of_dispatch")
hits_of_route = hits("country_of_origin", "country_of_dispatch")
inspected_of_goods_route = inspected("hs4", "country_of_origin", "country_of_dispatch")
hits_of_goods_route = hits("hs4", "country_of_origin", "country_of_dispatch")
inspected_of_identical, hits_of_identical = inspected(*_IDENTICAL), hits(*_IDENTICAL)


@fact
def usual_hit_rate(hits_of_all: Values, inspected_of_all: Values) -> Values:
    """The share of all outcomes known before the day that were violations."""
    return ratio(hits_of_all, inspected_of_all)


@fact
def chapter_rate(
    hits_of_chapter: Values, inspected_of_chapter: Values, usual_hit_rate: Values
) -> Values:
    """Hit rate of the chapter, drawn towards that of all goods."""
    return smoothed(hits_of_chapter, inspected_of_chapter, usual_hit_rate, OF_GOODS)


@fact
def heading_rate(
    hits_of_heading: Values, inspected_of_heading: Values, chapter_rate: Values
) -> Values:
    """Hit rate of the heading, drawn towards that of its chapter."""
    return smoothed(hits_of_heading, inspected_of_heading, chapter_rate, OF_GOODS)


@fact
def route_rate(hits_of_route: Values, inspected_of_route: Values, usual_hit_rate: Values) -> Values:
    """Hit rate of the pair of origin and dispatch, drawn towards that of all."""
    return smoothed(hits_of_route, inspected_of_route, usual_hit_rate, OF_GOODS)


@signal(
    family="outcomes",
    says="{hits_of_chapter:.0f} of {inspected_of_chapter:.0f} inspected shipments of chapter {hs2} "
    "were violations" + RATES,
    unknown="No outcome is known of chapter {hs2}",
    risk="rises",
)
def chapter_hit_rate(chapter_rate: Values, inspected_of_chapter: Values) -> Values:
    """Share of violations among inspected shipments of the chapter, smoothed."""
    return where_known(chapter_rate, inspected_of_chapter)


@signal(
    family="outcomes",
    says="{hits_of_heading:.0f} of {inspected_of_heading:.0f} inspected shipments of heading {hs4} "
    "were violations" + RATES,
    unknown="No outcome is known of heading {hs4}",
    risk="rises",
)
def heading_hit_rate(heading_rate: Values, inspected_of_heading: Values) -> Values:
    """Share of violations among inspected shipments of the heading, smoothed."""
    return where_known(heading_rate, inspected_of_heading)


@signal(
    family="outcomes",
    says="{hits_of_subheading:.0f} of {inspected_of_subheading:.0f} inspected shipments of "
    "subheading {hs6} were violations" + RATES,
    unknown="No outcome is known of subheading {hs6}",
    risk="rises",
)
def subheading_hit_rate(
    hits_of_subheading: Values, inspected_of_subheading: Values, heading_rate: Values
) -> Values:
    """Share of violations among inspected shipments of the subheading, smoothed."""
    rate = smoothed(hits_of_subheading, inspected_of_subheading, heading_rate, OF_GOODS)
    return where_known(rate, inspected_of_subheading)


@signal(
    family="outcomes",
    says="{hits_of_origin:.0f} of {inspected_of_origin:.0f} inspected shipments originating in "
    "{country_of_origin} were violations" + RATES,
    unknown="No outcome is known of goods originating in {country_of_origin}",
    risk="rises",
)
def origin_hit_rate(
    hits_of_origin: Values, inspected_of_origin: Values, usual_hit_rate: Values
) -> Values:
    """Share of violations among inspected shipments of the country of origin, smoothed."""
    rate = smoothed(hits_of_origin, inspected_of_origin, usual_hit_rate, OF_GOODS)
    return where_known(rate, inspected_of_origin)


@signal(
    family="outcomes",
    says="{hits_of_route:.0f} of {inspected_of_route:.0f} inspected shipments from "
    "{country_of_origin} dispatched in {country_of_dispatch} were violations" + RATES,
    unknown="No outcome is known of the route from {country_of_origin} by {country_of_dispatch}",
    risk="rises",
)
def route_hit_rate(route_rate: Values, inspected_of_route: Values) -> Values:
    """Share of violations among inspected shipments of the same origin and dispatch, smoothed."""
    return where_known(route_rate, inspected_of_route)


@signal(
    family="outcomes",
    says="{hits_of_goods_route:.0f} of {inspected_of_goods_route:.0f} inspected shipments of "
    "heading {hs4} from {country_of_origin} dispatched in {country_of_dispatch} were violations"
    + RATES,
    unknown="No outcome is known of heading {hs4} on this route",
    risk="rises",
)
def goods_route_hit_rate(
    hits_of_goods_route: Values,
    inspected_of_goods_route: Values,
    heading_rate: Values,
    route_rate: Values,
) -> Values:
    """Share of violations among inspected shipments of the heading on the same route, smoothed."""
    expected = root(heading_rate * route_rate)
    rate = smoothed(hits_of_goods_route, inspected_of_goods_route, expected, OF_GOODS)
    return where_known(rate, inspected_of_goods_route)


@signal(
    family="outcomes",
    says="{hits_of_identical:.0f} of {inspected_of_identical:.0f} inspected shipments with the "
    "same code, origin, dispatch and net mass ({net_mass_kg:,.1f} kg) were violations" + RATES,
    unknown="No outcome is known of a shipment with the same code, route and mass",
    risk="rises",
)
def identical_hit_rate(
    hits_of_identical: Values, inspected_of_identical: Values, heading_rate: Values
) -> Values:
    """Share of violations among inspected shipments of the same goods, route and mass."""
    rate = smoothed(hits_of_identical, inspected_of_identical, heading_rate, OF_IDENTICAL)
    return where_known(rate, inspected_of_identical)
