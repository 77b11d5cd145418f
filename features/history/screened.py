"""What the list of parties says of records: all that is asked of it, answered together."""

from collections.abc import Mapping

import numpy as np

from ..block import Block
from ..listed import Listed, NearListed
from .links import Links
from .screening import Party, Resembling, most_alike, told_of


def screened(
    asked: Mapping[str, Listed | NearListed], links: Links, block: Block
) -> dict[str, np.ndarray]:
    """Each answer, as known before the day of each record: likeness as float64, others in words."""
    if not asked or not len(links.listed):
        return _nothing(asked, block.rows)
    days = block["declared_on"].astype(np.int64)
    near = {name: of for name, of in asked.items() if isinstance(of, NearListed)}
    told = _near(near, links, block, days)
    # Several ask for the same parties.
    alike: dict[tuple[str, ...], Resembling] = {}
    for name, of in asked.items():
        if isinstance(of, NearListed):
            continue
        party = Party(block[of.number], block[of.name], block[of.country])
        if of.inputs not in alike:
            alike[of.inputs] = most_alike(links.listed, party, days)
        told[name] = told_of(links.listed, of, party, days, alike[of.inputs])
    return told


def _nothing(asked: Mapping[str, Listed | NearListed], rows: int) -> dict[str, np.ndarray]:
    """What is told without a list, at no cost: nothing of the records is looked at."""
    silent, unknown = np.full(rows, None, dtype=object), np.full(rows, np.nan)
    return {
        name: unknown if isinstance(of, Listed) and of.take == "likeness" else silent
        for name, of in asked.items()
    }


def _near(
    asked: Mapping[str, NearListed], links: Links, block: Block, days: np.ndarray
) -> dict[str, np.ndarray]:
    """Listed parties that firms beside the one of each record were tied to before its day."""
    fields = tuple(dict.fromkeys(of.of for of in asked.values()))
    keys, absent = block.key_parts(fields)
    told = {}
    for name, of in asked.items():
        at = fields.index(of.of)
        place = np.where(absent[at], -1, links.near(of, keys[at], days))
        told[name] = links.listed.in_words(place)
    return told
