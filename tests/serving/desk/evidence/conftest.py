"""A small world's history whole, and cut off before a day; some of its shipments of that day."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import NODES, History, Records

DAY = date(2024, 5, 14)


class World(NamedTuple):
    """declared, inspected, traders: all of the records. whole: their history. cut: what of it was
    known before the day."""

    declared: pd.DataFrame
    inspected: pd.DataFrame
    traders: pd.DataFrame
    whole: History
    cut: History


@pytest.fixture(scope="session")
def told(records: Records) -> World:
    declared, traders = records.declarations, records.traders
    key = ["declaration_id", "item_number"]
    inspected = declared.merge(records.inspections, on=key)
    day = pd.Timestamp(DAY)
    cut = History(NODES).extended(
        declared[declared["declared_on"] < day],
        inspected[inspected["known_on"] < day],
        traders[traders["known_from"] < day],
    )
    whole = History(NODES).extended(declared, inspected, traders)
    return World(declared, inspected, traders, whole, cut)


@pytest.fixture(scope="session")
def of_day(told: World) -> list[dict[str, Any]]:
    """What came in on the day or the days after it, as if all of it on the day."""
    later = told.declared[told.declared["declared_on"] >= pd.Timestamp(DAY)].iloc[:75:3]
    rows = [row.dropna().to_dict() for _, row in later.iterrows()]
    return [row | {"declared_on": str(np.datetime64(DAY))} for row in rows]
