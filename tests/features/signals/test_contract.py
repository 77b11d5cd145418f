"""What holds for every signal, also for those not written yet."""

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import (
    DECLARATIONS,
    FAMILIES,
    NODES,
    SIGNALS,
    History,
    Records,
    Signal,
    columns_behind,
    fingerprint,
    read_records,
)
from shiprisk.serving import Wording, evidence_of
from shiprisk.training import Past, simulate

REQUIRED = {column.name for column in DECLARATIONS.columns if column.required}


@pytest.fixture(scope="module")
def past(records: Records) -> Past:
    return Past.of(records)


@pytest.fixture(scope="module")
def history(past: Past) -> History:
    return past.history()


@pytest.fixture(scope="module")
def sample(past: Past) -> pd.DataFrame:
    """Declarations of the later half, so that there is a past."""
    later = past.declarations.iloc[len(past.declarations) // 2 :]
    return later.iloc[:: max(1, len(later) // 60)]


each_signal = pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)


def test_there_are_signals_of_every_family() -> None:
    assert {signal.family for signal in SIGNALS} == set(FAMILIES)
    assert len(SIGNALS) >= 25


@each_signal
def test_it_gives_one_float_per_record(
    signal: Signal, history: History, sample: pd.DataFrame
) -> None:
    values = history.block(sample)[signal.name]
    assert values.dtype == np.float64
    assert values.shape == (len(sample),)
    assert not np.isinf(values).any()


@pytest.fixture(scope="module")
def long_past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """A world that begins before export controls: what was usual then is compared with."""
    directory = tmp_path_factory.mktemp("long")
    simulate(directory, 4_000, seed=7)
    return Past.of(read_records(directory))


@each_signal
def test_it_is_fed_by_the_simulated_world(
    signal: Signal, history: History, past: Past, request: pytest.FixtureRequest
) -> None:
    if not varies(signal, history, past):
        longer: Past = request.getfixturevalue("long_past")
        assert varies(signal, longer.history(), longer), "a signal that never varies tells nothing"


def varies(signal: Signal, history: History, past: Past) -> bool:
    """Whether the declarations of a past have different values of the signal."""
    values = history.block(past.declarations)[signal.name]
    return len(np.unique(values[~np.isnan(values)])) > 1


@each_signal
def test_it_is_the_same_alone_as_in_a_batch(
    signal: Signal, history: History, sample: pd.DataFrame
) -> None:
    batch = history.block(sample)[signal.name]
    for at in range(0, len(sample), 3):
        alone = history.block(sample.iloc[[at]])[signal.name]
        np.testing.assert_array_equal(alone, batch[[at]])


@each_signal
def test_without_its_columns_it_is_not_known_and_says_so(
    signal: Signal, history: History, sample: pd.DataFrame
) -> None:
    optional = set(columns_behind(signal.name, NODES)) - REQUIRED
    poor = sample.drop(columns=[name for name in sample if name in optional])
    block = History(NODES).extended(poor).block(poor)
    told = Wording(signal).each(block, np.arange(len(poor))).sentences
    assert len(told) == len(poor)
    assert all(told)
    for value, sentence in zip(block[signal.name], told, strict=True):
        assert np.isnan(value) == sentence.startswith(unknown_start(signal))


def unknown_start(signal: Signal) -> str:
    """How the signal's sentence for a missing value begins, up to its first piece of evidence."""
    return signal.unknown.partition("{")[0] or "Not known: "


@each_signal
def test_every_sentence_can_be_told(signal: Signal, history: History, sample: pd.DataFrame) -> None:
    said = Wording(signal).each(history.block(sample), np.arange(len(sample)))
    for sentence in said.sentences:
        assert sentence
        assert "nan" not in sentence.lower().split()
        assert "{" not in sentence


@each_signal
def test_it_says_what_it_is(signal: Signal) -> None:
    assert signal.meaning.endswith(".")
    assert signal.family in FAMILIES
    assert not signal.unknown or signal.unknown.startswith("No ")
    assert all(name in NODES or name in DECLARATIONS.names for name in evidence(signal))
    assert not (signal.is_category and signal.direction)
    assert len(fingerprint(signal.name, NODES)) == 16


def evidence(signal: Signal) -> list[str]:
    return [
        name
        for template in (signal.says, signal.otherwise, signal.unknown)
        for name in evidence_of(template)
    ]


def test_what_happens_on_the_day_or_later_changes_nothing(past: Past, history: History) -> None:
    days = past.declarations["declared_on"].drop_duplicates().iloc[60::90]
    assert len(days) >= 3
    for day in days:
        today = past.declarations[past.declarations["declared_on"] == day]
        informed, blind = history.block(today), known_before(past, day).block(today)
        for signal in SIGNALS:
            np.testing.assert_array_equal(
                informed[signal.name], blind[signal.name], err_msg=signal.name
            )


def known_before(past: Past, day: pd.Timestamp) -> History:
    before = past.before(day.to_datetime64())
    assert past.traders is not None and past.trade_statistics is not None
    figures = past.trade_statistics
    return History(NODES).extended(
        before.declarations,
        before.inspected,
        past.traders[past.traders["known_from"] < day],
        figures[figures["published_on"] < day],
        listed_before(past, day),
    )


def listed_before(past: Past, day: pd.Timestamp) -> pd.DataFrame:
    assert past.listed_parties is not None
    later = past.listed_parties["listed_on"] >= day
    assert later.any()
    return past.listed_parties[~later]


def test_only_owner_nationality_is_sensitive() -> None:
    for signal in SIGNALS:
        rests_on_owners = "owner_nationalities" in columns_behind(signal.name, NODES)
        assert signal.sensitive == rests_on_owners, signal.name


def test_a_declared_value_corrected_later_or_an_outcome_is_no_input() -> None:
    for signal in SIGNALS:
        direct = set(NODES[signal.name].inputs)
        assert not direct & {"violation", "known_on", "selected_by", "selection_probability"}
