"""What the list of parties says of records: all that is asked of it, answered together."""

from collections.abc import Mapping

import numpy as np

from ..block import Block
from ..listed import Listed, NearListed
from .links import Links
from .screening import Party, Screening


def screened(
    asked: Mapping[str, Listed | NearListed], links: Links, block: Block
) -> dict[str, np.ndarray]:
    """Each answer, as known before the day of each record: likeness as float64, others in words."""
    if not asked or not len(links.listed):
        return _nothing(asked, block.rows)
    days = block["declared_on"].astype(np.int64)
    near = {name: of for name, of in asked.items() if isinstance(of, NearListed)}
    parties = {name: of for name, of in asked.items() if isinstance(of, Listed)}
    screening = _of_parties(parties, links, block, days)
    places = _near(near, links, block, days)
    places |= {n: screening[of.inputs].places(of) for n, of in parties.items() if _in_words(of)}
    told = _words(places, links)
    for name, of in parties.items():
        if of.take == "match":
            screening[of.inputs].say_how(told[name])
        elif of.take == "likeness":
            told[name] = screening[of.inputs].name_likeness()
    return told


def _in_words(of: Listed) -> bool:
    return of.take != "likeness"


def _nothing(asked: Mapping[str, Listed | NearListed], rows: int) -> dict[str, np.ndarray]:
    """What is told without a list, at no cost: nothing of the records is looked at."""
    silent, unknown = np.full(rows, None, dtype=object), np.full(rows, np.nan)
    return {
        name: unknown if isinstance(of, Listed) and of.take == "likeness" else silent
        for name, of in asked.items()
    }


def _of_parties(
    asked: Mapping[str, Listed], links: Links, block: Block, days: np.ndarray
) -> dict[tuple[str, ...], Screening]:
    """Several ask for the same parties, and all parties of the records are screened together."""
    columns = list(dict.fromkeys(of.inputs for of in asked.values()))
    if not columns:
        return {}
    numbers, names, countries = zip(*columns, strict=True)
    everyone = Party(*(_one_below_other(block, part) for part in (numbers, names, countries)))
    found = Screening.of(links.listed, everyone, np.tile(days, len(columns)))
    rows = block.rows
    return {of: found.at(slice(at * rows, (at + 1) * rows)) for at, of in enumerate(columns)}


def _one_below_other(block: Block, names: tuple[str, ...]) -> np.ndarray:
    return np.concatenate([block[name] for name in names])


def _near(
    asked: Mapping[str, NearListed], links: Links, block: Block, days: np.ndarray
) -> dict[str, np.ndarray]:
    """Places of listed parties that firms beside the one of each record were tied to by its day."""
    fields = tuple(dict.fromkeys(of.of for of in asked.values()))
    keys, absent = block.key_parts(fields)
    places = {}
    for name, of in asked.items():
        at = fields.index(of.of)
        places[name] = links.near(of, keys[at], days)
        places[name][absent[at]] = -1
    return places


def _words(places: Mapping[str, np.ndarray], links: Links) -> dict[str, np.ndarray]:
    """The listed parties at places, in words."""
    if not places:
        return {}
    table = np.array(list(places.values()))
    words = links.listed.in_words(table.ravel()).reshape(table.shape)
    return dict(zip(places, words, strict=True))
