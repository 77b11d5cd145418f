"""What an inspection of any declaration of a world would have found, and when: drawn once."""

import numpy as np
import pandas as pd

from .columns import Columns
from .draw import stream
from .evasion import corrupt_posts
from .inspection import Authority
from .routes import OFFICES
from .scenario import Scenario
from .typology import NAMES


def findings(
    declarations: pd.DataFrame, truth: pd.DataFrame, scenario: Scenario, seed: int
) -> pd.DataFrame:
    """`known_on` and `violation` of every declaration, had it been inspected.

    declarations: validated, the items of each together and in order. truth: the same rows. With the
    misses, mistakes, corrupt posts and delays of the scenario; the same whoever asks, so that ways
    to select can be compared on the same world.
    """
    posts = corrupt_posts(seed, scenario.inspection.corrupt_posts)
    rng = stream(seed, "findings")
    found = Authority(scenario, posts).outcomes(rng, _seen(declarations, truth))
    known_on = found["known_on"].astype("datetime64[D]").astype("datetime64[s]")
    columns = {"known_on": known_on, "violation": found["violation"]}
    return pd.DataFrame(columns, declarations.index)


def _seen(declarations: pd.DataFrame, truth: pd.DataFrame) -> Columns:
    """The rows as inspection sees them: names and days as numbers."""
    days = declarations["declared_on"].to_numpy().astype("datetime64[D]")
    typologies = {name: number for number, name in enumerate(NAMES)}
    return {
        "day": days.astype(np.int64),
        "item_number": declarations["item_number"].to_numpy(dtype=np.int64),
        "office": pd.Index(OFFICES).get_indexer(declarations["customs_office"]),
        "diverts": truth["diverted"].to_numpy(dtype=bool),
        "typology": truth["typology"].map(typologies).fillna(-1).to_numpy(dtype=np.int64),
    }
