"""Training: the same bytes, forward in time, clear refusals."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import Records
from shiprisk.serving import save_bundle
from shiprisk.training import Past, Periods, Settings, Trained, TrainingError, train

SMALL = Settings(most_trees=30)


def files_of(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def saved(records: Records, settings: Settings, directory: Path) -> dict[str, bytes]:
    trained = train(records, settings)
    save_bundle(trained.model, trained.history, directory)
    return files_of(directory)


def test_the_same_data_and_seed_give_the_same_bytes(records: Records, tmp_path: Path) -> None:
    shuffled = replace(
        records,
        declarations=records.declarations.sample(frac=1, random_state=1),
        inspections=records.inspections.sample(frac=1, random_state=2),
    )
    one = saved(records, SMALL, tmp_path / "one")
    two = saved(shuffled, SMALL, tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    other_seed = saved(records, replace(SMALL, seed=1), tmp_path / "three")
    assert other_seed["booster.txt"] != one["booster.txt"]


def test_no_pickle_is_written(bundle: Path) -> None:
    for name, content in files_of(bundle).items():
        assert Path(name).suffix in (".txt", ".json", ".bin", ".arrow", ".parquet"), name
        assert not content.startswith(b"\x80"), name


def test_periods_follow_each_other_with_the_delay_between(records: Records) -> None:
    inspected = Past.of(records).inspected
    periods = Periods.of(inspected, Settings())
    fit, choose = inspected[periods.fit(inspected)], inspected[periods.choose(inspected)]
    test = inspected[periods.test(inspected)]
    assert fit["known_on"].max() < choose["declared_on"].min()
    assert choose["known_on"].max() < test["declared_on"].min()
    late = (inspected["declared_on"] < pd.Timestamp(periods.choose_from)) & (
        inspected["known_on"] >= pd.Timestamp(periods.choose_from)
    )
    assert late.any(), "there is a delay in these records"
    assert not (late & periods.fit(inspected)).any()


def test_as_of_a_day_nothing_later_is_used(records: Records) -> None:
    day = date(2024, 12, 1)
    trained = train(records, replace(SMALL, as_of=day, choose_share=0.4, test_share=0.3))
    past = trained.past
    assert past.declarations["declared_on"].max() < pd.Timestamp(day)
    assert past.inspected["known_on"].max() < pd.Timestamp(day)
    assert trained.history.through < np.datetime64(day)


def test_without_owner_nationality_no_sensitive_signal_is_used(records: Records) -> None:
    trained = train(records, replace(SMALL, owner_nationality=False))
    assert not trained.model.sensitive_columns
    assert (
        trained.evaluation.groups["all"] == trained.evaluation.groups["without_owner_nationality"]
    )


def test_a_source_that_lacks_columns_loses_signals_and_says_which(records: Records) -> None:
    poor = replace(
        records,
        declarations=records.declarations.drop(columns=["gross_mass_kg", "amendments"]),
        traders=None,
        trade_statistics=None,
    )
    trained = train(poor, SMALL)
    assert trained.lost["gross_to_net"] == ["gross_mass_kg"]
    assert trained.lost["changes_before_release"] == ["amendments"]
    assert trained.lost["owned_from_concern_share"] == ["owner_nationalities"]
    needed = ["trade_statistics.arrived_kg", "trade_statistics.reports", "trade_statistics.sent_kg"]
    assert trained.lost["mirror_gap"] == needed
    assert "firm_age_days" not in trained.lost, "the number of the firm still tells its age"
    assert np.isfinite(trained.evaluation.inspected.risk).all()


def test_the_model_ranks_better_than_value_and_chance(trained: Trained) -> None:
    groups = trained.evaluation.groups
    found = groups["all"]
    assert found["precision_at_5"] > 2 * found["violation_rate"]
    assert found["average_precision"] > 2 * groups["by_declared_value"]["average_precision"]
    assert found["calibration_error"] < 0.1


def test_records_without_outcomes_are_refused(records: Records) -> None:
    with pytest.raises(TrainingError, match="no outcomes"):
        train(replace(records, inspections=None), SMALL)
    strangers = records.inspections.assign(declaration_id="unheard of").head(1)
    with pytest.raises(TrainingError, match="no outcome belongs"):
        train(replace(records, inspections=strangers), SMALL)


def test_a_period_that_says_too_little_is_refused_with_its_counts(records: Records) -> None:
    with pytest.raises(TrainingError, match=r"the test period holds \d+ violations and \d+ clear"):
        train(records, replace(SMALL, test_from=date(2024, 12, 29)))
