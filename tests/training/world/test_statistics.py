"""What partners publish: made of what arrived, and of what did not; late, rounded and not exact."""

from pathlib import Path

import pandas as pd
import pytest

from shiprisk.features import NODES, History, read_records, tier
from shiprisk.training.world import Scenario, ScenarioError, simulate

FROM, UNTIL = "2023-01-01", "2023-12-31"


@pytest.fixture(scope="module")
def figures(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return tables["trade_statistics"]


def with_settings(directory: Path, **published: float) -> Path:
    """A small world with other settings of what partners publish."""
    scenario = Scenario.load("default").scaled(3)
    settings = scenario.published.model_copy(update=published)
    simulate(directory, 20_000, 5, scenario.model_copy(update={"published": settings}))
    return directory


def test_a_figure_is_one_of_a_reporter_a_month_and_goods(figures: pd.DataFrame) -> None:
    assert not figures.duplicated(["reporter", "month", "hs_code"]).any()
    assert set(figures["partner"]) == {"KZ"} and set(figures["flow"]) == {"export"}
    assert not figures["reporter"].isin(["KZ", "RU"]).any()
    assert (figures["month"].dt.day == 1).all()
    assert figures["value_usd"].min() >= 1_000, "small figures are suppressed"


def test_figures_come_weeks_after_their_month_and_never_after_the_worlds_end(
    figures: pd.DataFrame,
) -> None:
    ends = figures["month"] + pd.offsets.MonthEnd(0)
    lag = (figures["published_on"] - ends).dt.days
    assert lag.min() > 30 and lag.median() < 90 < lag.max()
    assert figures["published_on"].max() <= pd.Timestamp("2024-06-30")
    # A country publishes a month at once.
    assert (figures.groupby(["reporter", "month"])["published_on"].nunique() == 1).all()


def test_they_are_valid_records(directory: Path, figures: pd.DataFrame) -> None:
    records = read_records(directory)
    assert records.rejected.empty
    assert records.trade_statistics is not None
    assert len(records.trade_statistics) == len(figures)


def test_what_is_not_diverted_was_sent_and_arrived(tables: dict[str, pd.DataFrame]) -> None:
    sent, arrived = by_goods(tables)
    plain = sent.index[[tier(code) == 0 for code in sent.index]]
    assert sent[plain].sum() == pytest.approx(arrived.reindex(plain).sum(), rel=0.1)


def test_more_listed_goods_were_sent_than_arrived_by_about_what_was_diverted(
    tables: dict[str, pd.DataFrame],
) -> None:
    sent, arrived = by_goods(tables)
    listed = sent.index[[tier(code) > 0 for code in sent.index]]
    rows = tables["declarations"].merge(tables["truth"])
    diverted = rows[rows["diverted"] & (rows["direction"] == "import")]
    diverted = diverted[diverted["declared_on"].between(FROM, UNTIL)]
    is_listed = diverted["hs_code"].str[:6].isin(listed)
    missing = sent[listed].sum() - arrived.reindex(listed).sum()
    assert 0.4 < missing / diverted.loc[is_listed, "net_mass_kg"].sum() < 4


def by_goods(tables: dict[str, pd.DataFrame]) -> tuple[pd.Series, pd.Series]:
    """Kilograms of 2023 by subheading: as published, and as declared."""
    figures, rows = tables["trade_statistics"], tables["declarations"]
    sent = figures[figures["month"].between(FROM, UNTIL)]
    rows = rows[(rows["direction"] == "import") & rows["declared_on"].between(FROM, UNTIL)]
    rows = rows[rows["country_of_dispatch"].isin(sent["reporter"].unique())]
    arrived = rows.groupby(rows["hs_code"].str[:6])["net_mass_kg"].sum()
    return sent.groupby("hs_code")["net_mass_kg"].sum(), arrived


def test_the_gap_tells_something_and_is_no_oracle(directory: Path) -> None:
    records = read_records(directory)
    rows = records.declarations
    history = History(NODES).extended(rows, trade_statistics=records.trade_statistics)
    later = rows[(rows["declared_on"] >= "2023-07-01") & (rows["direction"] == "import")]
    truth = pd.read_parquet(directory / "truth.parquet")
    told = later.merge(truth, validate="one_to_one").assign(
        gap=history.block(later)["mirror_gap"]
    ).dropna(subset="gap")  # fmt: skip
    ranks = told["gap"].rank()
    diverted = told["diverted"]
    area = (ranks[diverted].mean() - (diverted.sum() + 1) / 2) / (~diverted).sum()
    assert 0.55 < area < 0.8


def test_settings_of_publication_change_no_other_table(tmp_path: Path) -> None:
    usual = with_settings(tmp_path / "usual")
    none = with_settings(tmp_path / "none", unrecorded=0.0)
    most = with_settings(tmp_path / "most", unrecorded=0.8, late=0.0, least_usd=50_000)
    for table in ("declarations", "traders", "inspections", "truth"):
        name = f"{table}.parquet"
        assert (usual / name).read_bytes() == (none / name).read_bytes()
        assert (usual / name).read_bytes() == (most / name).read_bytes()
    masses = [listed_kg(directory) for directory in (none, usual, most)]
    assert masses == sorted(masses)
    assert masses[0] < masses[1] < masses[2]


def listed_kg(directory: Path) -> float:
    figures = pd.read_parquet(directory / "trade_statistics.parquet")
    listed = [tier(code) > 0 for code in figures["hs_code"]]
    return float(figures.loc[listed, "net_mass_kg"].sum())


def test_lags_must_be_least_and_most_and_after_the_month(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    for lags in ("[80, 40]", "[0, 40]"):
        file.write_text(f'based_on = "default"\n[published]\nlag_days = {lags}\n')
        with pytest.raises(ScenarioError, match="lag_days are given as least and most"):
            Scenario.load(file)
