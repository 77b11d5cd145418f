"""Whether goods, firms and countries usually come this way, and whether the way is changing."""

from ..arrays import as_number, at_most, log, smoothed
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, known

# So many shipments at the wider group's share are added to those of a group.
OF_PAIR, OF_BORDER, OF_CHANGE = 20.0, 20.0, 10.0

shipments_of_trader_at_border = Trailing(by=("trader_id", "border_office"))
shipments_of_trader_by_mode = Trailing(by=("trader_id", "mode_of_transport"))

arrivals = Trailing(by=(), of="coming_in")
arrivals_from_dispatch = Trailing(by=("inward_dispatch",))
arrivals_of_origin = Trailing(by=("country_of_origin",), of="coming_in")
arrivals_of_origin_by_dispatch = Trailing(by=("country_of_origin", "inward_dispatch"))

shipments_at_border = Trailing(by=("border_office",))
arrivals_by_mode = Trailing(by=("inward_dispatch", "mode_of_transport"))
arrivals_by_mode_at_border = Trailing(by=("inward_dispatch", "mode_of_transport", "border_office"))

heading_arrivals_in_90_days = Trailing(by=("hs4",), of="coming_in", days=90)
heading_arrivals_in_455_days = Trailing(by=("hs4",), of="coming_in", days=455)
heading_by_dispatch_in_90_days = Trailing(by=("hs4", "inward_dispatch"), days=90)
heading_by_dispatch_in_455_days = Trailing(by=("hs4", "inward_dispatch"), days=455)
chapter_arrivals_in_90_days = Trailing(by=("hs2",), of="coming_in", days=90)
chapter_arrivals_in_455_days = Trailing(by=("hs2",), of="coming_in", days=455)
chapter_by_dispatch_in_90_days = Trailing(by=("hs2", "inward_dispatch"), days=90)
chapter_by_dispatch_in_455_days = Trailing(by=("hs2", "inward_dispatch"), days=455)


@signal(
    family="route",
    says="The firm never used border office {border_office} in {shipments_of_trader:.0f} earlier "
    "declarations",
    otherwise="The firm has used border office {border_office} before",
    unknown="No border office is given, or no earlier declaration of the firm is on record",
    risk="rises",
    flags=("A003-route",),
    sees=("T7",),
)
def border_office_new_to_trader(
    shipments_of_trader_at_border: Values, shipments_of_trader: Values
) -> Values:
    """Whether a firm that has traded before crosses at this border office for the first time."""
    told = (shipments_of_trader > 0) & known(shipments_of_trader_at_border)
    return as_number(shipments_of_trader_at_border == 0, told)


@signal(
    family="route",
    says="The firm never used this mode of transport in {shipments_of_trader:.0f} earlier "
    "declarations",
    otherwise="The firm has used this mode of transport {shipments_of_trader_by_mode:.0f} times",
    unknown="No mode of transport is given, or no earlier declaration of the firm is on record",
    risk="rises",
    flags=("A003-route",),
    sees=("T7",),
)
def mode_new_to_trader(shipments_of_trader_by_mode: Values, shipments_of_trader: Values) -> Values:
    """Whether a firm that has traded before uses this mode of transport for the first time."""
    told = (shipments_of_trader > 0) & known(shipments_of_trader_by_mode)
    return as_number(shipments_of_trader_by_mode == 0, told)


@fact
def dispatch_share(arrivals_from_dispatch: Values, arrivals: Values) -> Values:
    """The share of the country of dispatch in all that came from abroad, never quite zero."""
    return (arrivals_from_dispatch + 1) / (arrivals + 1000)


@signal(
    family="route",
    asks="transport",
    says="{arrivals_of_origin_by_dispatch:.0f} of {arrivals_of_origin:.0f} past shipments of goods "
    "of {country_of_origin} were dispatched from {country_of_dispatch}",
    unknown="No usual dispatch is known: the goods do not come from abroad, or a country is not "
    "given",
    risk="rises",
    flags=("A003-route", "EU-route"),
    sees=("T7",),
)
def origin_dispatch_surprise(
    arrivals_of_origin_by_dispatch: Values,
    arrivals_of_origin: Values,
    dispatch_share: Values,
) -> Values:
    """How unusual the dispatch country is for goods of this origin: minus the log of its share.

    The share is smoothed towards that of the dispatch country in all that comes from abroad.
    """
    usual = dispatch_share
    share = smoothed(arrivals_of_origin_by_dispatch, arrivals_of_origin, usual, OF_PAIR)
    return -log(share)


