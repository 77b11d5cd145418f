"""What a run has finished so far: files in a directory beside its output.

`scores.parquet.parts/` holds `run.json`, which says what the run is of, and for each finished block
its scores and a summary. A file there is whole: it was written under another name, brought to disk
and renamed. So a run that is killed goes on after its last block, and gives the same output.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..files import write_scores
from ..sent import ScoreIds

_RUN = "run.json"


class OtherRun(ValueError):
    """An output that another run has begun and not finished."""


@dataclass(frozen=True)
class Summary:
    """Of one block: its number of scores, how many took each lane, and its riskiest, as answered.

    riskiest: the place of each among all that are scored, and its answer.
    """

    rows: int
    lanes: dict[str, int]
    riskiest: list[tuple[int, dict[str, Any]]]


class Parts:
    """The finished blocks of the run that writes to an output."""

    def __init__(self, out: Path, schema: pa.Schema) -> None:
        self._out, self._schema = out, schema
        self._directory = out.with_name(f"{out.name}.parts")

    def begin(self, about: Mapping[str, str], anew: bool) -> tuple[ScoreIds, bool]:
        """Begin, or go on with what was begun; the names of this run's scores, and whether it was.

        about: all that the scores depend on. anew: forget what another run has begun. OtherRun,
        naming what differs, where it is of something else.
        """
        if anew and self._directory.exists():
            shutil.rmtree(self._directory)
        self._directory.mkdir(parents=True, exist_ok=True)
        run = self._directory / _RUN
        if not run.exists():
            ids = ScoreIds.new()
            self._write(_RUN, json.dumps({"about": dict(about), **asdict(ids)}, indent=1))
            return ids, False
        begun = json.loads(run.read_text(encoding="utf-8"))
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
        unfinished = self._directory / f"unfinished{self._out.suffix}"
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
        elif self._out.suffix == ".parquet":
            _join_parquet(parts, joined)
        else:
            _join_lines(parts, joined, header=self._out.suffix == ".csv")
        _to_disk(joined)
        joined.replace(self._out)
        shutil.rmtree(self._directory)

    def _scores(self, number: int) -> Path:
        return self._directory / f"{number:06}{self._out.suffix}"

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


def _join_parquet(parts: list[Path], joined: Path) -> None:
    """A row group for each part; memory holds one at a time."""
    with pq.ParquetWriter(joined, pq.read_schema(parts[0])) as writer:
        for part in parts:
            writer.write_table(pq.read_table(part))


def _join_lines(parts: list[Path], joined: Path, header: bool) -> None:
    with joined.open("wb") as whole:
        for number, part in enumerate(parts):
            with part.open("rb") as lines:
                if header and number:
                    lines.readline()  # names of columns hold no line break
                shutil.copyfileobj(lines, whole)
