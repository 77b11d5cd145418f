"""An entry as a row of the database, and back."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from ..sent import as_json
from .entry import Circumstances, Entry, Given

_PLAIN = (
    "score_id", "given_at", "asked_by", "day", "declaration_id", "item_number", "trader_id",
    "hs_code", "customs_office", "country_of_dispatch", "family", "value_usd", "words", "risk",
    "sure_risk", "lane", "most_reasons",
)  # fmt: skip

# An answer with all its reasons takes a third of its room.
_PACKING = "zstd"


def row_of(entry: Entry) -> dict[str, Any]:
    """The columns of `audit_scores`; TypeError for what JSON cannot hold."""
    packed = pa.compress(entry.answer, codec=_PACKING, asbytes=True)
    return {name: getattr(entry, name) for name in _PLAIN} | {
        "model_version": entry.circumstances.model_version,
        "circumstances": entry.circumstances.digest,
        "received": as_json(entry.received).decode(),
        "signals": np.asarray(entry.signals, dtype="<f8").tobytes(),
        "answer": packed,
        "answer_size": len(entry.answer),
    }


def given_of(row: Mapping[str, Any]) -> Given:
    """The same back, with `told` of its circumstances in the row."""
    told = json.loads(row["told"])
    answer = pa.decompress(row["answer"], row["answer_size"], codec=_PACKING, asbytes=True)
    return Given(
        **{name: row[name] for name in _PLAIN},
        circumstances=Circumstances(**told | {"signals": tuple(told["signals"])}),
        received=json.loads(row["received"]),
        signals=np.frombuffer(row["signals"], dtype="<f8"),
        answer=answer,
    )
