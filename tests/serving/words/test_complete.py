"""Each language has every text; what fails names the key and where to write it."""

import csv
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from shiprisk.features import DECLARATIONS, DOCUMENTS, RED_FLAGS, SIGNALS
from shiprisk.features.signals.conduct import direction_name, mode_name
from shiprisk.features.signals.price import LEVELS
from shiprisk.serving.sentences import mentioned
from shiprisk.serving.words.words import LANGUAGES, texts_of

OTHERS = [language for language in LANGUAGES if language != "en"]
LISTS = Path(__file__).parents[3] / "features" / "lists"

# Words of other languages for what English tells in the code.
OWN = {
    "sentences.unknown": "",
    "sentences.not_known": "{meaning}",
    "changes.more": "{meaning} {to} {now}",
    "changes.most": "{meaning} {to} {now}",
}


def told_by_code() -> dict[str, str]:
    """What English tells in the code, by the key that it has in other languages."""
    return (
        {
            f"signals.{signal.name}.{part}": text
            for signal in SIGNALS
            for part in ("says", "otherwise", "unknown", "meaning")
            if (text := getattr(signal, part))
        }
        | {f"flags.{name}": flag.says for name, flag in RED_FLAGS.items()}
        | {f"papers.{name}": says for name, says in DOCUMENTS.items()}
        | {f"columns.{column.name}": column.meaning for column in DECLARATIONS.every_column}
        | {f"evidence.{place}.{phrase}": phrase for place, phrase in phrases()}
        | OWN
    )


def phrases() -> Iterator[tuple[str, str]]:
    """English that evidence holds, of the lists of the code, by its place."""
    for place, file, column in (
        ("goods_of_concern_name", "goods_of_concern", "goods"),
        ("cannibalised_goods_name", "cannibalised_goods", "goods"),
        ("line_of_business", "activity_groups", "group"),
        ("asked_above_threshold", "value_thresholds", "what"),
    ):
        with (LISTS / f"{file}.csv").open(encoding="utf-8", newline="") as rows:
            yield from ((place, row[column]) for row in csv.DictReader(rows))
    yield from (("transport_mode", mode_name(code)) for code in range(1, 10))
    yield from (
        (place, direction_name(code)) for place in ("direction", "leg") for code in range(4)
    )
    yield from (("comparable_goods", level) for level in LEVELS)


def file_of(language: str, key: str) -> str:
    part = key.partition(".")[0]
    known = {"signals": "signals"} | dict.fromkeys(
        ("flags", "papers", "columns", "evidence", "sentences", "changes", "families", "lanes",
         "lane_names"), "terms",
    )  # fmt: skip
    return f"serving/words/{language}/{known.get(part, 'pages')}.toml"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_there(language: str) -> None:
    wanted = {**texts_of("en"), **told_by_code()}
    lacking = sorted(wanted.keys() - texts_of(language).keys())
    assert not lacking, "\n" + "\n".join(
        f"write {key} in {file_of(language, key)}: in English {wanted[key]!r}" for key in lacking
    )


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_left_that_nobody_asks_for(language: str) -> None:
    wanted = texts_of("en").keys() | told_by_code().keys()
    left = [key for key in texts_of(language) if key not in wanted and "evidence." not in key]
    assert not left, f"take out of serving/words/{language}/: {', '.join(left)}"
    places = {name for signal in SIGNALS for name in (*_names(signal.name), signal.name)}
    for key in texts_of(language):
        if key.startswith("evidence."):
            assert key.split(".")[1] in places, f"no sentence has {key}"


def _names(signal: str) -> Iterator[str]:
    for part in ("says", "otherwise", "unknown"):
        yield from mentioned(told_by_code().get(f"signals.{signal}.{part}", ""))


@pytest.mark.parametrize("language", OTHERS)
def test_each_text_has_the_places_of_the_english_one(language: str) -> None:
    english = {**texts_of("en"), **told_by_code()}
    for key, text in texts_of(language).items():
        other = english.get(key, key)  # a phrase of evidence stands in its key
        assert set(mentioned(text)) == set(mentioned(other)), f"{key} in {file_of(language, key)}"
        for name, spec in _formats(text):
            numeric = any(spec and name == other_name for other_name, spec in _formats(other))
            assert bool(spec) <= numeric, f"{key}: {name} is no number in English"
            assert format(1234.5, spec) if spec[-1:] != "d" else format(1234, spec)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_begins_and_ends_as_in_english(language: str) -> None:
    english = told_by_code()
    for key, text in texts_of(language).items():
        assert text == text.strip() != "", key
        if key.startswith("signals."):
            assert text.endswith(".") == english[key].endswith("."), key
            assert not text[0].isalpha() or text[0].isupper(), key


def _formats(text: str) -> list[tuple[str, str]]:
    fields = string.Formatter().parse(text)
    return [(name, spec or "") for _, name, spec, _ in fields if name]
