"""A model trained from a table of signals is the one that the records themselves give."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from shiprisk.features import HistoryError, Records
from shiprisk.serving import Scorer, save_bundle
from shiprisk.training import Past, Settings, Trained, monitor
from shiprisk.training.card import model_card
from shiprisk.training.evaluation import as_document
from shiprisk.training.evidence import Ask
from shiprisk.training.fit import signals_for
from shiprisk.training.signal_table import read_signals
from shiprisk.training.train import train_on

from .written import NAMES, table_of, write

SETTINGS = Settings(most_trees=12, patience=5, members=2)


@dataclass(frozen=True)
class KeptUp(Past):
    """Records asked as a table is: outcomes count within a fold as well."""

    def asked(self, names: tuple[str, ...], frozen_at: np.datetime64 | None = None) -> Ask:
        return super().asked(names)


@pytest.fixture(scope="module")
def of_records(past: Past) -> Trained:
    return train_on(KeptUp(**vars_of(past)), SETTINGS)


@pytest.fixture(scope="module")
def of_table(directory: Path) -> Trained:
    return train_on(read_signals(directory, SETTINGS), SETTINGS)


def vars_of(past: Past) -> dict[str, object]:
    return {name: getattr(past, name) for name in Past.__dataclass_fields__}


def test_the_booster_is_the_same_to_the_byte(
    of_records: Trained, of_table: Trained, tmp_path: Path
) -> None:
    for name, trained in (("records", of_records), ("table", of_table)):
        save_bundle(trained.model, None, tmp_path / name)
    one, two = ((tmp_path / name / "booster.txt").read_bytes() for name in ("records", "table"))
    assert one == two
    assert of_table.model.lanes == of_records.model.lanes
    assert of_table.model.about == of_records.model.about
    with pytest.raises(HistoryError, match="no readable history"):
        Scorer.load(tmp_path / "table")


def test_the_figures_are_the_same_but_for_what_a_table_cannot_tell(
    of_records: Trained, of_table: Trained
) -> None:
    wanted, found = (as_document(of.evaluation) for of in (of_records, of_table))
    assert wanted["groups"].pop("goods_route_never_seen", None) is not None
    assert found == wanted


def test_monitoring_is_silent_on_ways_that_the_reference_lacks(
    of_table: Trained, past: Past, records: Records
) -> None:
    drift = monitor(of_table.model, past.history(), records, first=date(2024, 11, 1))
    assert len(drift.hubs) > 3
    assert not drift.hubs["drifted"].any()
    assert set(drift.signals.index) == set(of_table.model.signals)


def test_what_such_a_run_cannot_show_is_in_the_card(of_table: Trained) -> None:
    card = model_card(of_table)
    assert all(caution in card for caution in of_table.past.cautions)
    assert "not kept up" in card


def test_a_sample_stands_for_all(past: Past, of_table: Trained, tmp_path: Path) -> None:
    directory = write(table_of(past, share=0.25), tmp_path / "quarter")
    trained = train_on(read_signals(directory, SETTINGS), SETTINGS)
    whole = of_table.evaluation.trial
    some = trained.evaluation.trial
    assert len(some.everyone.risk) < 0.35 * len(whole.everyone.risk)
    assert some.shipments == pytest.approx(whole.shipments, rel=0.1)
    np.testing.assert_array_equal(some.inspected.risk, whole.inspected.risk)
    lanes = trained.model.lanes.of(whole.everyone.risk, whole.everyone.risk)
    assert (lanes == "red").mean() == pytest.approx(SETTINGS.red, abs=0.02)


def test_as_of_a_day_no_later_row_and_no_later_outcome_is_used(directory: Path, past: Past) -> None:
    settings = replace(SETTINGS, as_of=date(2024, 12, 1))
    found = read_signals(directory, settings)
    wanted = past.before(np.datetime64("2024-12-01"))
    assert found.inspected["declaration_id"].tolist() == wanted.inspected["declaration_id"].tolist()
    assert found.inspected["known_on"].max() < np.datetime64("2024-12-01")
    assert len(found.declarations) == len(wanted.declarations)


def test_a_part_of_the_table_is_told_by_the_key(directory: Path) -> None:
    whole = read_signals(directory, SETTINGS)
    some = read_signals(directory, SETTINGS, part=0.4)
    assert set(some.inspected["declaration_id"]) < set(whole.inspected["declaration_id"])
    ratio = len(some.declarations) / len(whole.declarations)
    assert ratio == pytest.approx(0.4, abs=0.05)
    items = whole.inspected["declaration_id"].isin(some.inspected["declaration_id"])
    assert len(some.inspected) == items.sum(), "all items of a declaration or none"
    mine = some.asked(NAMES)(some.inspected)
    np.testing.assert_array_equal(mine, whole.asked(NAMES)(whole.inspected[items.to_numpy()]))


def test_without_owner_nationality_its_signals_are_not_read(directory: Path) -> None:
    settings = replace(SETTINGS, owner_nationality=False)
    names = tuple(signal.name for signal in signals_for(settings))
    found = read_signals(directory, settings)
    assert found.matrix.shape[1] == len(names) < len(NAMES)
