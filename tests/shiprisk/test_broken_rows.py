"""Broken rows among good ones: each is set aside with every fault it has, the others go on."""

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shiprisk.features import Records
from shiprisk.serving import SCHEMA
from tests.factory import declarations
from tests.shiprisk.running import FAILED, KEY, SOME_REJECTED, WELL, Ran, as_csv, strict_json, table

GOOD_ROWS, BROKEN_ROWS = 1000, 50

# A kind of broken row: what to put in which columns; these columns are then at fault, no other.
EDITS: dict[str, dict[str, str | bytes]] = {
    "negative mass": {"net_mass_kg": "-5"},
    "future date": {"declared_on": "2999-01-01"},
    "unknown country": {"country_of_origin": "ZZ"},
    "HS of 5 digits": {"hs_code": "84501"},
    "HS with a lost zero": {"hs_code": "101210000"},
    "letters in HS": {"hs_code": "84A501"},
    "text in a number": {"customs_value_usd": "about 5000"},
    "NaN in a required number": {"item_number": "NaN"},
    "missing required text": {"trader_id": ""},
    "missing id": {"declaration_id": ""},
    "wrong encoding": {"description": "Стиральные машины".encode("windows-1251")},
    "unknown direction": {"direction": "sideways"},
    "unknown currency": {"currency": "QQQ"},
    "impossible date": {"declared_on": "2025-02-30"},
    "several faults": {
        "declared_on": "30.06.2025",
        "hs_code": "",
        "transit_countries": "KZ ZZ",
        "net_mass_kg": "-1",
        "currency": "QQQ",
    },
}
DUPLICATE, SHORT = "duplicate key", "wrong number of fields"
KINDS = [*EDITS, DUPLICATE, SHORT]
# What the fault should say was expected, where a reader needs the hint.
HINTS = {
    "negative mass": "from 0",
    "HS with a lost zero": "leading zero",
    "missing id": "required",
    "missing required text": "required",
    "wrong encoding": "--encoding",
    DUPLICATE: "no earlier row",
    SHORT: "fields, found",
}


def columns_at_fault(kind: str) -> list[str]:
    return {DUPLICATE: [", ".join(KEY)], SHORT: [""]}.get(kind) or sorted(EDITS[kind])


@dataclass(frozen=True)
class Mixed:
    """A file of good and broken rows, one of the good rows alone, and the kinds by row from 1."""

    path: Path
    good: Path
    broken: dict[int, str]


