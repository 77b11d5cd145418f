"""A control: the same records, whose outcomes and truth are a coin per trader and HS heading.

There is nothing to find but what a group's own past outcomes say. A selector that does well here
remembers groups; on traders never seen it can only reach the prevalence.
"""

from dataclasses import replace

import pandas as pd

from shiprisk.features import Records

from ..examples import KEY

_SIDES = 1_000_000


def with_coins(records: Records, prevalence: float) -> tuple[Records, pd.DataFrame]:
    """Records with such outcomes, and the truth that goes with them.

    A coin falls by a hash of its group, so the same group always has the same coin.
    """
    assert records.inspections is not None
    truth = records.declarations[KEY].assign(
        diverted=_coins(records.declarations, prevalence), typology=""
    )
    found = records.inspections[KEY].merge(truth, on=KEY, how="left")["diverted"]
    violation = found.eq(True).set_axis(records.inspections.index)
    outcomes = records.inspections.assign(violation=violation)
    return replace(records, inspections=outcomes), truth


def _coins(declarations: pd.DataFrame, prevalence: float) -> pd.Series:
    groups = pd.DataFrame(
        {"trader": declarations["trader_id"], "heading": declarations["hs_code"].str[:4]}
    )
    sides = pd.util.hash_pandas_object(groups.astype(object), index=False) % _SIDES
    return sides < round(prevalence * _SIDES)
