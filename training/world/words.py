"""Descriptions of goods in words, kept as numbers until they are written."""

from functools import cache

import numpy as np

from .columns import Columns, count
from .countries import NONE
from .draw import Array, Generator, chance, pick
from .goods import column, goods, table

ENDINGS = ("", "", "", ", new", ", новые", ", в ассортименте", ", for retail sale", ", lot 2",
           ", шт")  # fmt: skip
VAGUE = ("spare parts", "запчасти", "consumer goods", "товары народного потребления", "goods",
         "electronic parts", "комплектующие", "accessories", "оборудование", "set")  # fmt: skip
PHRASINGS = 3
BRANDS = 6  # brands of each group of goods that has any
WAYS = len(ENDINGS) + BRANDS  # a phrase ends in one of the endings or in a brand


def describe(rng: Generator, items: Columns, habits: Columns) -> Array:
    """Of the goods declared, at times of others, vague, or missing (-1); numbers into `texts`."""
    size, declared = count(items), items["goods"]
    slips = items["diverts"] & chance(rng, habits["slips"], size)
    confused = chance(rng, 0.25 * habits["untidy"], size)
    meant = np.where(confused, column("passes_for")[declared], declared)
    meant = np.where(slips, items["inside"], meant).astype(np.int64)
    phrase = meant * PHRASINGS + rng.integers(0, PHRASINGS, size)
    # Whoever writes it, honest or not, names a brand of the goods meant as often as any other does.
    text = phrase * WAYS + rng.integers(0, WAYS, size)
    vague = len(goods()) * PHRASINGS * WAYS + pick(rng, np.arange(len(VAGUE)), size)
    text = np.where(chance(rng, habits["vague"], size), vague, text)
    return np.where(chance(rng, 0.04, size), NONE, text)


@cache
def texts() -> list[str]:
    """Every description that can be given, in the order of their numbers."""
    every = zip(goods()["words"], goods()["group"], strict=True)
    named = [phrase + end for words, group in every for phrase in _phrases(words)
             for end in (*ENDINGS, *_brands().get(group, ENDINGS[:BRANDS]))]  # fmt: skip
    return named + list(VAGUE)


def _phrases(words: str) -> list[str]:
    return (words.split("|") * PHRASINGS)[:PHRASINGS]


@cache
def _brands() -> dict[str, tuple[str, ...]]:
    """How a phrase ends in each brand of a group of goods."""
    rows = table("brands.csv").itertuples(index=False)
    return {row.group: tuple(f" {brand}" for brand in row.brands.split("|")) for row in rows}
