"""From scores to the list of what to inspect."""

import numpy as np
import pandas as pd
import pyarrow as pa

from ..files import SCHEMA
from ..shipments import sure
from .capacity import SelectionError
from .choosing import Selection, chances_by_route, select

_KEY = ["declaration_id", "item_number"]

QUEUE_SCHEMA = pa.schema(
    [
        *SCHEMA,
        ("declared_on", pa.date32()),
        ("selected_by", pa.string()),
        ("selection_probability", pa.float64()),
    ]
)


def queue_of(
    scores: pd.DataFrame,
    days: pd.Series,
    selection: Selection,
    second: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The goods items of the shipments to inspect, by day, the riskiest first.

    scores: as `Scorer.score` gives them. days: `declared_on` of each row. second: scores of another
    model of the same shipments; what both say most differently is what is uncertain. Columns: those
    of the scores, `declared_on`, `selected_by` and `selection_probability`. The lower of the risks
    with and without owner nationality decides, so that it alone brings no shipment on the list.
    SelectionError where a row stands twice or has no score.
    """
    if twice := int(scores.duplicated(_KEY).sum()):
        raise SelectionError(f"{twice:,} goods items stand twice among the scores: give each once")
    risk = sure(scores)
    apart = None if second is None else np.abs(risk - sure(_same_rows(scores, second)))
    shipments = scores["declaration_id"].to_numpy(dtype=object)
    chosen = select(shipments, days.to_numpy(), risk, selection, apart)
    listed = scores.assign(
        declared_on=pd.to_datetime(days.to_numpy()).date,
        selected_by=chosen["selected_by"].to_numpy(),
        selection_probability=chances_by_route(chosen),
    )
    order = np.lexsort((scores["item_number"], shipments, -risk, listed["declared_on"]))
    listed = listed.iloc[order]
    return listed[listed["selected_by"].notna()].reset_index(drop=True)


def _same_rows(scores: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The second scores in the order of the first."""
    found = scores[_KEY].merge(second.drop_duplicates(_KEY), on=_KEY, how="left")
    if lacking := int(found["risk"].isna().sum()):
        raise SelectionError(f"the second opinion lacks {lacking:,} of {len(scores):,} goods items")
    return found
