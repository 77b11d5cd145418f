"""Parts of a table, put together, are what the fit on one machine learns from."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from shiprisk.training import Settings, read_signals
from shiprisk.training.examples import Examples
from shiprisk.training.fit import fitting_weights, signals_for, with_hidden
from shiprisk.training.signal_table.layout import inspected_before, opened
from shiprisk.training.signal_table.pieces import gathered, loaded, pieces_of, usual_weight

from .written import NAMES


@pytest.mark.parametrize(
    "settings",
    [
        Settings(weigh_fitting=True, largest_weight=3.0),
        Settings(as_of=date(2024, 12, 1), hidden_share=0.6),
        Settings(owner_nationality=False),
    ],
)
def test_hidden_signals_labels_and_weights_are_the_same(
    directory: Path, settings: Settings
) -> None:
    signals = signals_for(settings)
    table = opened(directory, [signal.name for signal in signals])
    wanted = inspected_before(table, settings.as_of)
    usual = usual_weight(table, wanted)
    groups = list(gathered(list(pieces_of(table, wanted)), 300))
    assert len(groups) > 2
    parts = [loaded(pieces, wanted, settings, usual) for pieces, _ in groups]
    assert [len(labels) for _, labels, _ in parts] == [rows for _, rows in groups]
    found = np.column_stack([np.concatenate(part) for part in zip(*parts, strict=True)])

    whole = read_signals(directory, settings)
    examples = Examples.asked(whole.inspected, whole.asked(whole.names))
    weights = fitting_weights(examples.records, settings)
    assert (weights is not None) == settings.weigh_fitting
    weights = np.ones(len(examples.labels)) if weights is None else weights
    hidden = with_hidden(examples, signals, settings.hidden_share)
    expected = np.column_stack([hidden, examples.labels, weights])
    np.testing.assert_allclose(in_order(found), in_order(expected), rtol=1e-12)
    if settings.owner_nationality:
        told = np.isfinite(examples.matrix[:, NAMES.index("owner_countries")])
        untold = np.isnan(found[:, NAMES.index("owner_countries")]).mean()
        assert untold == pytest.approx(1 - told.mean() * (1 - settings.hidden_share), abs=0.1)


def in_order(rows: np.ndarray) -> np.ndarray:
    """Rows in an order of their own, missing values last; weights, which are rounded, left out."""
    keys = np.nan_to_num(rows[:, :-1], nan=np.inf)
    return rows[np.lexsort(keys.T)]


def test_part_weights_need_the_mean_of_all(directory: Path) -> None:
    settings = replace(Settings(), weigh_fitting=True)
    table = opened(directory, NAMES)
    wanted = inspected_before(table, None)
    pieces, _ = next(gathered(list(pieces_of(table, wanted)), 300))
    one, other = (loaded(pieces, wanted, settings, usual)[2] for usual in (1.0, 2.0))
    assert (one >= other).all()
    assert (one > other).any()