@pytest.fixture
def mixed(records: Records, tmp_path: Path) -> Mixed:
    """1,000 good rows with 50 broken ones scattered among them, as bytes on disk."""
    rows = records.declarations.tail(GOOD_ROWS + BROKEN_ROWS)
    with as_csv(rows, tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        names, *lines = csv.reader(file)
    places = np.linspace(5, len(lines) - 1, BROKEN_ROWS).astype(int).tolist()
    broken = dict(zip(places, islice(cycle(KINDS), BROKEN_ROWS), strict=True))
    good = [_joined(line) for at, line in enumerate(lines) if at not in broken]
    both = [
        _broken(broken[at], dict(zip(names, line, strict=True)), lines[0])
        if at in broken
        else _joined(line)
        for at, line in enumerate(lines)
    ]
    for name, written in {"good.csv": good, "mixed.csv": both}.items():
        (tmp_path / name).write_bytes(b"\n".join([_joined(names), *written]) + b"\n")
    by_row = {at + 1: kind for at, kind in broken.items()}
    return Mixed(tmp_path / "mixed.csv", tmp_path / "good.csv", by_row)


def _broken(kind: str, cells: dict[str, Any], first: list[str]) -> bytes:
    if kind == SHORT:
        return _joined(list(cells.values())[:-1])
    if kind == DUPLICATE:
        return _joined([*first[: len(KEY)], *list(cells.values())[len(KEY) :]])
    return _joined((cells | EDITS[kind]).values())


def _joined(cells: Iterable[str | bytes]) -> bytes:
    raw = [cell.encode() if isinstance(cell, str) else cell for cell in cells]
    return b",".join(b'"' + cell.replace(b'"', b'""') + b'"' if cell else b"" for cell in raw)


def rejected_records(path: Path) -> dict[int, dict[str, Any]]:
    """The rejected records of one file, by row."""
    lines = [strict_json(line) for line in path.read_text(encoding="utf-8").splitlines()]
    by_row = {line["row"]: line for line in lines}
    assert len(by_row) == len(lines)
    return by_row


def test_broken_rows_are_set_aside_with_every_fault_and_good_ones_scored(
    mixed: Mixed, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    assert len(mixed.broken) == BROKEN_ROWS
    assert set(mixed.broken.values()) == set(KINDS)
    out, clean = tmp_path / "scores.parquet", tmp_path / "clean.parquet"

    ran = shiprisk("score", mixed.path, "--model", bundle, "--out", out)

    assert ran.code == SOME_REJECTED
    assert "1,000 scores in" in ran.said
    assert "Rejected: 50 of declarations" in ran.said
    assert "scores.rejected.jsonl" in ran.said
    # Good rows are scored as if the broken ones had not been there.
    assert shiprisk("score", mixed.good, "--model", bundle, "--out", clean).code == WELL
    assert len(table(out)) == GOOD_ROWS
    assert out.read_bytes() == clean.read_bytes()

    rejected = rejected_records(tmp_path / "scores.rejected.jsonl")
    assert sorted(rejected) == sorted(mixed.broken)
    for row, kind in mixed.broken.items():
        faults = rejected[row]["faults"]
        assert sorted(fault["column"] for fault in faults) == columns_at_fault(kind), kind
        assert HINTS.get(kind, "") in faults[0]["expected"], kind
        assert all(fault["expected"] for fault in faults), kind


def test_a_rejected_record_is_kept_as_it_was_given(
    mixed: Mixed, bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    set_aside = tmp_path / "aside" / "faulty.jsonl"
    out = ("--out", tmp_path / "scores.csv", "--rejected", set_aside)
    assert shiprisk("score", mixed.path, "--model", bundle, *out).code == SOME_REJECTED
    assert not (tmp_path / "scores.rejected.jsonl").exists()
    rejected = rejected_records(set_aside)
    for row, kind in mixed.broken.items():
        record = rejected[row]["record"]
        assert rejected[row]["table"] == "declarations"
        assert Path(rejected[row]["source"]) == mixed.path
        if kind == SHORT:
            assert list(record) == ["line"]
        elif kind not in {DUPLICATE, "wrong encoding"}:
            edits = EDITS[kind]
            assert {name: record[name] or "" for name in edits} == edits


def test_training_sets_broken_rows_aside_too(
    world: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for path in world.glob("*.parquet"):
        shutil.copy(path, folder)
    inspections = pd.read_parquet(folder / "inspections.parquet")
    inspections["item_number"] = inspections["item_number"].astype("float64")
    inspections.loc[[3, 5], "item_number"] = [0, np.nan]
    inspections.to_parquet(folder / "inspections.parquet")
    # Too little was known by then to train on, which is told as well.
    ran = shiprisk("train", folder, "--as-of", "2024-02-01", "--rejected", tmp_path / "no.jsonl")
    assert ran.code == FAILED
    assert "Rejected: 2 of inspections" in ran.said
    faults = [one["faults"] for one in rejected_records(tmp_path / "no.jsonl").values()]
    assert [[fault["column"] for fault in each] for each in faults] == [["item_number"]] * 2


def test_a_file_with_nothing_good_gives_an_empty_answer(
    bundle: Path, shiprisk: Callable[..., Ran], tmp_path: Path
) -> None:
    file = as_csv(declarations(3, hs_code="12345"), tmp_path / "bad.csv")
    out = tmp_path / "scores.parquet"
    ran = shiprisk("score", file, "--model", bundle, "--out", out)
    assert ran.code == SOME_REJECTED
    assert "0 scores in" in ran.said
    assert pq.read_schema(out).remove_metadata() == SCHEMA
    assert len(table(out)) == 0
