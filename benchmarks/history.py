"""All totals of the past for every declaration: the history, DuckDB and pandas, in one run.

    pip install duckdb
    .venv/bin/python benchmarks/history.py [DECLARATIONS] [RECORDS] [--alone]

The same trailing totals of the same declarations, strictly before each one's day: with our history
(built from the records, then looked up in blocks), as DuckDB's window functions over a
table that holds all keys and amounts already (on all cores), and, for a few totals, with pandas'
groupby().rolling() on records summed by day (on one core, as it works). Sums over all records must
agree. The percentile totals, which no window function gives, and those of published statistics are
ours alone. Then the history is saved and mapped into memory, and single records are asked for all
signals. RECORDS: a
directory of a simulated world, which is made where it does not exist. --alone: without DuckDB and
pandas.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from shiprisk.features import (
    NODES,
    SIGNALS,
    History,
    Trailing,
    load_history,
    read_records,
    save_history,
    signal_matrix,
)
from shiprisk.features.block import Block
from shiprisk.features.columns import columns_of
from shiprisk.features.trailing import ledgers_of
from shiprisk.training import simulate
from shiprisk.training.examples import Past

ROWS_AT_ONCE = 20_000
TOTALS = {name: node for name, node in NODES.items() if isinstance(node, Trailing)}
IN_WINDOWS = {name: t for name, t in TOTALS.items() if t.take != "below" and t.on != "published_on"}
# What pandas is asked for: totals of keys of all kinds, over 30 days to a year.
COUNTS = [name for name, t in TOTALS.items() if t.take == "total" and t.days and t.by and not t.of]
ROLLED = COUNTS[::3]
SIGNALS_ALL = tuple(signal.name for signal in SIGNALS)


def main(declarations: int, directory: Path, alone: bool) -> None:
    """Time all three on the same records, compare their sums, print the ratios."""
    if not directory.exists():
        simulate(directory, declarations, 0)
    past = Past.with_or_without_outcomes(read_records(str(directory)))
    megabytes = past.declarations.memory_usage(deep=True).sum() / 2**20
    rows = len(past.declarations)
    print(f"{rows:,} declarations ({megabytes:,.0f} MiB), {len(TOTALS)} totals")
    before = _peak()
    built, history = _timed(lambda: past.history())
    looked_up, ours = _timed(lambda: _sums(history, past.declarations, tuple(IN_WINDOWS)))
    worked_out, _ = _timed(lambda: _sums(history, past.declarations, SIGNALS_ALL))
    above = _peak() - before
    print(f"history: {built:.1f} s to build, {looked_up:.1f} s to look up")
    print(f"all {len(SIGNALS)} signals, looking up included: {worked_out:.1f} s")
    print(f"memory above the records': {above:,.0f} MiB, {above / megabytes:.1f} times theirs")
    print(f"one record alone, all signals: median {_alone(past, history) * 1e3:.2f} ms")
    if not alone:
        _compare(past, history, ours, built + looked_up)


def _compare(past: Past, history: History, ours: dict[str, float], own: float) -> None:
    """The same totals elsewhere: DuckDB for all that it can express, pandas for some."""
    connection = _tables(past, history)
    took, theirs = _timed(lambda: _windows(connection))
    for name, total in theirs.items():
        np.testing.assert_allclose(ours[name], total, rtol=1e-6, err_msg=name)
    print(f"DuckDB, {len(IN_WINDOWS)} of them: {took:.1f} s; history / DuckDB {own / took:.2f}")
    rolled, _ = _timed(lambda: [_rolled(past, history, name) for name in ROLLED])
    each = (rolled / len(ROLLED)) / (own / len(TOTALS))
    print(
        f"pandas, {len(ROLLED)} of them: {rolled:.1f} s; for one total, pandas / history {each:.1f}"
    )


def _sums(history: History, declarations: pd.DataFrame, names: tuple[str, ...]) -> dict[str, float]:
    """Each total summed over all declarations (days as numbers), block by block."""
    sums = dict.fromkeys(names, 0.0)
    for start in range(0, len(declarations), ROWS_AT_ONCE):
        block = history.block(declarations.iloc[start : start + ROWS_AT_ONCE])
        block.work_out(names)
        for name in names:
            sums[name] += _as_sum(block[name])
    return sums


def _as_sum(values: np.ndarray) -> float:
    if values.dtype.kind == "M":
        values = values[~np.isnat(values)].astype(np.int64)
    return float(np.nansum(values))


def _tables(past: Past, history: History) -> duckdb.DuckDBPyConnection:
    """DuckDB with all keys, days and amounts of declarations and of outcomes ready."""
    needed = {x for total in IN_WINDOWS.values() for x in total.inputs} - {"violation"}
    connection = duckdb.connect()
    for table, frame in {"declared": past.declarations, "inspected": past.inspected}.items():
        block = Block(history.register.joined(columns_of(frame)), NODES)
        columns = {name: block[name] for name in (*needed, "declared_on")}
        if table == "inspected":
            columns |= {name: block[name] for name in ("known_on", "violation")}
        made = pd.DataFrame(columns)  # noqa: F841 — DuckDB finds it by its name
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM made")
    return connection


def _windows(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Each total summed over all declarations, by one query for each ledger."""
    sums = {}
    for ledger in ledgers_of(IN_WINDOWS.values()):
        names = [name for name, total in IN_WINDOWS.items() if total.ledger == ledger]
        row = connection.execute(_query(ledger.by, ledger.on, names)).fetchone()
        assert row
        sums.update(zip(names, (float(x or 0) for x in row), strict=True))
    return sums


