"""Scores as files that other systems read."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_REASON = pa.struct(
    [
        ("signal", pa.string()),
        ("family", pa.string()),
        ("value", pa.float64()),
        ("contribution", pa.float64()),
        ("sentence", pa.string()),
        ("flags", pa.list_(pa.string())),
    ]
)
SCHEMA = pa.schema(
    [
        ("declaration_id", pa.string()),
        ("item_number", pa.int64()),
        ("risk", pa.float64()),
        ("lane", pa.string()),
        ("reasons", pa.list_(_REASON)),
        ("base", pa.float64()),
        ("risk_without_owner_nationality", pa.float64()),
        ("missing", pa.list_(pa.string())),
        ("model_version", pa.string()),
    ]
)
KINDS = (".parquet", ".csv", ".jsonl")


def write_scores(scores: pd.DataFrame, path: Path) -> None:
    """Write scores as Parquet or JSON lines (nested) or CSV (reasons and missing as JSON text)."""
    if path.suffix not in KINDS:
        raise ValueError(f"{path}: scores are written as one of {', '.join(KINDS)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pandas(scores, SCHEMA, preserve_index=False), path)
    elif path.suffix == ".jsonl":
        with path.open("w", encoding="utf-8") as file:
            for record in scores.to_dict("records"):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        with_json_text(scores).to_csv(path, index=False)


def with_json_text(scores: pd.DataFrame) -> pd.DataFrame:
    """The same scores with lists as JSON text, which every format and engine carries."""
    text = {
        name: [json.dumps(value, ensure_ascii=False) for value in scores[name]]
        for name in ("reasons", "missing")
    }
    return scores.assign(**text)
