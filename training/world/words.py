"""Descriptions of goods in words, kept as numbers until they are written."""

from functools import cache

import numpy as np

from .columns import Columns, count
from .countries import NONE
from .draw import Array, Generator, chance, pick
from .goods import column, goods

ENDINGS = ("", "", "", ", new", ", новые", ", в ассортименте", ", for retail sale", ", lot 2",
           ", шт")  # fmt: skip
VAGUE = ("spare parts", "запчасти", "consumer goods", "товары народного потребления", "goods",
         "electronic parts", "комплектующие", "accessories", "оборудование", "set")  # fmt: skip
PHRASINGS = 3


def describe(rng: Generator, items: Columns, habits: Columns) -> Array:
    """Of the goods declared, at times of others, vague, or missing (-1); numbers into `texts`."""
    size, declared = count(items), items["goods"]
    slips = items["diverts"] & chance(rng, habits["slips"], size)
    confused = chance(rng, 0.25 * habits["untidy"], size)
    meant = np.where(confused, column("passes_for")[declared], declared)
    meant = np.where(slips, items["inside"], meant).astype(np.int64)
    phrase = meant * PHRASINGS + rng.integers(0, PHRASINGS, size)
    text = phrase * len(ENDINGS) + rng.integers(0, len(ENDINGS), size)
    vague = len(goods()) * PHRASINGS * len(ENDINGS) + pick(rng, np.arange(len(VAGUE)), size)
    text = np.where(chance(rng, habits["vague"], size), vague, text)
    return np.where(chance(rng, 0.04, size), NONE, text)


@cache
def texts() -> list[str]:
    """Every description that can be given, in the order of their numbers."""
    phrases = [(row.split("|") * PHRASINGS)[:PHRASINGS] for row in goods()["words"]]
    return [phrase + ending for row in phrases for phrase in row for ending in ENDINGS] + list(
        VAGUE
    )
