"""Recent records beside the training period, in worlds that stay as they were and that do not."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records, read_records
from shiprisk.models import RiskModel
from shiprisk.training import Settings, Trained, TrainingError, monitor, simulate, train
from shiprisk.training.drift import Drift, Reference
from shiprisk.training.drift.report import write_drift_report

from .conftest import CUT, QUIET_UNTIL

REROUTED = Path(__file__).parent / "rerouted.toml"


@pytest.fixture(scope="module")
def quiet(earlier: Trained, records: Records) -> Drift:
    """The month after the training, in which nothing happened."""
    return monitor(earlier.model, earlier.history, records, CUT, QUIET_UNTIL)


def changed(records: Records, **columns: object) -> Records:
    """The records with other values in some columns from the cut on."""
    declarations = records.declarations.copy()
    later = declarations["declared_on"] >= pd.Timestamp(CUT)
    for name, value in columns.items():
        declarations.loc[later, name] = value(declarations[later]) if callable(value) else value
    return replace(records, declarations=declarations)


def test_a_world_that_goes_on_as_it_was_does_not_alarm(quiet: Drift) -> None:
    assert quiet.alarms == []
    assert quiet.first_day >= str(CUT)
    assert quiet.signals["missing_now"].between(0, 1).all()


def test_a_column_that_is_no_longer_sent_is_found(earlier: Trained, records: Records) -> None:
    bare = changed(records, customs_value_usd=np.nan, partner_id=None)
    found = monitor(earlier.model, earlier.history, bare, CUT, QUIET_UNTIL)
    moved = found.signals[found.signals["moved"]]
    assert "price" in set(moved["family"])
    assert (moved["missing_now"] > moved["missing_before"]).any()
    assert found.missing.loc["price", "now"] > found.missing.loc["price", "before"] + 0.3


def test_goods_that_come_another_way_are_found_with_heading_and_country(
    earlier: Trained, records: Records
) -> None:
    def through_georgia(rows: pd.DataFrame) -> pd.Series:
        kept = np.arange(len(rows)) % 2 == 0
        return rows["country_of_dispatch"].where(kept | (rows["direction"] != "import"), "GE")

    other = changed(records, country_of_dispatch=through_georgia)
    found = monitor(earlier.model, earlier.history, other, CUT, QUIET_UNTIL)
    first = found.hubs[found.hubs["drifted"]].iloc[0]
    assert first["country"] == "GE"
    assert any("GE sends" in alarm for alarm in found.alarms)
    assert any("all listed headings" in alarm for alarm in found.alarms)


def test_outcomes_that_the_risks_did_not_lead_to_expect_are_found(
    earlier: Trained, records: Records, quiet: Drift
) -> None:
    assert quiet.outcomes is not None
    assert quiet.outcomes.low <= quiet.outcomes.expected <= quiet.outcomes.high
    worse = replace(records, inspections=records.inspections.assign(violation=True))
    found = monitor(earlier.model, earlier.history, worse, CUT, QUIET_UNTIL)
    assert found.outcomes is not None
    assert found.outcomes.found == found.outcomes.inspected
    assert any("random inspections found" in alarm for alarm in found.alarms)


def test_rerouting_after_a_crackdown_is_found_and_not_before(tmp_path: Path) -> None:
    simulate(tmp_path, 30_000, 7, REROUTED)  # smaller ones show it by chance only
    records = read_records(tmp_path)
    cut = date(2023, 9, 1)  # two weeks before the crackdown
    trained = train(records, Settings(as_of=cut, most_trees=30, choose_share=0.3, test_share=0.35))
    before = monitor(trained.model, trained.history, records, cut, date(2023, 9, 14))
    after = monitor(trained.model, trained.history, records, date(2023, 11, 1), date(2024, 2, 29))
    assert before.alarms == []
    assert after.alarms


def test_the_reference_is_small_and_survives_the_model_files(
    earlier: Trained, tmp_path: Path
) -> None:
    earlier.model.save(tmp_path)
    assert (tmp_path / "reference.json").stat().st_size < 60_000
    loaded = RiskModel.load(tmp_path)
    assert loaded.version == earlier.model.version
    written = json.loads((tmp_path / "reference.json").read_text(encoding="utf-8"))
    assert Reference.from_plain(written) == Reference.from_plain(earlier.model.reference)


def test_the_report_names_what_alarms_and_shows_pictures(quiet: Drift, tmp_path: Path) -> None:
    page = tmp_path / "drift.md"
    write_drift_report(quiet, page)
    text = page.read_text(encoding="utf-8")
    assert "Nothing that alarms." in text
    pictures = {path.name for path in tmp_path.glob("*.png")}
    assert pictures == {"drift-signals.png", "drift-risk.png", "drift-hubs.png"}
    assert all(f"({name})" in text for name in pictures)
    loud = replace(quiet, lanes=quiet.lanes.assign(drifted=True))
    write_drift_report(loud, page)
    assert "red lane:" in page.read_text(encoding="utf-8")


def test_too_few_records_are_refused_with_their_number(earlier: Trained, records: Records) -> None:
    with pytest.raises(TrainingError, match=r"0 of the records are from 2031-01-01"):
        monitor(earlier.model, earlier.history, records, date(2031, 1, 1))


def test_a_model_without_a_reference_is_refused(earlier: Trained, records: Records) -> None:
    bare = replace(earlier.model, reference={})
    with pytest.raises(TrainingError, match="train again"):
        monitor(bare, earlier.history, records)
