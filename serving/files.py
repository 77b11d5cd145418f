"""Scores as files that other systems read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shiprisk.features import FAMILIES, ReadError

from .columnar import REASON, REPEATING, reasons_column
from .sent import as_json

_FAMILIES = pa.struct([(family, pa.float64()) for family in FAMILIES])
SCHEMA = pa.schema(
    [
        ("declaration_id", pa.string()),
        ("item_number", pa.int64()),
        ("risk", pa.float64()),
        ("lane", pa.string()),
        ("reasons", pa.list_(REASON)),
        ("families", _FAMILIES),
        ("base", pa.float64()),
        ("risk_without_owner_nationality", pa.float64()),
        ("missing", pa.list_(pa.string())),
        ("model_version", pa.string()),
    ]
)
# Answers of several parts: objects in a frame, JSON text where nothing else is carried.
NESTED = ("reasons", "families", "missing")
KINDS = (".parquet", ".csv", ".jsonl")


def write_scores(scores: pd.DataFrame, path: Path, schema: pa.Schema = SCHEMA) -> None:
    """Write scores as Parquet or JSON lines (nested) or CSV (nested parts as JSON text).

    schema: the columns and, of Parquet, their types. ValueError for another kind of file.
    """
    if path.suffix not in KINDS:
        raise ValueError(f"{path}: scores are written as one of {', '.join(KINDS)}")
    scores = scores[schema.names]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(table_of(scores, schema), path, use_dictionary=REPEATING)
    elif path.suffix == ".jsonl":
        with path.open("wb") as file:
            for record in scores.to_dict("records"):
                file.write(as_json(record) + b"\n")
    else:
        with_json_text(scores).to_csv(path, index=False)


def read_scores(path: Path, names: Sequence[str] = SCHEMA.names) -> pd.DataFrame:
    """The scores that `write_scores` wrote; ReadError where the file holds something else.

    names: columns to read; by default all of `SCHEMA`, and whatever else is there.
    """
    try:
        scores = _read(path, None if list(names) == SCHEMA.names else names)
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as scores: {error}") from error
    if lacking := [name for name in names if name not in scores]:
        raise ReadError(f"{path}: scores without {', '.join(lacking)}; give what `score` wrote")
    return scores


def _read(path: Path, names: Sequence[str] | None) -> pd.DataFrame:
    if path.suffix == ".parquet":
        table = pq.read_table(path, columns=None if names is None else list(names))
        present = [name for name in NESTED if name in table.column_names]
        lists = {name: pd.Series(table[name].to_pylist(), dtype=object) for name in present}
        for reason in (r for reasons in lists.get("reasons", ()) for r in reasons):
            if "evidence" in reason:  # older files have none
                reason["evidence"] = orjson.loads(reason["evidence"])
        return table.drop_columns(present).to_pandas().assign(**lists)[table.column_names]
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as file:
            return pd.DataFrame([_only(json.loads(line), names) for line in file])
    if path.suffix == ".csv":
        as_text = {"declaration_id": str, "model_version": str}
        converters = dict.fromkeys(NESTED, json.loads)
        wanted = None if names is None else lambda name: name in names
        return pd.read_csv(path, dtype=as_text, converters=converters, usecols=wanted)
    raise ValueError(f"scores are one of {', '.join(KINDS)}")


def table_of(scores: pd.DataFrame, schema: pa.Schema = SCHEMA) -> pa.Table:
    """Scores as an Arrow table with the columns of a schema: what Parquet files hold."""
    plain = pa.schema([field for field in schema if field.name != "reasons"])
    table = pa.Table.from_pandas(scores[plain.names], plain, preserve_index=False)
    if "reasons" not in schema.names:
        return table
    at = schema.get_field_index("reasons")
    return table.add_column(at, schema.field(at), reasons_column(scores["reasons"]))


def _only(row: dict[str, Any], names: Sequence[str] | None) -> dict[str, Any]:
    return row if names is None else {name: row[name] for name in names if name in row}


def with_json_text(scores: pd.DataFrame) -> pd.DataFrame:
    """The same scores with nested parts as JSON text, which every format and engine carries."""
    text = {
        name: [json.dumps(value, ensure_ascii=False) for value in scores[name]]
        for name in NESTED
        if name in scores
    }
    return scores.assign(**text)
