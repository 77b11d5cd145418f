"""The way of the goods, and how usual each part of it is."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shiprisk.features import in_force

from .past import NotKnown, Past

Role = Literal["origin", "dispatch", "transit", "border", "office", "destination", "seller"]


@dataclass(frozen=True)
class Stop:
    """A place on the way. country: alpha-2, or None for an office, which `office` then names.

    hub: a listed transshipment point through which goods made elsewhere come in, or from where they
    are sold. concern: a country of concern. Both by the lists in force on the day.
    """

    roles: tuple[Role, ...]
    country: str | None = None
    office: str | None = None
    hub: bool = False
    concern: bool = False


@dataclass(frozen=True)
class Usual:
    """So many of the past shipments that could have come this way did. what: a key of words."""

    what: str
    part: int
    of: int


@dataclass(frozen=True)
class Route:
    """The stops in order; the seller's country, if it lies elsewhere; mode by its UN/ECE code."""

    stops: tuple[Stop, ...]
    seller: Stop | None
    mode: str | None
    usual: tuple[Usual, ...]
    goods: str | None


# What was asked of the past, its part and its whole.
_USUAL = (
    ("origin_dispatch", "arrivals_of_origin_by_dispatch", "arrivals_of_origin"),
    ("dispatch", "heading_by_dispatch_in_455_days", "heading_arrivals_in_455_days"),
    ("border", "arrivals_by_mode_at_border", "arrivals_by_mode"),
    ("whole", "shipments_in_heading_on_route", "shipments_in_heading"),
    ("firm", "shipments_of_trader_from_country", "shipments_of_trader"),
)


def route_of(past: Past) -> Route:
    """The way as declared."""
    stops = _merged(_ordered(past))
    countries = {stop.country for stop in stops if stop.country}
    if not countries:
        raise NotKnown("pictures.route.no_country")
    seller = past.value("trading_country")
    aside = seller is not None and seller not in countries
    return Route(
        tuple(stops),
        _stop(past, "seller", seller) if aside else None,
        past.value("mode_of_transport"),
        tuple(_usual(past)),
        past.value("hs4"),
    )


def _ordered(past: Past) -> list[Stop]:
    """The stops from the origin to the destination; the office lies in the country itself."""
    through = (past.value("transit_countries") or "").split()
    transit = [_stop(past, "transit", country) for country in through]
    border = _office("border", past.value("border_office"))
    office = _office("office", past.value("customs_office"))
    first = _countries(past, "origin", "dispatch")
    last = _countries(past, "destination")
    if past.value("direction") in ("import", "transit"):
        return [*first, *transit, *border, *office, *last]
    return [*first, *office, *border, *transit, *last]


def _office(role: Role, office: str | None) -> list[Stop]:
    return [Stop((role,), office=office)] if office else []


def _countries(past: Past, *roles: Role) -> list[Stop]:
    named = {role: past.value(f"country_of_{role}") for role in roles}
    return [_stop(past, role, country) for role, country in named.items() if country]


def _stop(past: Past, role: Role, country: str) -> Stop:
    passed = role in ("transit", "seller") or (role == "dispatch" and past.value("coming_in") == 1)
    elsewhere = country != past.value("country_of_origin")
    hub = passed and elsewhere and _listed("hubs", past, country)
    return Stop((role,), country, None, hub, _listed("concern", past, country))


def _listed(name: Literal["hubs", "concern"], past: Past, country: str) -> bool:
    day = np.array([past.day], dtype="datetime64[D]")
    return bool(in_force(name, np.array([country], dtype=object), day)[0])


def _merged(stops: list[Stop]) -> list[Stop]:
    """Neighbours of one country are one stop with several roles."""
    kept: list[Stop] = []
    for stop in stops:
        if kept and stop.country and kept[-1].country == stop.country:
            before = kept.pop()
            hub = before.hub or stop.hub
            stop = replace(stop, roles=(*before.roles, *stop.roles), hub=hub)
        kept.append(stop)
    return kept


def _usual(past: Past) -> list[Usual]:
    """Each share that the past can tell: what has no whole says nothing."""
    told = []
    for what, part, whole in _USUAL:
        of = past.count(whole)
        if of and past.value(part) is not None:
            told.append(Usual(what, past.count(part), of))
    return told
