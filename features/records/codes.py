"""Readers of one written value; each returns it in canonical form or says what it expected."""

import re
from datetime import date, datetime
from functools import cache

# The terms of 2020, then older ones that contracts still name.
INCOTERMS = (
    *("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"),
    *("DAT", "DAF", "DES", "DEQ", "DDU"),
)

A_COUNTRY = "an ISO 3166 alpha-2 country code such as KZ"
A_CURRENCY = "an ISO 4217 currency code such as USD"
A_DATE = "a date as YYYY-MM-DD"
A_MONTH = "a month as YYYY-MM"
AN_HS_CODE = "an HS code of 6, 8 or 10 digits"
A_PROCEDURE = "a customs procedure of 2, 4 or 7 digits"
A_ROUTE = f"{A_COUNTRY}, several separated by a space"
YES_OR_NO = "true or false (or yes, no, 1, 0)"
OWNERS = "owner countries with shares such as KZ:0.4 RU:0.6"
TOO_MUCH_OWNED = "owner shares between 0 and 1 that sum to at most 1"
LOST_ZERO = f"{AN_HS_CODE}; a leading zero was probably lost: keep the column as text"

# Rounded shares such as three times 0.334 may exceed one by this much.
ROUNDING = 0.001

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].+)?", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4}-\d{2})(?:-\d{2}(?:[T ].+)?)?", re.ASCII)
_SEPARATORS = re.compile(r"[\s,;>]+")
_AS_NUMBER = re.compile(r"\d+\.0", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_SHARE = re.compile(r"\d+(?:\.\d+)?(?:[eE]-?\d+)?", re.ASCII)


class Unfit(ValueError):
    """A value that does not fit; the message is what was expected in its place."""


@cache
def countries() -> frozenset[str]:
    """The alpha-2 codes of ISO 3166, and XK, which Kosovo uses."""
    import pycountry

    return frozenset(one.alpha_2 for one in pycountry.countries) | {"XK"}


@cache
def currencies() -> frozenset[str]:
    """The alphabetic codes of ISO 4217."""
    import pycountry

    return frozenset(one.alpha_3 for one in pycountry.currencies)


def country(word: str) -> str:
    """An alpha-2 country code in capitals."""
    # Only ASCII: the capitals of some single letters (ß) spell a country.
    code = word.upper() if word.isascii() else ""
    if code not in countries():
        raise Unfit(A_COUNTRY)
    return code


def route(word: str) -> str:
    """Country codes in order, joined by one space."""
    try:
        return " ".join(country(part) for part in _SEPARATORS.split(word) if part)
    except Unfit:
        raise Unfit(A_ROUTE) from None


def owners(word: str) -> str:
    """Owner countries with shares, sorted by country; a country alone owns everything."""
    shares: dict[str, float] = {}
    for part in _SEPARATORS.split(re.sub(r"\s*:\s*", ":", word)):
        if part:
            code, share = _owner(part)
            shares[code] = shares.get(code, 0.0) + share
    if round(sum(shares.values()), 6) > 1 + ROUNDING:
        raise Unfit(TOO_MUCH_OWNED)
    return " ".join(f"{code}:{shares[code]:.9g}" for code in sorted(shares))


def _owner(part: str) -> tuple[str, float]:
    code, colon, share = part.partition(":")
    if code.upper() not in countries() or (colon and not _SHARE.fullmatch(share)):
        raise Unfit(OWNERS)
    return code.upper(), float(share) if colon else 1.0


def currency(word: str) -> str:
    """A currency code in capitals."""
    code = word.upper() if word.isascii() else ""
    if code not in currencies():
        raise Unfit(A_CURRENCY)
    return code


def day(word: str) -> date:
    """The day of an ISO date; a time of day is dropped."""
    try:
        if _ISO_DATE.fullmatch(word):
            return datetime.fromisoformat(word).date()
    except ValueError:
        pass
    raise Unfit(A_DATE)


def month(word: str) -> date:
    """The first day of a month, written as the month or as any day of it."""
    found = _ISO_MONTH.fullmatch(word)
    try:
        if found:
            return day(word if found[1] != word else f"{word}-01").replace(day=1)
    except Unfit:
        pass
    raise Unfit(A_MONTH)


def hs_code(word: str) -> str:
    """Six, eight or ten digits; dots and blanks between them are dropped."""
    # A spreadsheet that took the code for a number wrote 40690.0: that zero is no digit of it.
    shown = word[:-2] if _AS_NUMBER.fullmatch(word) else word
    digits = re.sub(r"[ .\u00a0]", "", shown)
    if not _DIGITS.fullmatch(digits):
        raise Unfit(AN_HS_CODE)
    if len(digits) in (5, 7, 9):
        raise Unfit(LOST_ZERO)
    if len(digits) not in (6, 8, 10):
        raise Unfit(AN_HS_CODE)
    if digits.startswith("00"):
        raise Unfit(f"{AN_HS_CODE} in a chapter from 01 to 99")
    return digits


def procedure(word: str) -> str:
    """Two digits, four with the previous procedure, seven with its details."""
    if not _DIGITS.fullmatch(word) or len(word) not in (2, 4, 7):
        raise Unfit(A_PROCEDURE)
    return word


def one_of(choices: tuple[str, ...], word: str) -> str:
    """The choice that is written, whatever its capitals."""
    for choice in choices:
        if choice.lower() == word.lower():
            return choice
    raise Unfit(f"one of {', '.join(choices)}")


def yes_or_no(word: str) -> bool:
    """True for true, yes and 1; false for false, no and 0."""
    answer = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if word.lower() not in answer:
        raise Unfit(YES_OR_NO)
    return answer[word.lower()]
