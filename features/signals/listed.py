"""Ties to parties on a list that the user supplies. A match of names is a hint, not a proof."""

from typing import Any

import numpy as np

from ..arrays import only_where, or_zero
from ..columns import each_text
from ..declare import fact, signal
from ..listed import Listed, NearListed
from ..values import Values, known, where

_PARTNER = ("partner_id", "partner_name", "partner_country")
_TRADER = ("trader_id", "trader_name", "trader_country")
NO_PROOF = " (a match is no proof: compare both)"

partner_likeness = Listed(*_PARTNER, take="likeness")
partner_closest = Listed(*_PARTNER, take="closest")
partner_match = Listed(*_PARTNER, take="match")
trader_likeness = Listed(*_TRADER, take="likeness")
trader_closest = Listed(*_TRADER, take="closest")
trader_match = Listed(*_TRADER, take="match")
listed_partner_of_trader = NearListed(of="trader_id", tie="traded")
listed_firm_of_director = NearListed(of="director_id", tie="is")
listed_firm_at_address = NearListed(of="address_id", tie="is")
listed_partner_of_director = NearListed(of="director_id", tie="traded")
listed_partner_at_address = NearListed(of="address_id", tie="traded")


@fact
def trader_country(
    direction: Values, country_of_dispatch: Values, country_of_destination: Values
) -> Values:
    """Where the resident firm is: where goods come in to, or go out from; in transit not known."""
    outward = (direction == "onward") | (direction == "export")
    country = where(outward, country_of_dispatch, country_of_destination)
    return only_where(country, outward | (direction == "import"))


@fact
def listed_party_itself(partner_match: Values, trader_match: Values) -> Values:
    """The listed party that the foreign partner or the firm itself is taken for, in words."""
    return _first_told(
        ("the partner is taken for ", partner_match), ("the firm is taken for ", trader_match)
    )


@fact
def listed_party_beside(
    listed_partner_of_trader: Values,
    listed_firm_of_director: Values,
    listed_firm_at_address: Values,
) -> Values:
    """A listed party that the firm traded with, or that shares its director or address."""
    return _first_told(
        ("the firm has traded with ", listed_partner_of_trader),
        ("the director also runs ", listed_firm_of_director),
        ("at the same address is ", listed_firm_at_address),
    )


@fact
def listed_party_further(
    listed_partner_of_director: Values, listed_partner_at_address: Values
) -> Values:
    """A listed party that another firm of the director or at the address has traded with."""
    return _first_told(
        ("a firm with the same director has traded with ", listed_partner_of_director),
        ("a firm at the same address has traded with ", listed_partner_at_address),
    )


@fact
def way_to_listed_party(
    listed_party_itself: Values,
    listed_party_beside: Values,
    listed_party_further: Values,
) -> Values:
    """The shortest known way from the shipment to a listed party, in words."""
    return _first_told(
        ("", listed_party_itself), ("", listed_party_beside), ("", listed_party_further)
    )


@signal(
    family="conduct",
    asks="parties",
    says="Steps to a listed party: {value:.0f}; {way_to_listed_party}" + NO_PROOF,
    otherwise="A party of the shipment may be on the list: {way_to_listed_party}" + NO_PROOF,
    unknown="No listed party is known within two steps of the shipment",
    risk="falls",
    flags=("A003-listed-parties",),
)
def hops_to_listed_party(
    partner_match: Values,
    trader_match: Values,
    listed_partner_of_trader: Values,
    listed_firm_of_director: Values,
    listed_firm_at_address: Values,
    listed_partner_of_director: Values,
    listed_partner_at_address: Values,
) -> Values:
    """Steps to a listed party: 0 the firm or partner, 1 or 2 by director, address or past trade.

    Missing where none is known within two steps, or no list was supplied.
    """
    beside = known(listed_partner_of_trader) | known(listed_firm_of_director)
    beside = beside | known(listed_firm_at_address)
    further = known(listed_partner_of_director) | known(listed_partner_at_address)
    steps = where(beside, 1.0, where(further, 2.0, np.nan))
    return where(known(partner_match) | known(trader_match), 0.0, steps)


@fact
def closest_listed_name(
    partner_likeness: Values,
    trader_likeness: Values,
    partner_closest: Values,
    trader_closest: Values,
) -> Values:
    """The listed party with the name most like the partner's or the firm's, in words."""
    by_partner = or_zero(partner_likeness) >= or_zero(trader_likeness)
    return _first_told(
        ("the partner's is like ", only_where(partner_closest, by_partner)),
        ("the firm's is like ", trader_closest),
    )


@signal(
    family="conduct",
    asks="parties",
    says="A name is {value:.0%} like one on the list: {closest_listed_name}" + NO_PROOF,
    otherwise="Neither the partner's name nor the firm's is like one on the list",
    unknown="No name of the partner or the firm is known, or no list was supplied",
    risk="rises",
    flags=("A003-listed-parties",),
)
def listed_name_likeness(partner_likeness: Values, trader_likeness: Values) -> Values:
    """How alike the partner's or the firm's name is to the most similar listed one, 0 to 1.

    Below 0.8 counts as 0; a name in another country than the listed party's is 0.05 less alike.
    """
    partner_closer = partner_likeness >= or_zero(trader_likeness)
    return where(partner_closer, partner_likeness, trader_likeness)


def _first_told(*ways: tuple[str, Values]) -> Values:
    """The first text that each record has, with the words that go before it."""
    told: Any = None
    for begin, texts in reversed(ways):
        told = where(known(texts), each_text(texts, begin.__add__), told)
    return told