def _query(by: tuple[str, ...], on: str, names: list[str]) -> str:
    amounts = {TOTALS[name].column for name in names} - {""}
    fields = ", ".join((*by, *amounts - set(by))) or "1 AS one"
    whole = " AND ".join(f"{name} IS NOT NULL" for name in by) or "TRUE"
    events = f"SELECT {fields}, date_diff('day', DATE '1970-01-01', {on}) AS day, {{}} FROM {{}}"
    if on == "declared_on":
        source = events.format("TRUE AS asked, 1 AS happened", "declared")
    else:  # outcomes enter on the day they were known, and every declaration asks on its own
        none = ", ".join((*by, *(f"NULL AS {name}" for name in sorted(amounts)))) or "1 AS one"
        outcome = ", ".join((*by, *sorted(amounts))) or "1 AS one"
        day = "date_diff('day', DATE '1970-01-01', {}) AS day"
        source = (
            f"SELECT {none}, {day.format('declared_on')}, TRUE AS asked, NULL AS happened "
            f"FROM declared UNION ALL "
            f"SELECT {outcome}, {day.format('known_on')}, FALSE, 1 FROM inspected"
        )
    keys = f"PARTITION BY {', '.join(by)} " if by else ""
    totals = ", ".join(f"{_window(TOTALS[name], keys)} AS {name}" for name in names)
    sums = ", ".join(f"sum({name}) FILTER (asked)" for name in names)
    return f"SELECT {sums} FROM (SELECT asked, {totals} FROM ({source}) WHERE {whole})"


def _window(total: Trailing, keys: str) -> str:
    reach = f"{total.days} PRECEDING" if total.days else "UNBOUNDED PRECEDING"
    frame = f"OVER ({keys}ORDER BY day RANGE BETWEEN {reach} AND 1 PRECEDING)"
    amount = f"CAST({total.column} AS DOUBLE)" if total.column else "happened"
    if total.take == "total":
        nan_out = f"CASE WHEN isnan({amount}) THEN 0 ELSE {amount} END" if total.column else amount
        return f"coalesce(sum({nan_out}) {frame}, 0)"
    seen = f"CASE WHEN {amount} > 0 THEN day END"
    return f"{'min' if total.take == 'first_day' else 'max'}({seen}) {frame}"


def _rolled(past: Past, history: History, name: str) -> np.ndarray:
    """The same count with pandas. Rows of one day must not see each other: count per day first."""
    total = TOTALS[name]
    block = Block(history.register.joined(columns_of(past.declarations)), NODES)
    frame = pd.DataFrame({x: block[x] for x in total.by}).assign(day=past.declarations[total.on])
    by = list(total.by)
    daily = frame.groupby([*by, "day"], sort=True).size().rename("count").reset_index(by)
    windows = daily.groupby(by)["count"].rolling(f"{total.days}D", closed="left").sum().fillna(0)
    return windows.reindex(pd.MultiIndex.from_frame(frame)).to_numpy()


def _alone(past: Past, history: History) -> float:
    """The median time of all signals of one record, from a history mapped from disk."""
    with tempfile.TemporaryDirectory() as directory:
        save_history(history, Path(directory))
        mapped = load_history(Path(directory), NODES)
        took = []
        for at in np.random.default_rng(0).integers(0, len(past.declarations), 1000):
            columns = columns_of(past.declarations.iloc[[at]])
            took.append(_timed(lambda c=columns: signal_matrix(mapped.block(c), SIGNALS_ALL))[0])
    return float(np.median(took))


def _timed(work):  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    told = [word for word in sys.argv[1:] if word != "--alone"]
    asked = int(told[0]) if told else 1_000_000
    with tempfile.TemporaryDirectory() as made:
        where = Path(told[1]) if len(told) > 1 else Path(made) / "records"
        main(asked, where, "--alone" in sys.argv)
