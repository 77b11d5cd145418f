"""How quickly scores are recorded, beside the same rows handed to the driver as they are.

    .venv/bin/python benchmarks/audit.py [--url postgresql://…]

Real answers with their reasons, repeated under new ids. Rows are recorded from one thread in
requests of 1,000, and waited for in the end. `plain executemany` is the driver's own, on a table of
the same columns and indexes, with rows that are ready; without triggers, threads or checks.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from shiprisk.features import read_records
from shiprisk.serving import Scorer
from shiprisk.serving.audit import Asked, Audit, Circumstances, Entry, entries_of, received_of
from shiprisk.serving.audit.rows import row_of
from shiprisk.serving.audit.tables import SCORES
from shiprisk.serving.sent import ScoreIds
from shiprisk.training import Settings, simulate, train

REQUEST = 1_000

_STORED = ("answer", "received", "signals")


def main() -> None:
    """Make answers, then record them in each way, in turns; the best of each way counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--url", help="a PostgreSQL database as well")
    asked = parser.parse_args()
    made = answers(2_000)
    stored = np.mean([sum(len(row_of(entry)[x]) for x in _STORED) for entry in made])
    size = np.mean([len(entry.answer) for entry in made])
    print(f"{asked.rows:,} scores; {size:,.0f} bytes an answer, {stored:,.0f} kept with its input")
    took: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as directory:
            for name, seconds in one_round(Path(directory), made, asked.rows, asked.url):
                took.setdefault(name, []).append(seconds)
    plain = min(took["plain executemany, SQLite"])
    for name, each in took.items():
        print(f"{name:32} {asked.rows / min(each):9,.0f} rows/s   {plain / min(each):.2f}")
    with tempfile.TemporaryDirectory() as directory:
        one = alone(f"sqlite:///{directory}/audit.db", made[0])
    print(f"one score alone, durable, SQLite: median {one * 1e3:.2f} ms until it is on disk")


def one_round(
    directory: Path, made: Sequence[Entry], rows: int, url: str | None
) -> Iterator[tuple[str, float]]:
    """The seconds of each way."""
    yield "plain executemany, SQLite", plainly(directory / "plain.db", made, rows)
    for mode in ("durable", "fast"):
        file = f"sqlite:///{directory / mode}.db"
        yield f"record, SQLite, {mode}", recorded(file, mode == "durable", made, rows)
    if url:
        yield "record, PostgreSQL, durable", recorded(url, True, made, rows)


def answers(number: int) -> list[Entry]:
    """Entries of a model trained on simulated records."""
    with tempfile.TemporaryDirectory() as directory:
        simulate(Path(directory), 30_000, 0)
        records = read_records(directory)
    trained = train(records, Settings(test=False))
    scorer, asked = Scorer(trained.model, trained.history), records.declarations.tail(number)
    ids = ScoreIds.new()
    told = [
        answer | {"score_id": ids.of(at)}
        for at, answer in enumerate(scorer.score_validated(asked).to_dict("records"))
    ]
    block = scorer.history.block(asked)
    block.work_out(scorer.model.signals)
    by = Asked("benchmark", Circumstances.of(scorer))
    return entries_of(block, told, received_of(asked), [by] * len(told))


def renamed(made: Sequence[Entry], number: int) -> list[Entry]:
    """The same entries over and over, each under a new id."""
    ids = ScoreIds.new()
    return [replace(made[at % len(made)], score_id=ids.of(at)) for at in range(number)]


def plainly(file: Path, made: Sequence[Entry], number: int) -> float:
    """Seconds of the driver's executemany, in transactions of a request each."""
    engine = create_engine(f"sqlite:///{file}")
    names = [column.name for column in SCORES.columns]
    rows = [row_of(entry) | {"day": str(entry.day)} for entry in renamed(made, number)]
    ready = [tuple(row[name] for name in names) for row in rows]
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(str(CreateTable(SCORES).compile(engine)))
        for index in SCORES.indexes:
            connection.execute(str(CreateIndex(index).compile(engine)))
        marks = ", ".join("?" * len(names))
        started = time.perf_counter()
        for at in range(0, number, REQUEST):
            part = ready[at : at + REQUEST]
            connection.executemany(f"INSERT INTO {SCORES.name} VALUES ({marks})", part)
            connection.commit()
        return time.perf_counter() - started


def recorded(url: str, durable: bool, made: Sequence[Entry], number: int) -> float:
    """Seconds until all is recorded, with what it takes to make rows of the entries."""
    entries = renamed(made, number)
    with Audit.open(url, durable, most_waiting=number) as audit:
        started = time.perf_counter()
        for at in range(0, number, REQUEST):
            audit.record(entries[at : at + REQUEST])
    assert audit.lost == 0, audit.trouble
    return time.perf_counter() - started


def alone(url: str, entry: Entry) -> float:
    """The median of 200 scores recorded one after the other."""
    took = []
    with Audit.open(url, durable=True) as audit:
        for one in renamed([entry], 200):
            started = time.perf_counter()
            audit.record([one]).result()
            took.append(time.perf_counter() - started)
    return float(np.median(took))


if __name__ == "__main__":
    main()
