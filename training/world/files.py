"""The tables as files that grow month by month."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .scenario import Scenario


class Files:
    """Parquet files in a directory; they take their names only when all is written."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._open: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> "Files":
        return self

    def add(self, name: str, table: pa.Table) -> None:
        """Write rows of a table."""
        if name not in self._open:
            path = self._directory / f"{name}.parquet.part"
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._open[name].write_table(table)

    def about(self, scenario: Scenario, declarations: int, seed: int) -> None:
        """Keep what was asked for beside the tables."""
        asked = {
            "declarations": declarations,
            "seed": seed,
            "events": {name: str(on) for name, on in scenario.events().items()},
            "scenario": json.loads(scenario.model_dump_json()),
        }
        text = json.dumps(asked, indent=1, ensure_ascii=False)
        (self._directory / "world.json").write_text(text + "\n", encoding="utf-8")

    def __exit__(self, *failure: object) -> None:
        for name, writer in self._open.items():
            writer.close()
            part = self._directory / f"{name}.parquet.part"
            if failure[0] is None:
                part.replace(self._directory / f"{name}.parquet")
            else:
                part.unlink()
