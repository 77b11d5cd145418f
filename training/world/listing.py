"""The list of parties in a world: late, incomplete, and with names like those of honest firms."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import names
from .columns import Columns, count, joined, taken
from .countries import COUNTRIES, HOME
from .draw import Array, Generator, chance, scattered, stream
from .evasion import FIRST_OWN_PARTNER, OWN_PARTNERS
from .firms import NEVER, Means
from .names import TEXT

if TYPE_CHECKING:
    from .networks import Networks

PARTNERS_LISTED, FIRMS_LISTED = 0.45, 0.07  # of those that networks use
DELAY_LEAST, DELAY_MEAN = 25, 130  # days from the first use to the listing
STRANGERS_LEAST, STRANGERS = 40, 0.1  # parties that never trade here, and how many per firm
LOOK_ALIKES = 0.3  # of the strangers: named like an honest partner elsewhere
ALWAYS = -1  # listed on a day that the list does not tell


@dataclass
class Sightings:
    """When and in which country the partners that networks keep were first used."""

    day: Array
    country: Array

    @classmethod
    def none(cls, networks: int) -> "Sightings":
        """Nobody was seen yet."""
        size = networks * OWN_PARTNERS
        return cls(np.full(size, NEVER), np.zeros(size, dtype=np.int64))

    def add(self, items: Columns) -> None:
        """Look at a month's rows."""
        own = np.flatnonzero(items["partner"] >= names.OF_NETWORKS)
        place = FIRST_OWN_PARTNER - 1 - items["partner"][own]
        order = np.lexsort((items["day"][own], place))
        place, own = place[order], own[order]
        first = np.append(True, np.diff(place) != 0)[: len(place)]
        place, own = place[first], own[first]
        earlier = items["day"][own] < self.day[place]
        place, own = place[earlier], own[earlier]
        self.day[place] = items["day"][own]
        self.country[place] = items["partner_country"][own]


def listed_parties(networks: "Networks", seen: Sightings) -> pa.Table:
    """The list as it stands at the end, each entry with the day on which it was published."""
    economy = networks.economy
    rng, last = stream(economy.seed, "listed"), economy.calendar.last
    parties = joined([
        _partners(rng, seen),
        _firms(rng, networks),
        _strangers(rng, economy.means),
    ])  # fmt: skip
    parties = taken(parties, parties["listed_on"] <= last)
    parties = taken(parties, rng.permutation(count(parties)))
    return _table(rng, parties)


def _partners(rng: Generator, seen: Sightings) -> Columns:
    place = np.flatnonzero((seen.day < NEVER) & chance(rng, PARTNERS_LISTED, len(seen.day)))
    number = FIRST_OWN_PARTNER - 1 - place
    told = chance(rng, 0.25, len(place))
    serial = scattered(number, 1_000_000).tolist()
    countries = [COUNTRIES[country] for country in seen.country[place]]
    numbers = np.array([f"{c}{s:06d}" for c, s in zip(countries, serial, strict=True)], object)
    return {
        "name": names.of_partners(number, seen.country[place]),
        "country": seen.country[place],
        "number": _told(told, numbers),
        "listed_on": seen.day[place] + _delay(rng, len(place)),
    }


def _firms(rng: Generator, networks: "Networks") -> Columns:
    own = networks.of_firm >= 0
    firm = np.flatnonzero(own & chance(rng, FIRMS_LISTED, len(own)))
    told = chance(rng, 0.5, len(firm))
    return {
        "name": names.of_firms(firm),
        "country": np.full(len(firm), HOME),
        "number": _told(told, networks.traders[firm]),
        "listed_on": networks.firms["active_from"][firm] + _delay(rng, len(firm)),
    }


def _strangers(rng: Generator, means: Means) -> Columns:
    """Parties of no matter here, some of them with the name of an honest partner elsewhere."""
    size = STRANGERS_LEAST + round(STRANGERS * means.firms)
    name = rng.integers(0, names.STOCK, size)
    country = rng.integers(1, len(COUNTRIES), size)
    honest, place = rng.integers(0, means.partners, size), rng.integers(0, len(COUNTRIES), size)
    alike = names.of_partners(honest, place)
    published = means.calendar.first + rng.integers(-900, 900, size)
    return {
        "name": np.where(chance(rng, LOOK_ALIKES, size), alike, name),
        "country": country,
        "number": np.full(size, None, dtype=object),
        "listed_on": np.where(chance(rng, 0.5, size), ALWAYS, published),
    }


def _told(told: Array, numbers: Array) -> Array:
    """The numbers that the list tells, None for the others."""
    given = np.full(len(numbers), None, dtype=object)
    given[told] = numbers[told]
    return given


def _delay(rng: Generator, size: int) -> Array:
    return DELAY_LEAST + rng.gamma(1.4, DELAY_MEAN / 1.4, size).astype(np.int64)


def _table(rng: Generator, parties: Columns) -> pa.Table:
    size = count(parties)
    day = parties["listed_on"]
    slip = chance(rng, 0.5, size)
    aliases = pc.binary_join_element_wise(
        names.bare_names(parties["name"], names.CYRILLIC, np.zeros(size, dtype=bool)),
        names.bare_names(parties["name"], names.LATIN, slip),
        ";",
    )
    known = np.ones(size, dtype=bool)
    usual = np.full(size, names.USUAL)
    ids = [f"LP-{number:06d}" for number in range(1, size + 1)]
    dates = np.where(day == ALWAYS, 0, day).astype("datetime64[D]").astype("datetime64[s]")
    return pa.table({
        "id": pa.array(ids, TEXT),
        "name": names.partner_names(parties["name"], parties["country"], usual, known),
        "aliases": pc.if_else(pa.array(chance(rng, 0.6, size)), aliases, pa.scalar(None, TEXT)),
        "countries": pa.array(COUNTRIES, TEXT).take(pa.array(parties["country"])),
        "identifiers": pa.array(parties["number"], TEXT, from_pandas=True),
        "listed_on": pa.array(dates, mask=day == ALWAYS),
        "schema": pa.array(["Company"] * size, TEXT),
    })  # fmt: skip
