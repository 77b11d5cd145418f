"""A shipment takes its riskiest goods item."""

import numpy as np
import pandas as pd
import pyarrow as pa

SHIPMENT_SCHEMA = pa.schema(
    [
        ("declaration_id", pa.string()),
        ("risk", pa.float64()),
        ("risk_without_owner_nationality", pa.float64()),
        ("lane", pa.string()),
        ("riskiest_item", pa.int64()),
        ("items", pa.int64()),
        ("model_version", pa.string()),
    ]
)


def shipments_of(scores: pd.DataFrame) -> pd.DataFrame:
    """The shipments of scored goods items, in the order in which they first stand.

    Columns: declaration_id, risk, risk_without_owner_nationality and lane of the riskiest item,
    riskiest_item (its number), items (how many were scored), model_version. The riskiest is that
    with the highest of the lower of both risks, which decides on lanes too; of equals the first by
    number.
    """
    order = np.lexsort((scores["item_number"], -sure(scores), scores["declaration_id"]))
    riskiest = scores.iloc[order].drop_duplicates("declaration_id")
    told = riskiest.rename(columns={"item_number": "riskiest_item"})
    items = scores.groupby("declaration_id", sort=False).size()
    told = told.set_index("declaration_id").loc[items.index].assign(items=items)
    return told.reset_index()[SHIPMENT_SCHEMA.names]


def sure(scores: pd.DataFrame) -> np.ndarray:
    """The lower of both risks of each item: owner nationality alone puts none over a line."""
    return np.minimum(
        scores["risk"].to_numpy(dtype=float),
        scores["risk_without_owner_nationality"].to_numpy(dtype=float),
    )
