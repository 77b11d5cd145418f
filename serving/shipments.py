"""A shipment takes its riskiest goods item."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

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

# The columns of scores that shipments are made of.
OF_SHIPMENTS = (
    "declaration_id", "item_number", "risk", "risk_without_owner_nationality", "lane",
    "model_version",
)  # fmt: skip


def shipments_of(scores: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The shipments of scored goods items, in the order in which they first stand.

    scores: with OF_SHIPMENTS, as `score_one` answers, or of a frame `to_dict("records")`. Each has
    the columns of SHIPMENT_SCHEMA: declaration_id, risk, risk_without_owner_nationality and lane of
    the riskiest item, riskiest_item (its number), items (how many were scored), model_version. The
    riskiest is that with the highest of the lower of both risks, which decides on lanes too; of
    equals the first by number.
    """
    riskiest: dict[str, Mapping[str, Any]] = {}
    items = Counter[str]()
    for score in scores:
        name = score["declaration_id"]
        items[name] += 1
        if name not in riskiest or _order(score) < _order(riskiest[name]):
            riskiest[name] = score
    return [
        {
            "declaration_id": name,
            "risk": score["risk"],
            "risk_without_owner_nationality": score["risk_without_owner_nationality"],
            "lane": score["lane"],
            "riskiest_item": score["item_number"],
            "items": items[name],
            "model_version": score["model_version"],
        }
        for name, score in riskiest.items()
    ]


def _order(score: Mapping[str, Any]) -> tuple[float, int]:
    return -min(score["risk"], score["risk_without_owner_nationality"]), score["item_number"]


def sure(scores: pd.DataFrame) -> np.ndarray:
    """The lower of both risks of each item: owner nationality alone puts none over a line."""
    return np.minimum(
        scores["risk"].to_numpy(dtype=float),
        scores["risk_without_owner_nationality"].to_numpy(dtype=float),
    )
