"""Files of every kind give the same rows, and no line of them is lost."""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features.records import ReadError, validated
from shiprisk.features.records.delimited import LONGEST_RECORD
from shiprisk.features.records.lines import BLOCK, LONGEST_LINE, Raw
from shiprisk.features.records.numbered import numbered
from tests.factory import declarations


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read_table(path: Path, encoding: str = "utf-8") -> Raw:
    """All blocks of a file as one."""
    blocks = list(numbered([path], encoding))
    unread = tuple(one for block in blocks for one in block.unread)
    return Raw(pd.concat([block.frame.set_axis(block.labels) for block in blocks]), unread)


def test_every_kind_of_file_gives_the_same_accepted_frame(tmp_path: Path) -> None:
    frame = declarations(3).assign(country_of_origin="NA", procedure=None, hs_code="0406901300")
    listed = frame.assign(transit_countries=[["GE", "AZ"]] * 3)
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_csv(tmp_path / "a.csv.gz", index=False)
    frame.to_csv(tmp_path / "b.csv", index=False, sep=";")
    listed.to_parquet(tmp_path / "a.parquet")
    listed.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    wanted = validated(frame.set_axis([1, 2, 3])).accepted
    for path in sorted(tmp_path.iterdir()):
        raw = read_table(path)
        assert not raw.unread
        pd.testing.assert_frame_equal(validated(raw.frame).accepted, wanted, check_index_type=False)
    (given,) = numbered([frame], "utf-8")
    pd.testing.assert_frame_equal(given.frame.set_axis(frame.index), frame)


def test_csv_is_text_and_namibia_is_no_gap(tmp_path: Path) -> None:
    raw = read_table(write(tmp_path / "a.csv", 'a,b,c\nNA,007,""\n"NaN",null,\n'))
    assert raw.frame["a"].tolist() == ["NA", "NaN"]
    assert raw.frame["b"].tolist() == ["007", "null"]
    assert raw.frame["c"].isna().all()


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_marks_line_ends_and_blank_lines_are_no_content(tmp_path: Path, ends: str) -> None:
    text = ends.join(["\ufeffa,b", "1,2", "", "3,4", "", ""])
    raw = read_table(write(tmp_path / "a.csv", text))
    assert list(raw.frame.columns) == ["a", "b"]
    assert raw.frame.to_numpy().tolist() == [["1", "2"], ["3", "4"]]
    assert raw.frame.index.tolist() == [1, 2]
    assert not raw.unread


def test_lines_with_too_few_or_too_many_fields_are_faults(tmp_path: Path) -> None:
    raw = read_table(write(tmp_path / "a.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n"))
    assert raw.frame["a"].tolist() == ["1", "7"]
    assert raw.frame.index.tolist() == [1, 4]
    assert [one.fault for one in raw.unread] == [
        (2, "", "'3'", "2 fields, found 1"),
        (3, "", "'4,5,6'", "2 fields, found 3"),
    ]
    assert [one.line for one in raw.unread] == ["3", "4,5,6"]


def test_a_quote_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    good = "".join(f'{number},"x"\n' for number in range(3, 3 + 2 * LONGEST_RECORD))
    raw = read_table(write(tmp_path / "a.csv", f'a,b\n1,2\n2,"open\n{good}9,"open again\n'))
    assert len(raw.frame) == 1 + 2 * LONGEST_RECORD
    assert [one.row for one in raw.unread] == [2, 3 + 2 * LONGEST_RECORD]
    assert {one.expected for one in raw.unread} == {"a closing quotation mark"}
    assert raw.unread[0].line == '2,"open'


def test_a_quoted_value_may_run_over_lines(tmp_path: Path) -> None:
    raw = read_table(write(tmp_path / "a.csv", 'a,b\n1,"x\ny, ""z"""\n2,"5"" pipe"\n3,5" pipe\n'))
    assert raw.frame["b"].tolist() == ['x\ny, "z"', '5" pipe', '5" pipe']
    assert raw.frame.index.tolist() == [1, 2, 3]
    assert not raw.unread


