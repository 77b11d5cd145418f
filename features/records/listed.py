"""Lists of parties as OpenSanctions hands them out, in our columns; others stay as they are."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .cells import by_distinct, words
from .codes import countries

# Kinds of entities (FollowTheMoney) that can be a party to a shipment.
PARTIES = ("Company", "LegalEntity", "Organization", "Person", "PublicBody")

_NAMES = ("name", "alias", "weakAlias", "previousName")
_COUNTRIES = ("country", "jurisdiction", "nationality", "mainCountry")
_NUMBERS = ("registrationNumber", "innCode", "ogrnCode", "taxNumber", "vatCode", "idNumber")


def as_listed(frame: pd.DataFrame) -> pd.DataFrame:
    """A raw list in our columns, on its own index.

    Known beside our own: `targets.simple.csv` (told by its column `first_seen`) and entities of
    FollowTheMoney, one a line (told by `properties`), of which the targets that can be a party
    stay. Their codes for what is no country of today are left out.
    """
    if "properties" in frame:
        frame = _entities(frame)
    elif "first_seen" not in frame:
        return frame
    listed = frame if "listed_on" in frame else frame.assign(listed_on=frame["first_seen"])
    return (
        listed.assign(countries=_of_today(listed["countries"])) if "countries" in listed else listed
    )


def joined_names(names: Iterable[str]) -> str:
    """Names as one cell, separated by semicolons; one that holds a semicolon is quoted."""
    cell = io.StringIO()
    csv.writer(cell, delimiter=";", lineterminator="").writerow(list(names))
    return cell.getvalue()


def split_names(cell: str) -> list[str]:
    """The names in such a cell."""
    return [name.strip() for name in next(csv.reader([cell], delimiter=";")) if name.strip()]


def _entities(frame: pd.DataFrame) -> pd.DataFrame:
    entity = frame["properties"].map(lambda cell: isinstance(cell, Mapping))
    party = frame["schema"].isin(PARTIES) if "schema" in frame else entity
    target = frame["target"].ne(False) if "target" in frame else entity
    kept = frame[entity & party & target]
    said = kept["properties"]
    made = pd.DataFrame(
        {
            "id": kept.get("id"),
            "name": kept.get("caption"),
            "aliases": said.map(lambda of: joined_names(_texts(of, _NAMES))),
            "countries": said.map(lambda of: ";".join(_texts(of, _COUNTRIES))),
            "identifiers": said.map(lambda of: joined_names(_texts(of, _NUMBERS))),
            "listed_on": kept.get("first_seen"),
            "schema": kept.get("schema"),
        },
        index=kept.index,
        dtype=object,
    )
    return made.assign(
        name=made["name"].fillna(said.map(lambda of: next(iter(_texts(of, _NAMES)), None)))
    )


def _texts(properties: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The texts of some properties, each once."""
    values = (properties.get(name) or [] for name in names)
    lists = (value if isinstance(value, list) else [value] for value in values)
    return list(dict.fromkeys(text for one in lists for text in one if isinstance(text, str)))


def _of_today(cells: pd.Series) -> pd.Series:
    which, results = by_distinct(words(cells).text, _codes_of_today)
    return pd.Series(pd.array([*results, None], dtype="str").take(which), index=cells.index)


def _codes_of_today(cell: str) -> str:
    """Only countries of ISO 3166: no former states, and of a part (gb-sct) its country."""
    codes = (code.strip().upper().partition("-")[0] for code in cell.split(";"))
    return " ".join(code for code in codes if code in countries())