@signal(
    family="route",
    says="{arrivals_by_mode_at_border:.0f} of {arrivals_by_mode:.0f} past shipments from "
    "{country_of_dispatch} by this mode crossed at border office {border_office}",
    unknown="No usual border office is known: the goods do not come from abroad, or the papers "
    "leave dispatch, mode or office open",
    risk="rises",
    flags=("A003-route",),
    sees=("T7",),
)
def border_office_surprise(
    arrivals_by_mode_at_border: Values,
    arrivals_by_mode: Values,
    shipments_at_border: Values,
    shipments_of_all: Values,
) -> Values:
    """How unusual the border office is for the dispatch country and mode: minus log of its share.

    The share is smoothed towards that of the office in all shipments.
    """
    usual = (shipments_at_border + 1) / (shipments_of_all + 1000)
    return -log(smoothed(arrivals_by_mode_at_border, arrivals_by_mode, usual, OF_BORDER))


@fact
def heading_arrivals_before(
    heading_arrivals_in_455_days: Values, heading_arrivals_in_90_days: Values
) -> Values:
    """Shipments of the heading from abroad in the year before the past 90 days."""
    return heading_arrivals_in_455_days - heading_arrivals_in_90_days


@fact
def heading_by_dispatch_before(
    heading_by_dispatch_in_455_days: Values, heading_by_dispatch_in_90_days: Values
) -> Values:
    """Shipments of the heading from the dispatch country in the year before the past 90 days."""
    return heading_by_dispatch_in_455_days - heading_by_dispatch_in_90_days


@fact
def dispatch_growth_in_chapter(
    chapter_by_dispatch_in_90_days: Values,
    chapter_by_dispatch_in_455_days: Values,
    chapter_arrivals_in_90_days: Values,
    chapter_arrivals_in_455_days: Values,
    dispatch_share: Values,
) -> Values:
    """Share of the dispatch country in the chapter in 90 days, over that in the year before."""
    return _growth_of_share(
        (chapter_by_dispatch_in_90_days, chapter_arrivals_in_90_days),
        (chapter_by_dispatch_in_455_days, chapter_arrivals_in_455_days),
        dispatch_share,
        1.0,
    )


@signal(
    family="route",
    says="{country_of_dispatch} sent {heading_by_dispatch_in_90_days:.0f} of "
    "{heading_arrivals_in_90_days:.0f} shipments of heading {hs4} in the past 90 days, against "
    "{heading_by_dispatch_before:.0f} of {heading_arrivals_before:.0f} in the year before",
    unknown="No change of the dispatch country's share is known: the goods do not come from abroad",
    risk="rises",
    flags=("S-displacement", "A003-route"),
    sees=("T7",),
)
def dispatch_rises(
    heading_by_dispatch_in_90_days: Values,
    heading_by_dispatch_in_455_days: Values,
    heading_arrivals_in_90_days: Values,
    heading_arrivals_in_455_days: Values,
    dispatch_share: Values,
    dispatch_growth_in_chapter: Values,
) -> Values:
    """Growth of the dispatch country's share in the heading: log of 90 days over the year before.

    Few shipments say little: the growth is drawn towards that in the chapter, and this to none.
    """
    return log(
        _growth_of_share(
            (heading_by_dispatch_in_90_days, heading_arrivals_in_90_days),
            (heading_by_dispatch_in_455_days, heading_arrivals_in_455_days),
            dispatch_share,
            dispatch_growth_in_chapter,
        )
    )


def _growth_of_share(
    lately: tuple[Values, Values],
    in_455_days: tuple[Values, Values],
    usual: Values,
    expected: Values | float,
) -> Values:
    """How many times its share of the year before a part has in the past 90 days.

    lately, in_455_days: part and whole. usual: the part's share in a wider group. expected: its
    growth there, from which few shipments do not lead far away.
    """
    of_both = smoothed(*in_455_days, usual, OF_CHANGE)
    part, whole = (longer - shorter for longer, shorter in zip(in_455_days, lately, strict=True))
    before = smoothed(part, whole, of_both, OF_CHANGE)
    return smoothed(*lately, at_most(before * expected, 1), OF_CHANGE) / before
