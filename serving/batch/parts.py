"""What a run has finished so far: files in a directory beside its output.

`scores.parquet.parts/` holds `run.json`, which says what the run is of, and for each finished block
its scores and a summary. A file there is whole: it was written under another name, brought to disk
and renamed. So a run that is killed goes on after its last block, and gives the same output.
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..files import table_of, write_scores
from ..sent import ScoreIds
from .lock import locked

_RUN, _LOCK = "run.json", "lock"

# Parts of a Parquet file are kept as Arrow ones: in Parquet each would be encoded twice.
_ARROW = ".arrow"
_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


class OtherRun(ValueError):
    """An output that another run has begun and not finished, or is writing to now."""


@dataclass(frozen=True)
class Summary:
    """Of one block: its number of scores, how many took each lane, and its riskiest, as answered.

    riskiest: the place of each among all that are scored, and its answer.
    """

    rows: int
    lanes: dict[str, int]
    riskiest: list[tuple[int, dict[str, Any]]]


class Parts:
    """The finished blocks of the run that writes to an output, which is this one alone.

    A context: OtherRun where another process is writing to the same output. anew: forget what
    another run has begun. records: a file where the run may keep what it reads, until it ends.
    """

    def __init__(self, out: Path, anew: bool = False) -> None:
        self._directory = out.with_name(f"{out.name}.parts")
        self.records = self._directory / "records.arrow"
        self._out, self._anew = out, anew
        self._kind = _ARROW if out.suffix == ".parquet" else out.suffix

    def __enter__(self) -> "Parts":
        lock = locked(self._directory / _LOCK)
        if lock is None:
            raise OtherRun(
                f"{self._out}: another run is writing to it now; wait until it ends, or write "
                "elsewhere"
            )
        self._lock = lock
        if self._anew:
            (self._directory / _RUN).unlink(missing_ok=True)
        if not self._begun():
            self._forget()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if sys.platform == "win32":
            self._lock.close()  # there, no open file can be removed
        self.records.unlink(missing_ok=True)
        if not self._begun():
            shutil.rmtree(self._directory, ignore_errors=True)
        self._lock.close()

    def begin(self, about: Mapping[str, str], schema: pa.Schema) -> tuple[ScoreIds, bool]:
        """Begin, or go on with what was begun; the names of this run's scores, and whether it was.

        about: all that the scores depend on. OtherRun, naming what differs, where what was begun is
        of something else.
        """
        self._schema = schema
        if not self._begun():
            ids = ScoreIds.new()
            self._write(_RUN, json.dumps({"about": dict(about), **asdict(ids)}, indent=1))
            return ids, False
        begun = json.loads((self._directory / _RUN).read_text(encoding="utf-8"))
        if differing := [name for name in about if begun["about"].get(name) != about[name]]:
            raise OtherRun(
                f"{self._out}: a run with other {', '.join(differing)} was begun and not finished; "
                f"finish it as it was, write elsewhere, or start over with --anew"
            )
        return ScoreIds(begun["started"], begun["chance"]), True

    def finished(self) -> list[Summary]:
        """The summaries of the finished blocks, in order."""
        found: list[Summary] = []
        while (file := self._directory / _summary(len(found))).exists():
            told = json.loads(file.read_text(encoding="utf-8"))
            riskiest = [(place, answer) for place, answer in told["riskiest"]]
            found.append(Summary(told["rows"], told["lanes"], riskiest))
        return found

    def keep(self, number: int, scores: pd.DataFrame, summary: Summary) -> None:
        """Write the scores of a block; with its summary it is finished."""
        unfinished = self._directory / f"unfinished{self._kind}"
        if self._kind == _ARROW:
            _write_arrow(table_of(scores, self._schema), unfinished)
        else:
            write_scores(scores, unfinished, self._schema)
        _to_disk(unfinished)
        unfinished.replace(self._scores(number))
        self._write(_summary(number), json.dumps(asdict(summary), ensure_ascii=False))

    def join(self, blocks: int) -> None:
        """Make the output of all blocks, in one step, and forget them."""
        joined = self._directory / f"joined{self._out.suffix}"
        parts = [self._scores(number) for number in range(blocks)]
        if not parts:
            write_scores(self._schema.empty_table().to_pandas(), joined, self._schema)
        elif self._kind == _ARROW:
            _join_arrow(parts, joined)
        else:
            _join_lines(parts, joined, header=self._out.suffix == ".csv")
        _to_disk(joined)
        joined.replace(self._out)
        (self._directory / _RUN).unlink()

    def _begun(self) -> bool:
        return (self._directory / _RUN).exists()

    def _forget(self) -> None:
        """Remove what a run left that had begun nothing, or is to be forgotten."""
        for path in self._directory.iterdir():
            if path.name != _LOCK:
                path.unlink()

    def _scores(self, number: int) -> Path:
        return self._directory / f"{number:06}{self._kind}"

    def _write(self, name: str, text: str) -> None:
        unfinished = self._directory / "unfinished.json"
        unfinished.write_text(text, encoding="utf-8")
        _to_disk(unfinished)
        unfinished.replace(self._directory / name)


def _summary(number: int) -> str:
    return f"{number:06}.summary.json"


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_arrow(table: pa.Table, path: Path) -> None:
    with (
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, table.schema, options=_PACKED) as writer,
    ):
        writer.write_table(table)


def _read_arrow(path: Path) -> pa.Table:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as file:
        return file.read_all()


def _join_arrow(parts: list[Path], joined: Path) -> None:
    """Into Parquet, a row group for each part; memory holds one at a time."""
    with pq.ParquetWriter(joined, _read_arrow(parts[0]).schema) as writer:
        for part in parts:
            writer.write_table(_read_arrow(part))


def _join_lines(parts: list[Path], joined: Path, header: bool) -> None:
    with joined.open("wb") as whole:
        for number, part in enumerate(parts):
            with part.open("rb") as lines:
                if header and number:
                    lines.readline()  # names of columns hold no line break
                shutil.copyfileobj(lines, whole)
