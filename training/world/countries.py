"""Countries as small numbers, so that millions of rows stay small."""

from collections.abc import Iterable

import numpy as np

from .draw import Array

COUNTRIES = (
    "KZ", "RU", "BY", "KG", "AM", "UZ", "TJ", "TM", "AF", "CN", "HK", "TW", "KR", "JP", "VN", "TH",
    "MY", "SG", "IN", "IR", "TR", "AE", "GE", "AZ", "DE", "NL", "PL", "LT", "LV", "CZ", "IT", "FR",
    "GB", "AT", "CH", "CY", "US", "BR", "EC", "EG",
)  # fmt: skip

NONE = -1  # of a code whose cell is empty

_NUMBERS = {country: place for place, country in enumerate(COUNTRIES)}


def number(countries: Iterable[str]) -> Array:
    """The numbers of these countries; KeyError for one that this world does not know."""
    return np.array([_NUMBERS[country] for country in countries], dtype=np.int16)


def one(country: str) -> int:
    """The number of a country."""
    return _NUMBERS[country]


HOME, RUSSIA = one("KZ"), one("RU")
