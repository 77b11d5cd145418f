"""Records read a few rows at a time are those that are read at once."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiprisk.features import Kept, Records, Rejected
from shiprisk.features.records import Mapping, lines, read_records, reading
from shiprisk.features.records.earlier import Earlier
from tests.factory import declarations, inspection, trader

TODAY = date(2024, 6, 1)
ROWS = 120
MAPPING = Mapping.parse(
    {
        "columns": {
            "declaration_id": "Number",
            "declared_on": "Day",
            "direction": "Way",
            "trader_id": "Firm",
            "hs_code": "Code",
        },
        "derived": {"item_number": {"count_within": "declaration_id"}},
        "label": {
            "column": "Found",
            "violation": ["1"],
            "clear": ["0"],
            "known_after_days": 3,
        },
    }
)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, blocks have a few rows."""

    def begin() -> None:
        monkeypatch.setattr(lines, "BLOCK", 3000)
        monkeypatch.setattr(reading, "ROWS", 7)

    return begin


def faulty() -> pd.DataFrame:
    """Declarations with faults of cells, and keys that stand far apart or side by side."""
    frame = declarations(ROWS).astype(object)
    frame.loc[::13, "hs_code"] = "84A"
    frame.loc[5::31, "net_mass_kg"] = "-1"
    frame.loc[[3, 60, 61, 119], "declaration_id"] = "D0000003"
    frame.loc[60, "hs_code"] = "x"  # a row that is rejected for another reason takes its key
    return frame


def as_csv(frame: pd.DataFrame, path: Path) -> Path:
    text = frame.to_csv(index=False).splitlines()
    for at in (4, 50, 51, 100):
        text.insert(at, "no,record")
    text[80] += ',"open'
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


def as_json(frame: pd.DataFrame, path: Path) -> Path:
    """Some columns come late, and some lines are no object."""
    records = frame.to_dict("records")
    for record in records[:70]:
        del record["description"], record["currency"]
    written = [json.dumps(record) for record in records]
    written[40:40] = ["{bad", "[]"]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(written))
    return path


def as_parquet(frame: pd.DataFrame, path: Path) -> Path:
    """Whole numbers beside gaps, and a column that the other files lack."""
    items = pd.array([1] * len(frame), dtype="Int64")
    items[70] = None
    typed = frame.assign(item_number=items, net_mass_kg=1.5, activity_code="46431")
    typed.to_parquet(path, row_group_size=50)
    return path


def same(one: Records, other: Records) -> None:
    for name in ("declarations", "traders", "inspections", "rejected"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) == (right is None)
        if left is not None:
            pd.testing.assert_frame_equal(left, right)
    assert one.rejected_rows == other.rejected_rows


def test_any_files_give_the_same_tables_and_rejections_by_few_rows(
    tmp_path: Path, few_at_once: Callable[[], None]
) -> None:
    frame = faulty()
    files = [
        as_csv(frame.drop(columns="packages"), tmp_path / "a.csv"),
        as_json(
            frame.assign(declaration_id=frame["declaration_id"] + "j"), tmp_path / "b.jsonl.gz"
        ),
        as_parquet(
            frame.assign(declaration_id=frame["declaration_id"] + "p"), tmp_path / "c.parquet"
        ),
        as_csv(frame.tail(100), tmp_path / "d.csv"),
    ]
    once, few = Rejected(tmp_path / "once.jsonl"), Rejected(tmp_path / "few.jsonl")
    whole = read_records(files, today=TODAY, rejected=once)
    few_at_once()
    same(read_records(files, today=TODAY, rejected=few), whole)
    assert (tmp_path / "once.jsonl").read_bytes() == (tmp_path / "few.jsonl").read_bytes()
    assert (once.rows, once.kinds) == (few.rows, few.kinds)
    repeated = whole.rejected[whole.rejected["expected"].str.startswith("a key")]
    assert repeated["source"].nunique() == 4  # in three within the file, in one from another file
    assert whole.declarations["declaration_id"].is_unique
    assert {"packages", "activity_code", "description"} < set(whole.declarations)


def test_rejected_records_are_written_in_the_order_of_the_rows(tmp_path: Path) -> None:
    path = as_csv(faulty(), tmp_path / "a.csv")
    read_records(path, today=TODAY, rejected=Rejected(tmp_path / "rejected.jsonl"))
    written = (tmp_path / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line)["row"] for line in written]
    assert rows == sorted(set(rows))
    assert {4, 50, 51, 80, 100} < set(rows)


def test_counts_and_labels_of_a_mapping_go_on_from_block_to_block(
    tmp_path: Path, few_at_once: Callable[[], None]
) -> None:
    frame = pd.DataFrame(
        {
            "Number": [f"N{at % 9}" for at in range(ROWS)],
            "Day": "2024-01-05",
            "Way": "import",
            "Firm": "F",
            "Code": ["845011", "845011", "x"] * (ROWS // 3),
            "Found": ["1", "0", "", "?"] * (ROWS // 4),
        }
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    whole = read_records(tmp_path / "a.csv", MAPPING, today=TODAY)
    few_at_once()
    same(read_records(tmp_path / "a.csv", MAPPING, today=TODAY), whole)
    assert whole.declarations["item_number"].max() == -(-ROWS // 9)
    assert set(whole.rejected_rows) == {"declarations", "inspections"}


def test_a_directory_is_read_by_few_rows_as_at_once(
    tmp_path: Path, few_at_once: Callable[[], None]
) -> None:
    as_csv(faulty(), tmp_path / "declarations.csv")
    traders = [
        trader(trader_id=f"T{at % 20}", known_from=f"2023-0{at % 3 + 1}-01") for at in range(90)
    ]
    pd.DataFrame(traders).to_csv(tmp_path / "traders.csv", index=False)
    outcomes = [inspection(declaration_id=f"D{at:07}") for at in range(50)]
    pd.DataFrame(outcomes).to_parquet(tmp_path / "inspections.parquet")
    whole = read_records(tmp_path, today=TODAY)
    few_at_once()
    same(read_records(tmp_path, today=TODAY), whole)
    assert whole.rejected_rows["traders"] == 30


@given(st.lists(st.sampled_from("abcdef"), max_size=80), st.lists(st.integers(0, 9), max_size=80))
def test_earlier_rows_with_the_same_key_are_counted_over_any_blocks(
    keys: list[str], sizes: list[int]
) -> None:
    column = pd.Series(keys, dtype="str")
    wanted = column.groupby(column).cumcount().to_numpy()
    ends = np.minimum(np.cumsum([*sizes, len(keys)]), len(keys)).tolist()
    earlier, begin, found = Earlier(), 0, []
    for end in ends:
        found += earlier.counted(column.iloc[begin:end].to_frame("key")).tolist()
        begin = end
    assert found == wanted.tolist()


def test_what_is_kept_in_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    files = [as_csv(faulty(), tmp_path / "a.csv")]
    declared = read_records(files, today=TODAY).declarations
    declared.loc[declared.index[4], ["description", "customs_value_usd"]] = None
    parts = [declared.iloc[:0], declared.iloc[:50], declared.iloc[50:]]
    kept = Kept.of(tmp_path / "kept.arrow", parts)
    for _ in range(2):
        again = pd.concat(list(kept))
        pd.testing.assert_frame_equal(again.reset_index(drop=True), declared.reset_index(drop=True))
    assert len(kept) == len(declared)
    assert kept.days == {date(2023, 3, 1): len(declared)}
