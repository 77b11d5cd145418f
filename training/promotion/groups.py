"""Groups of shipments in which a new model must not be much worse."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from shiprisk.features import in_force, tier

from .judged import Judged


def groups(judged: Judged) -> dict[str, np.ndarray]:
    """Masks of the judged shipments by the name of each group: who, which goods, which way."""
    rows = judged.rows
    before = judged.past.declarations["declared_on"] < pd.Timestamp(judged.since)
    seen = judged.past.declarations.loc[before, "trader_id"].unique()
    masks = {"traders never seen": ~rows["trader_id"].isin(seen).to_numpy()}
    return masks | dict(_by_tier(rows)) | dict(_by_hub(rows, judged.days))


def _by_tier(rows: pd.DataFrame) -> Iterator[tuple[str, np.ndarray]]:
    tiers = rows["hs_code"].str[:6].map(tier).to_numpy()
    for level in np.unique(tiers):
        yield f"goods of tier {level}" if level else "goods not listed", tiers == level


def _by_hub(rows: pd.DataFrame, days: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """By the hub in force on the day that goods were dispatched from, and those from none."""
    if "country_of_dispatch" not in rows:
        return
    dispatched = rows["country_of_dispatch"].to_numpy(dtype=object)
    hub = in_force("hubs", dispatched, days)
    for country in sorted(set(dispatched[hub])):
        yield f"from hub {country}", hub & (dispatched == country)
    yield "from no hub", ~hub
