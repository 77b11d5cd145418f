"""Through which countries goods of the priority list come, heading by heading."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.features import heading_listed_since

from .spread import Spread

Ways = Mapping[str, Mapping[str, int]]
ALL = "all"  # stands for every listed heading together


@dataclass(frozen=True)
class Hubs:
    """Imports of listed headings by country of dispatch: heading → country → firms, month by month.

    spread: how much the countries' shares vary anyway, firms coming again.
    """

    ways: Ways
    spread: Spread

    @classmethod
    def of(cls, declarations: pd.DataFrame, stretches: int) -> "Hubs":
        """The ways of declarations that are in order of their days, and their spread."""
        listed = imports_of_listed_headings(declarations)
        number = np.arange(len(listed)) * stretches // max(len(listed), 1)
        keys = ["heading", "country"]
        table = listed.assign(stretch=number).groupby([*keys, "stretch"]).size().unstack(
            fill_value=0
        )  # fmt: skip
        by_heading = [rows for _, rows in table.groupby(level="heading")]
        together = table.groupby(level="country").sum()
        tables = [rows.to_numpy(dtype=float).T for rows in (*by_heading, together)]
        return cls(ways_of(listed), Spread.pooled(tables))


def imports_of_listed_headings(declarations: pd.DataFrame) -> pd.DataFrame:
    """Heading and country of dispatch of what is imported under headings of the priority list.

    A firm counts once a month for each: one that ships every day is one firm that comes this way.
    """
    if "country_of_dispatch" not in declarations:
        return pd.DataFrame({"heading": [], "country": []}, dtype="str")
    rows = declarations[declarations["direction"] == "import"]
    rows = rows.dropna(subset=["country_of_dispatch"])
    heading = rows["hs_code"].str[:4]
    listed = [code for code in heading.unique() if not np.isnat(heading_listed_since(code))]
    kept = heading.isin(listed)
    ways = pd.DataFrame(
        {
            "heading": heading[kept], "country": rows["country_of_dispatch"][kept],
            "firm": rows["trader_id"][kept], "month": rows["declared_on"][kept].dt.to_period("M"),
        }
    )  # fmt: skip
    return ways.drop_duplicates()[["heading", "country"]]


def ways_of(listed: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many by heading and country, in a fixed order."""
    counted = listed.groupby(["heading", "country"]).size()
    ways: dict[str, dict[str, int]] = {}
    for (heading, country), count in counted.items():
        ways.setdefault(str(heading), {})[str(country)] = int(count)
    return ways


def with_all(ways: Ways) -> Ways:
    """The same and the sum over all headings."""
    total: Counter[str] = Counter()
    for countries in ways.values():
        total.update(countries)
    return {**ways, ALL: dict(total)} if ways else {}


def named(heading: str) -> str:
    """A heading in words."""
    return "all listed headings" if heading == ALL else f"heading {heading}"
