"""Running totals against brute force: any keys, days, windows, duplicates, ties, late outcomes."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiprisk.features import (
    History,
    HistoryError,
    Trailing,
    list_versions,
    load_history,
    save_history,
)

NODES = {
    "all": Trailing(by=()),
    "trader": Trailing(by=("trader_id",)),
    "trader_1": Trailing(by=("trader_id",), days=1),
    "trader_7": Trailing(by=("trader_id",), days=7),
    "pair_30": Trailing(by=("trader_id", "hs_code"), days=30),
    "mass": Trailing(by=("hs_code",), of="net_mass_kg"),
    "mass_7": Trailing(by=("hs_code",), of="net_mass_kg", days=7),
    "same_mass": Trailing(by=("hs_code", "net_mass_kg")),
    "lighter": Trailing(by=("hs_code",), of="net_mass_kg", take="below"),
    "lighter_7": Trailing(by=("hs_code",), of="net_mass_kg", days=7, take="below"),
    "first": Trailing(by=("trader_id",), take="first_day"),
    "last": Trailing(by=("trader_id",), take="last_day"),
    "inspected": Trailing(by=("trader_id",), on="known_on"),
    "hits_7": Trailing(by=("hs_code",), of="violation", days=7, on="known_on"),
    "first_mass": Trailing(by=("trader_id",), of="net_mass_kg", take="first_day"),
    "last_hit": Trailing(by=("hs_code",), of="violation", on="known_on", take="last_day"),
}

START = pd.Timestamp("2024-01-01")

row = st.fixed_dictionaries(
    {
        "trader_id": st.sampled_from(["a", "b", "c", None]),
        "hs_code": st.sampled_from(["01", "0101", None]),
        "declared_on": st.integers(0, 20),
        "net_mass_kg": st.sampled_from([0.0, 0.25, 1.0, 1.0625, 7.5, 1e6, None]),
        "delay": st.one_of(st.none(), st.integers(0, 15)),
        "violation": st.booleans(),
    }
)
rows = st.lists(row, min_size=1, max_size=25)


def frames(made: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Declarations, and those among them with an outcome."""
    frame = pd.DataFrame(made)
    for name in ("trader_id", "hs_code"):
        frame[name] = frame[name].astype("str")
    frame["net_mass_kg"] = frame["net_mass_kg"].astype(float)
    delay = frame.pop("delay").astype(float)
    frame["declared_on"] = (START + pd.to_timedelta(frame["declared_on"], "D")).astype(
        "datetime64[s]"
    )
    known = frame["declared_on"] + pd.to_timedelta(delay, "D")
    inspected = frame.assign(known_on=known.astype("datetime64[s]"))[delay.notna()]
    return frame.drop(columns="violation"), inspected


def is_missing(value: object) -> bool:
    return value is None or value != value


def brute_force(
    total: Trailing, record: dict, declared: list[dict], inspected: list[dict]
) -> float:
    """The definition, spelled out."""
    ranked = (record[total.of],) if total.take == "below" else ()
    if any(is_missing(part) for part in (*(record[name] for name in total.by), *ranked)):
        return math.nan
    found, day = [], record["declared_on"]
    for past in declared if total.on == "declared_on" else inspected:
        when = past[total.on]
        in_window = total.days is None or when >= day - pd.Timedelta(days=total.days)
        same = all(past[name] == record[name] for name in total.by)
        known = not total.of or not is_missing(past[total.of])
        if when < day and in_window and same and known:
            found.append((when, past[total.of] if total.of else 1.0))
    if total.take in ("first_day", "last_day"):
        found = [(when, amount) for when, amount in found if amount != 0]
        pick = min if total.take == "first_day" else max
        return float((pick(found)[0] - pd.Timestamp(0)).days) if found else math.nan
    if total.take == "below":
        own = bin_of(record[total.of])
        return float(sum((bin_of(v) < own) + 0.5 * (bin_of(v) == own) for _, v in found))
    return float(sum(amount for _, amount in found))


def bin_of(value: float) -> int:
    """Bins a tenth wide from -10 to 15.6, the outermost open."""
    return min(max(math.floor((value + 10) / 0.1), 0), 255)


