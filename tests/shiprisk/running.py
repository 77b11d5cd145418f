"""How a command ended, and the files that it reads and writes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

KEY = ["declaration_id", "item_number"]
WELL, FAILED, SOME_REJECTED = 0, 1, 3


@dataclass(frozen=True)
class Ran:
    """How a command ended. said: what it printed, with lines that were wrapped joined again."""

    code: int
    said: str


def table(path: Path) -> pd.DataFrame:
    return pq.read_table(path).to_pandas()


def as_csv(declarations: pd.DataFrame, path: Path) -> Path:
    declarations.to_csv(path, index=False)
    return path


def strict_json(text: str) -> Any:
    """JSON as other languages read it: without NaN and Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)
