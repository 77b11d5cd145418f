"""The red flags that signals compute: who published them, and when each of them stands."""

from typing import NamedTuple


class Source(NamedTuple):
    """Who published red flags. official: an authority's own list."""

    name: str
    official: bool = False


class RedFlag(NamedTuple):
    """One red flag.

    source: a key of SOURCES. number: its number in the source, where it was read. stands: the fact
    or signal that is above 0 where the flag's own condition holds; without it, what the signal
    found is the condition. not_computed: why no signal computes it.
    """

    source: str
    says: str
    number: str = ""
    stands: str = ""
    not_computed: str = ""


SOURCES = {
    "A003": Source("FinCEN and BIS, joint alert FIN-2022-Alert003", official=True),
    "A004": Source("FinCEN and BIS, supplemental alert FIN-2023-Alert004", official=True),
    "UK": Source("National Economic Crime Centre, red alert of December 2023", official=True),
    "EU": Source(
        "European Commission, guidance of September 2023; critical goods of October 2023",
        official=True,
    ),
    "CEPR": Source("CEPR discussion paper 20097"),
    "EBRD": Source("EBRD, working paper on trade through the Caucasus and Central Asia, 2023"),
    "S": Source("press reports; in no official list"),
    "own": Source("our own derivation; in no list"),
}

_FOUNDED_SINCE = "registered_after_controls_for_listed"

RED_FLAGS = {
    "A003-forwarder": RedFlag("A003", "the consignee is a forwarder, a mail service or a bank"),
    "A003-late-changes": RedFlag("A003", "papers are changed at the last minute"),
    "A003-listed-parties": RedFlag(
        "A003", "ties to state-owned or listed parties", stands="tied_to_listed_party"
    ),
    "A003-new-partners": RedFlag(
        "A003", "the firm turns quickly to new partners", stands="partner_is_new"
    ),
    "A003-route": RedFlag("A003", "the goods take an unusual way"),
    "A003-shared-address": RedFlag(
        "A003", "many young firms share an address", stands="address_is_shared"
    ),
    "A003-shared-director": RedFlag(
        "A003", "many young firms share a director", stands="director_is_shared"
    ),
    "A003-third-country-payer": RedFlag(
        "A003", "a firm of a third country pays", stands="third_country_trades"
    ),
    "A003-transshipment": RedFlag("A003", "the goods come through a transshipment point"),
    "A004-1": RedFlag(
        "A004", "a firm founded after 24 February 2022 pays for such goods", "1", _FOUNDED_SINCE
    ),
    "A004-2": RedFlag(
        "A004", "a new firm founded after that day trades in listed goods", "2", _FOUNDED_SINCE
    ),
    "A004-3": RedFlag(
        "A004",
        "a firm buys listed goods that it did not buy before",
        "3",
        "listed_goods_since_controls",
    ),
    "A004-4": RedFlag("A004", "purchases of listed goods rise suddenly", "4", "listed_goods"),
    "A004-6": RedFlag("A004", "many small orders go to similar suppliers", "6"),
    "A004-8": RedFlag("A004", "the buyer overpays", "8", "paid_above_usual"),
    "A004-business-line": RedFlag(
        "A004", "the goods do not fit the line of business", stands="goods_beyond_business_line"
    ),
    "A004-forwarder": RedFlag("A004", "the consignee is a mail centre or a logistics firm"),
    "A004-priority-list": RedFlag("A004", "the goods are on the list that asks for a closer look"),
    "CEPR-ghost-trade": RedFlag("CEPR", "goods leave for a country and are not seen to arrive"),
    "EBRD-excess-growth": RedFlag("EBRD", "sanctioned goods outgrow all others"),
    "EU-critical-goods": RedFlag(
        "EU", "the goods are economically critical, or of aviation", stands="concern_of_the_eu"
    ),
    "EU-route": RedFlag("EU", "the goods take a complex or unusual way"),
    "S-absorption": RedFlag("S", "more comes in than the country can use"),
    "S-broker": RedFlag("S", "a few declarants carry much of the risky trade"),
    "S-cannibalised": RedFlag("S", "appliances are taken apart for their chips"),
    "S-displacement": RedFlag("S", "after a crackdown the goods come through another hub"),
    "S-ghost-trade": RedFlag("S", "goods enter and are neither used nor sent on by paper"),
    "S-hs-change": RedFlag("S", "the code changes between two papers"),
    "S-misdeclared": RedFlag("S", "value, mass or words do not fit the code"),
    "S-onward-surge": RedFlag("S", "far more than before is sent on"),
    "S-owner": RedFlag("S", "owners from the country of concern"),
    "UK-absorption": RedFlag("UK", "more comes in than the country can use"),
    "UK-business-line": RedFlag(
        "UK", "the item does not fit the line of business", "8", "goods_beyond_business_line"
    ),
    "UK-new-firm": RedFlag(
        "UK", "a firm founded after 24 February 2022 buys listed goods", "1", _FOUNDED_SINCE
    ),
    "UK-overpay": RedFlag(
        "UK", "the buyer clearly overpays for listed goods", "4", "paid_above_usual_for_listed"
    ),
    "UK-small-orders": RedFlag(
        "UK", "small payments to similar suppliers of listed goods", "3", "listed_goods"
    ),
    "own-brand-left": RedFlag("own", "a brand that no longer sells to the country of concern"),
    "own-complicit-post": RedFlag("own", "a post finds other than posts like it"),
    "own-empty-cells": RedFlag("own", "more is left out than on the usual paper"),
    "own-partner": RedFlag("own", "the partner deals mostly in listed goods"),
    "own-round-numbers": RedFlag("own", "value or mass is a round number"),
    "own-shared-address": RedFlag(
        "own", "what firms at the address traded, or what was found", stands="address_is_shared"
    ),
    "own-shared-director": RedFlag(
        "own", "what was found at firms of the director", stands="director_is_shared"
    ),
}