def test_rows_are_numbered_across_blocks(tmp_path: Path) -> None:
    filler = "x" * 1000
    count = 2 * BLOCK // 1000
    lines = [f"{number},{filler}\n" for number in range(1, count + 1)]
    lines[count // 2] = "broken\n"
    lines[-1] = f'{count},"over\nlines"\n'
    raw = read_table(write(tmp_path / "a.csv", "a,b\n" + "".join(lines)))
    assert [one.row for one in raw.unread] == [count // 2 + 1]
    assert (raw.frame["a"].astype(int) == raw.frame.index).all()
    assert len(raw.frame) == count - 1


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_line_beyond_the_bound_is_refused(tmp_path: Path, name: str) -> None:
    rows = {"a.csv": "a,b\n1,LONG\n2,x\n", "a.jsonl": '{"a": "LONG"}\n{"a": "2"}\n'}
    raw = read_table(write(tmp_path / name, rows[name].replace("LONG", "x" * LONGEST_LINE)))
    assert [one.row for one in raw.unread] == [1]
    assert "at most 1,000,000" in raw.unread[0].expected
    assert raw.frame["a"].tolist() == ["2"]


def test_another_encoding_is_a_fault_until_it_is_named(tmp_path: Path) -> None:
    frame = declarations(2)
    frame.loc[1, "description"] = "Стиральные машины"
    path = tmp_path / "a.csv"
    frame.to_csv(path, index=False, encoding="windows-1251")
    wrong = validated(read_table(path).frame)
    assert wrong.rejected["column"].tolist() == ["description"]
    assert "--encoding" in wrong.rejected["expected"].iloc[0]
    assert wrong.accepted.index.tolist() == [1]
    right = validated(read_table(path, "windows-1251").frame)
    assert right.accepted["description"].tolist()[1] == "Стиральные машины"


def test_utf_16_is_read_when_named(tmp_path: Path) -> None:
    raw = read_table(write(tmp_path / "a.csv", "a,b\nЖ,2\n", "utf-16"), "utf-16")
    assert raw.frame.to_numpy().tolist() == [["Ж", "2"]]


def test_json_lines_that_are_no_object_are_faults(tmp_path: Path) -> None:
    lines = ['{"a": 1}', "{bad", "[1]", "7", '{"\\ud800": 1}', "[" * 100_000, "", '{"b": [1, 2]}']
    raw = read_table(write(tmp_path / "a.ndjson", "\n".join(lines)))
    assert raw.frame.index.tolist() == [1, 7]
    assert [one.row for one in raw.unread] == [2, 3, 4, 5, 6]
    assert all(one.expected.startswith("one JSON object") for one in raw.unread)
    assert raw.frame["b"].iloc[1] == [1, 2]


def test_json_that_is_not_a_number_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    records = declarations(3).to_dict("records")
    records[1]["net_mass_kg"] = float("nan")
    records[2]["net_mass_kg"] = float("inf")
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, records)))
    found = validated(read_table(path).frame)
    assert found.rejected["column"].tolist() == ["net_mass_kg"] * 2


def test_parquet_keeps_whole_numbers_beside_gaps(tmp_path: Path) -> None:
    big = 2**53 + 1
    pd.DataFrame({"trader_id": pd.array([big, None], dtype="Int64")}).to_parquet(
        tmp_path / "a.parquet"
    )
    # Compared as text: as a float the two would be equal.
    assert str(read_table(tmp_path / "a.parquet").frame["trader_id"].iloc[0]) == str(big)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"x", "not a known kind of file"),
        ("a", b"x", "not a known kind of file"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n", "empty"),
        ("a.jsonl", b"\n", "empty"),
        ("a.parquet", b"", "empty"),
        ("a.parquet", b"not parquet at all", "cannot be read"),
        ("a.csv.gz", b"not packed", "cannot be read"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n" * 9)[:-12], "cannot be read"),
        ("a.csv", b"a,b,a\n1,2,3\n", "more than once"),
    ],
)
def test_an_unreadable_file_is_one_clear_error(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=says) as raised:
        read_table(tmp_path / name)
    assert str(tmp_path / name) in str(raised.value)


def test_absent_files_folders_and_unknown_encodings_are_read_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_table(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ReadError, match="cannot be read"):
        read_table(tmp_path / "folder.csv")
    with pytest.raises(ReadError, match="klingon"):
        read_table(write(tmp_path / "a.csv", "a\n1\n"), "klingon")
