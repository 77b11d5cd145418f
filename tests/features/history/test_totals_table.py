"""A history as a table: the same bytes again, batches once and whole, what does not fit refused."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from shiprisk.features import (
    NODES,
    History,
    HistoryError,
    TotalsTable,
    load_history,
    save_as_table,
    save_history,
)
from shiprisk.features.history.day_totals import DayTotals, widths_of
from shiprisk.features.history.rows import as_table
from shiprisk.training.examples import KEY, Past
from tests.features.spark.hard_past import hard_past

RANGES = 8


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return hard_past(tmp_path_factory.mktemp("hard"), 600)


@pytest.fixture(scope="module")
def whole(past: Past, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the history of the whole past."""
    return saved(past.history(), tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def halves(past: Past) -> tuple[Past, Past]:
    """Every second record: both have the same keys on the same days."""
    second = np.arange(len(past.declarations)) % 2 == 1
    return some_of(past, ~second), some_of(past, second)


@pytest.fixture(scope="module")
def of_first_half(halves: tuple[Past, Past], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of the first half. Shared: do not change it."""
    directory = tmp_path_factory.mktemp("table") / "totals"
    save_as_table(halves[0].history(), directory, RANGES)
    return directory


@pytest.fixture
def table(of_first_half: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(of_first_half, tmp_path / "totals"))


def some_of(past: Past, which: np.ndarray) -> Past:
    declarations = past.declarations[which]
    inspected = past.inspected.merge(declarations[KEY], on=KEY)
    return replace(past, declarations=declarations, inspected=inspected)


def files_of(directory: Path) -> dict[str, bytes]:
    """What is in a directory, by path."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def saved(history: History, directory: Path) -> dict[str, bytes]:
    save_history(history, directory)
    return files_of(directory)


def writing(past: Past, fails_after: int = RANGES) -> Callable[[Path], None]:
    """Writes what records add, each range in two files, and fails where it is told to."""

    def write(into: Path) -> None:
        history = past.history()
        rows = DayTotals.of((at, ledger) for at, (_, ledger) in enumerate(history.merged()))
        widths = widths_of(history.ledgers)
        for place, of_range in rows.by_range(RANGES, widths):
            if place >= fails_after:
                raise OSError("no space left")
            (into / f"range={place}").mkdir(parents=True)
            written = as_table(of_range, widths)
            middle = len(written) // 2
            for name, part in {"b": written[:middle], "a": written[middle:]}.items():
                pq.write_table(part, into / f"range={place}" / f"{name}.parquet")

    return write


def test_a_history_read_back_from_a_table_is_the_same_bytes(
    past: Past, whole: dict[str, bytes], tmp_path: Path
) -> None:
    save_as_table(past.history(), tmp_path / "table", RANGES)
    assert saved(load_history(tmp_path / "table", NODES), tmp_path / "read") == whole
    assert any(len(content) > 10_000 for content in whole.values())


def test_batches_one_after_the_other_make_the_history_of_all_records(
    past: Past, halves: tuple[Past, Past], table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    before = files_of(table / "days")
    grown = TotalsTable.at(table).appended("second", past.history(), writing(halves[1]))
    assert grown == TotalsTable.at(table)
    assert grown.batches == ("first", "second")
    assert saved(load_history(table, NODES), tmp_path / "read") == whole
    # Nothing that was there is written again, and what is replaced does not stay.
    assert before.items() <= files_of(table / "days").items()
    assert len(list(table.glob("beside-*"))) == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("first", "has a batch 'first' already"),
        ("", "'' names no batch"),
        ("a/b", "names no batch"),
        ("first\n", "names no batch"),
    ],
)
def test_a_name_that_cannot_be_taken_is_refused_and_nothing_changes(
    past: Past, halves: tuple[Past, Past], table: Path, name: str, told: str
) -> None:
    before = files_of(table)
    with pytest.raises(HistoryError, match=told):
        TotalsTable.at(table).appended(name, past.history(), writing(halves[1]))
    assert files_of(table) == before


def test_a_batch_cut_off_does_not_count_and_can_be_written_again(
    past: Past, halves: tuple[Past, Past], table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    first = saved(load_history(table, NODES), tmp_path / "first")
    with pytest.raises(OSError, match="no space"):
        TotalsTable.at(table).appended("second", past.history(), writing(halves[1], 3))
    assert TotalsTable.at(table).batches == ("first",)
    assert saved(load_history(table, NODES), tmp_path / "still") == first
    assert len(list((table / "days" / "batch=second").iterdir())) == 3
    TotalsTable.at(table).appended("second", past.history(), writing(halves[1]))
    assert saved(load_history(table, NODES), tmp_path / "whole") == whole


def test_a_first_batch_cut_off_leaves_no_table(halves: tuple[Past, Past], tmp_path: Path) -> None:
    empty = TotalsTable.empty(tmp_path, RANGES)
    with pytest.raises(OSError, match="no space"):
        empty.appended("first", halves[0].history(), writing(halves[0], 2))
    assert not TotalsTable.is_at(tmp_path)
    with pytest.raises(HistoryError, match="holds no readable table of totals"):
        TotalsTable.at(tmp_path)


def test_a_batch_is_refused_where_another_was_appended_meanwhile(
    past: Past, halves: tuple[Past, Past], table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    def meanwhile(into: Path) -> None:
        TotalsTable.at(table).appended("other", past.history(), writing(halves[1]))
        writing(halves[1])(into)

    with pytest.raises(HistoryError, match="by another run meanwhile; append this again"):
        TotalsTable.at(table).appended("second", past.history(), meanwhile)
    assert TotalsTable.at(table).batches == ("first", "other")
    assert saved(load_history(table, NODES), tmp_path / "read") == whole
    empty = TotalsTable.empty(tmp_path / "new", RANGES)
    empty.appended("first", History(NODES), writing(halves[0]))
    with pytest.raises(HistoryError, match="by another run"):
        empty.appended("second", History(NODES), writing(halves[1]))


def test_batches_put_together_are_the_same_totals_and_their_names_stay_taken(
    past: Past, halves: tuple[Past, Past], table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    before = TotalsTable.at(table).appended("second", past.history(), writing(halves[1]))
    before.joined(writing(past))
    assert saved(load_history(table, NODES), tmp_path / "read") == whole
    assert len(list((table / "days").iterdir())) == 1
    for name in ("first", "second"):
        with pytest.raises(HistoryError, match="already"):
            TotalsTable.at(table).require_new(name)
    # Who opened it before is told, and does not take what is gone for nothing.
    with pytest.raises(HistoryError, match="was joined to others; open it again"):
        before.shelf(0, past.history().ledgers)


def test_a_table_is_not_written_over_another(halves: tuple[Past, Past], table: Path) -> None:
    before = files_of(table)
    with pytest.raises(HistoryError, match="is a table of totals already"):
        save_as_table(halves[1].history(), table, RANGES, "second")
    assert files_of(table) == before


def edited(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    index = json.loads(file.read_text(encoding="utf-8"))
    change(index)
    file.write_text(json.dumps(index), encoding="utf-8")


def test_a_table_of_another_format_is_refused(table: Path) -> None:
    edited(table / "totals.json", lambda index: index.update(format=0))
    with pytest.raises(HistoryError, match="another format"):
        load_history(table, NODES)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda index: index.update(format=1), "another format"),
        (lambda index: index["lists"].update(priority="2023-05-19 0123456789ab"), "other lists"),
        (lambda index: index["ledgers"][0].update(made_by="0"), "another definition of"),
    ],
)
def test_a_table_that_other_code_or_lists_made_is_refused(
    table: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    edited(next(table.glob("beside-*")) / "history.json", change)
    with pytest.raises(HistoryError, match=told):
        load_history(table, NODES)
    with pytest.raises(HistoryError, match=told):
        TotalsTable.at(table).history(NODES)