def looked_up(history: History, frame: pd.DataFrame) -> dict[str, np.ndarray]:
    block = history.block(frame)
    found = {}
    for name in history.nodes:
        values = block[name]
        if values.dtype.kind == "M":
            values = np.where(np.isnat(values), np.nan, values.astype(np.int64).astype(float))
        found[name] = values
    return found


def behind(array: np.ndarray) -> Iterator[object]:
    """What an array looks at, and what that looks at in turn."""
    looked_at: object = array
    while looked_at is not None:
        yield looked_at
        looked_at = getattr(looked_at, "base", None)


def assert_same(left: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> None:
    for name in left:
        np.testing.assert_array_equal(left[name], right[name], err_msg=name)


@given(rows)
@settings(max_examples=100, deadline=None)
def test_totals_equal_brute_force(made: list[dict]) -> None:
    declared, inspected = frames(made)
    found = looked_up(History(NODES).extended(declared, inspected), declared)
    past = declared.to_dict("records"), inspected.to_dict("records")
    for name, total in NODES.items():
        wanted = [brute_force(total, record, *past) for record in past[0]]
        np.testing.assert_allclose(found[name], wanted, atol=1e-5, err_msg=name)


def test_a_large_batch_equals_brute_force_and_each_row_alone() -> None:
    generator = np.random.default_rng(5)
    made = [
        {
            "trader_id": generator.choice(["a", "b", "c", None]),
            "hs_code": str(generator.integers(10, 30)),
            "declared_on": int(generator.integers(0, 60)),
            "net_mass_kg": float(generator.choice([0.5, 1.0, 2.25, 7.0, 30.0])),
            "delay": int(generator.integers(0, 30)) if generator.random() < 0.3 else None,
            "violation": bool(generator.random() < 0.5),
        }
        for _ in range(1500)
    ]
    declared, inspected = frames(made)
    history = History(NODES).extended(declared, inspected)
    batch = looked_up(history, declared)
    past = declared.to_dict("records"), inspected.to_dict("records")
    for at in range(0, len(declared), 37):
        alone = looked_up(history, declared.iloc[[at]])
        assert_same(alone, {name: values[[at]] for name, values in batch.items()})
        for name, total in NODES.items():
            wanted = brute_force(total, past[0][at], *past)
            np.testing.assert_allclose(batch[name][at], wanted, atol=1e-5, err_msg=name)


@given(rows)
@settings(max_examples=20, deadline=None)
def test_one_row_alone_is_as_in_the_batch(made: list[dict]) -> None:
    declared, inspected = frames(made)
    history = History(NODES).extended(declared, inspected)
    batch = looked_up(history, declared)
    for at in range(len(declared)):
        alone = looked_up(history, declared.iloc[[at]])
        assert_same(alone, {name: values[[at]] for name, values in batch.items()})


@given(rows, st.lists(st.integers(0, 3), min_size=25, max_size=25), st.integers(0, 20))
@settings(max_examples=30, deadline=None)
def test_appending_in_any_parts_equals_building_at_once(
    made: list[dict], parts: list[int], day: int
) -> None:
    declared, inspected = frames(made)
    at_once = History(NODES).extended(declared, inspected).compacted()
    grown = History(NODES)
    for part in range(4):
        chosen = np.array(parts[: len(declared)]) == part
        grown = grown.extended(
            declared[chosen], inspected.loc[inspected.index.intersection(declared.index[chosen])]
        )
    assert_same(looked_up(grown, declared), looked_up(at_once, declared))
    (shelf,), (wanted,) = grown.compacted().shelves, at_once.shelves
    assert shelf.places == wanted.places
    for array, other in zip(
        (shelf.bounds, *shelf.arrays), (wanted.bounds, *wanted.arrays), strict=True
    ):
        np.testing.assert_array_equal(array, other)
    assert grown.through == at_once.through


@given(rows, st.lists(st.integers(0, 25), max_size=4))
@settings(max_examples=15, deadline=None)
def test_declarations_in_parts_make_the_same_history_in_memory_or_in_files(
    made: list[dict], cuts: list[int]
) -> None:
    declared, inspected = frames(made)
    ends = [*sorted(min(cut, len(declared)) for cut in cuts), len(declared)]
    parts = [declared.iloc[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
    wanted = History(NODES).extended(declared, inspected)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("shiprisk.features.history.shelf._IN_MEMORY", 0)
        history = History(NODES).extended(parts, inspected)
    (shelf,), (other,) = history.shelves, wanted.shelves
    assert any(isinstance(x, np.memmap) for array in shelf.arrays for x in behind(array))
    for array, of_one in zip(shelf.arrays, other.arrays, strict=True):
        np.testing.assert_array_equal(array, of_one)
    assert history.through == wanted.through
    assert_same(looked_up(history, declared), looked_up(wanted, declared))


@given(made=rows)
@settings(max_examples=15, deadline=None)
def test_a_saved_history_is_mapped_and_answers_alike(
    made: list[dict], tmp_path_factory: pytest.TempPathFactory
) -> None:
    declared, inspected = frames(made)
    history = History(NODES).extended(declared, inspected)
    directory = tmp_path_factory.mktemp("history")
    save_history(history, directory)
    loaded = load_history(directory, NODES)
    mapped = [array for array in loaded.shelves[0].arrays if len(array)]
    assert mapped
    assert all(any(isinstance(x, np.memmap) for x in behind(array)) for array in mapped)
    assert_same(looked_up(loaded, declared), looked_up(history, declared))
    assert loaded.through == history.through


def test_a_history_can_grow_after_it_was_loaded(tmp_path: pytest.TempPathFactory) -> None:
    made = [
        {"trader_id": "a", "hs_code": "01", "declared_on": day, "net_mass_kg": 1.0, "delay": 1,
         "violation": True}
        for day in range(6)
    ]  # fmt: skip
    declared, inspected = frames(made)
    early = declared["declared_on"] < declared["declared_on"].iloc[4]
    save_history(History(NODES).extended(declared[early], inspected[early]), tmp_path)
    grown = load_history(tmp_path, NODES).extended(declared[~early], inspected[~early])
    assert_same(
        looked_up(grown, declared),
        looked_up(History(NODES).extended(declared, inspected), declared),
    )


def test_a_history_that_lacks_a_total_is_refused_by_name(tmp_path: pytest.TempPathFactory) -> None:
    save_history(History({"trader": NODES["trader"]}), tmp_path)
    with pytest.raises(HistoryError, match="records_by_hs_code_on_known_on"):
        load_history(tmp_path, NODES)


def test_a_history_made_with_other_lists_is_refused_by_name(
    tmp_path: pytest.TempPathFactory,
) -> None:
    save_history(History(NODES), tmp_path)
    index = json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))
    assert index["lists"] == list_versions()
    index["lists"]["priority"] = "2023-05-19 0123456789ab"
    (tmp_path / "history.json").write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(HistoryError, match=r"lists: priority \(then 2023-05-19.*Build it again"):
        load_history(tmp_path, NODES)


def test_a_directory_without_a_history_is_a_clear_error(tmp_path: pytest.TempPathFactory) -> None:
    with pytest.raises(HistoryError, match="holds no readable history"):
        load_history(tmp_path, NODES)


def test_totals_that_no_engine_could_compute_are_refused() -> None:
    with pytest.raises(ValueError, match="needs `of`"):
        Trailing(by=("trader_id",), take="below")
    with pytest.raises(ValueError, match="no meaning"):
        Trailing(by=("trader_id",), days=3, take="first_day")


def test_a_saved_history_is_named_by_what_it_holds(tmp_path: Path) -> None:
    made = [
        {"trader_id": "a", "hs_code": "01", "declared_on": day, "net_mass_kg": mass, "delay": 1,
         "violation": True}
        for day, mass in enumerate((1.0, 2.0))
    ]  # fmt: skip
    declared, inspected = frames(made)
    history = History(NODES).extended(declared, inspected)
    for name, one in {"first": history, "again": history, "less": History(NODES)}.items():
        save_history(one, tmp_path / name)
    first, again, less = (load_history(tmp_path / x, NODES) for x in ("first", "again", "less"))
    assert first.digest == again.digest != less.digest
    assert len(first.digest) == 32
    assert first.compacted().digest == first.digest
    assert first.extended(declared).digest == history.digest == "", "what was not saved has no name"
