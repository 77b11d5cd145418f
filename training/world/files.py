"""The tables as files that grow month by month."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .scenario import Scenario

WAITING = 4  # tables that may wait to be written: as many as a month has


class Files:
    """Parquet files in a directory, written beside the work on the next month.

    They take their names only when all is written.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._open: dict[str, pq.ParquetWriter] = {}
        self._writer = ThreadPoolExecutor(1)
        self._waiting: list[Future[None]] = []

    def __enter__(self) -> "Files":
        return self

    def add(self, name: str, table: pa.Table) -> None:
        """Write rows of a table, in the order of the calls."""
        self._waiting.append(self._writer.submit(self._write, name, table))
        while len(self._waiting) > WAITING:
            self._waiting.pop(0).result()

    def _write(self, name: str, table: pa.Table) -> None:
        if name not in self._open:
            path = self._directory / f"{name}.parquet.part"
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._open[name].write_table(table)

    def close(self, scenario: Scenario, declarations: int, seed: int) -> None:
        """Give the files their names, and keep what was asked for beside them."""
        for written in self._waiting:
            written.result()
        for name, writer in self._open.items():
            writer.close()
            part = self._directory / f"{name}.parquet.part"
            part.replace(self._directory / f"{name}.parquet")
        asked = {
            "declarations": declarations,
            "seed": seed,
            "events": {name: str(on) for name, on in scenario.events().items()},
            "scenario": scenario.model_dump(mode="json"),
        }
        text = json.dumps(asked, indent=1, ensure_ascii=False)
        (self._directory / "world.json").write_text(text + "\n", encoding="utf-8")

    def __exit__(self, *failure: object) -> None:
        """Leave no half-written table behind."""
        self._writer.shutdown(cancel_futures=True)
        for name, writer in self._open.items():
            writer.close()
            (self._directory / f"{name}.parquet.part").unlink(missing_ok=True)
