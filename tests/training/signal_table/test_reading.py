"""A table of signals that cannot be trained on is refused with what is wrong and what to do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from shiprisk.training import Settings, TrainingError
from shiprisk.training.signal_table import read_signals

from .written import NAMES, write

SETTINGS = Settings()


def refused(directory: Path, settings: Settings = SETTINGS) -> str:
    with pytest.raises(TrainingError) as error:
        read_signals(directory, settings)
    return str(error.value)


def column(table: pa.Table, name: str, values: object) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


def test_no_table_and_lacking_columns_are_named(table: pa.Table, tmp_path: Path) -> None:
    assert "holds no table of signals" in refused(tmp_path / "nowhere")
    poor = table.drop_columns(["gross_to_net", "hs_code"])
    assert "lacks the columns gross_to_net, hs_code" in refused(write(poor, tmp_path / "poor"))


def test_a_row_that_is_there_twice_is_named(table: pa.Table, tmp_path: Path) -> None:
    directory = write(table, tmp_path / "table")
    write(table.slice(0, 1), directory / "again", parts=1)
    twice = table["declaration_id"][0].as_py()
    assert f"{twice}/{table['item_number'][0]}" in refused(directory)


def test_days_with_a_zone_are_refused(table: pa.Table, tmp_path: Path) -> None:
    zoned = column(table, "declared_on", table["declared_on"].cast(pa.timestamp("us", "UTC")))
    assert "without a zone" in refused(write(zoned, tmp_path / "zoned"))


def test_dates_and_nulls_are_read_as_days_and_missing_values(
    table: pa.Table, directory: Path, tmp_path: Path
) -> None:
    other = column(table, "declared_on", table["declared_on"].cast(pa.date32()))
    other = column(other, "known_on", table["known_on"].cast(pa.timestamp("us")))
    for name in NAMES:
        values = other[name].combine_chunks()
        other = column(other, name, pc.if_else(pc.is_nan(values), None, values))
    settings = replace(SETTINGS, as_of=date(2024, 12, 1))
    found = read_signals(write(other, tmp_path / "other"), settings)
    wanted = read_signals(directory, settings)
    np.testing.assert_array_equal(found.matrix, wanted.matrix)
    assert found.inspected.equals(wanted.inspected)


def test_lanes_need_a_random_sample_of_one_share(table: pa.Table, tmp_path: Path) -> None:
    none = column(table, "sample_share", pa.nulls(len(table), pa.float64()))
    assert "no lane can be set" in refused(write(none, tmp_path / "none"))
    shares = pa.array(np.arange(1, len(table) + 1) / len(table))
    mixed = column(table, "sample_share", shares)
    assert "must be one share" in refused(write(mixed, tmp_path / "mixed"))


def test_outcomes_must_be_there_in_time(directory: Path) -> None:
    assert "known in time" in refused(directory, replace(SETTINGS, as_of=date(2023, 7, 2)))
    assert "known in time" in refused(directory, replace(SETTINGS, as_of=date(2000, 1, 1)))


def test_an_outcome_of_no_day_is_none(table: pa.Table, directory: Path, tmp_path: Path) -> None:
    first = table["violation"].combine_chunks().is_valid().index(True).as_py()
    days = table["known_on"].to_pandas()
    days.iloc[first] = None
    undated = column(table, "known_on", pa.array(days, pa.timestamp("s"), from_pandas=True))
    found = read_signals(write(undated, tmp_path / "undated"), SETTINGS)
    wanted = read_signals(directory, SETTINGS)
    assert len(found.inspected) == len(wanted.inspected) - 1
    assert len(found.declarations) == len(wanted.declarations)


def test_a_label_delay_is_for_who_writes_the_table(directory: Path) -> None:
    assert "that writes it" in refused(directory, replace(SETTINGS, label_delay_days=10))
