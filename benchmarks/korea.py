"""Korean declarations: what is memory and what generalises. One command:

    .venv/bin/python benchmarks/korea.py ../shared/data/korea
    .venv/bin/python benchmarks/korea.py ../shared/data/korea --seeds 8

Three figures stand beside each other on the months after training: shiprisk, a group-by over past
rows without any learner, and rows never seen (cross-validation over distinct combinations of
goods, route, tax and mass, scored as if they came the day after). A fourth shows what the
identifiers of the parties, drawn at random in this set, cost the third.

One seed says little: another alone moves precision at 5 % of rows never seen by some thousandths.
So each figure is a mean over seeds of the learner, with its standard error. Each seed also cuts
the rows never seen into folds of its own; the first keeps those of the set's order.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from shiprisk.features import Mapping, Records, read_records, signal_matrix
from shiprisk.training import Settings, train

MAPPING = Path(__file__).parents[1] / "examples" / "korea.toml"
RAW = "Declaration ID"
GOODS_ROUTE_MASS = ["HS6 Code", "Country of Departure", "Country of Origin", "Net Mass"]
COMBINATION = [*GOODS_ROUTE_MASS, "Tax Rate"]
LATER = "2021-01-01"


# Labels and risks of the same rows, by one seed.
Judged = tuple[np.ndarray, np.ndarray]


def main(directory: Path, seeds: Sequence[int]) -> None:
    """Print every figure as a Markdown table."""
    files = [directory / "train.csv", directory / "valid.csv"]
    records = read_records(files, Mapping.load(MAPPING))
    raw = pd.concat([pd.read_csv(file, dtype=str) for file in files], ignore_index=True)
    print("| | rows | seeds | precision @5 % | @10 % | AUC |\n|---|---|---|---|---|---|")
    later, never = "shiprisk, January to March 2021, knowing only 2020", "rows never seen (5 folds)"
    _row(later, [forward(records, seed) for seed in seeds])
    _row("group-by over past rows, same months", [group_by(raw)])
    _row(f"shiprisk, {never}", [never_seen(records, raw, seed) for seed in seeds])
    hidden = nameless(records)
    without = "the same, told of no firm, partner or declarant"
    _row(without, [never_seen(hidden, raw, seed) for seed in seeds])


def forward(records: Records, seed: int) -> Judged:
    """Labels and risk on the later months; choices made on the last quarter before them."""
    later = date.fromisoformat(LATER)
    settings = Settings(choose_from=date(2020, 10, 1), test_from=later, folds=1, seed=seed)
    inspected = train(records, settings).evaluation.inspected
    return inspected.labels, inspected.risk


def group_by(raw: pd.DataFrame) -> Judged:
    """The rate of violations among earlier rows of the same combination; else the overall rate."""
    labels = raw["Fraud"].astype(float)
    later = raw["Date"] >= LATER
    rates = labels[~later].groupby([raw[name][~later] for name in COMBINATION]).mean()
    asked = pd.MultiIndex.from_frame(raw.loc[later, COMBINATION])
    known = rates.reindex(asked).fillna(labels[~later].mean())
    return labels[later].to_numpy(), known.to_numpy()


def never_seen(records: Records, raw: pd.DataFrame, seed: int) -> Judged:
    """Labels and risk of one row per combination, from models that never saw the combination."""
    first = raw.drop_duplicates(COMBINATION)
    groups = raw.groupby(GOODS_ROUTE_MASS, sort=False).ngroup().to_numpy()
    of_record = pd.Series(groups, raw[RAW])
    labels, risks = [], []
    folds = GroupKFold(5, shuffle=True, random_state=seed) if seed else GroupKFold(5)
    for _, held in folds.split(first, groups=groups[first.index]):
        hidden = set(groups[first.index[held]])
        known = ~of_record.isin(hidden)
        risks.append(_risk_of(first[RAW].iloc[held], records, known, seed))
        labels.append(first["Fraud"].iloc[held].to_numpy(float))
    return np.concatenate(labels), np.concatenate(risks)


def nameless(records: Records) -> Records:
    """The records without parties: every row is of a firm of its own."""
    declared = records.declarations.drop(columns=["partner_id", "declarant_id"])
    return replace(records, declarations=declared.assign(trader_id=declared["declaration_id"]))


def _risk_of(asked: pd.Series, records: Records, known: pd.Series, seed: int) -> np.ndarray:
    """Risk of the asked rows on the day after the last, by a model that learnt from the known."""
    declarations, inspections = records.declarations, records.inspections
    assert inspections is not None
    kept = replace(
        records,
        declarations=declarations[known.loc[declarations["declaration_id"]].to_numpy()],
        inspections=inspections[known.loc[inspections["declaration_id"]].to_numpy()],
    )
    settings = Settings(choose_from=date.fromisoformat(LATER), test=False, seed=seed)
    trained = train(kept, settings)
    rows = declarations.set_index("declaration_id", drop=False).loc[asked]
    after = declarations["declared_on"].max() + pd.Timedelta(days=15)  # every outcome is known
    block = trained.history.block(rows.assign(declared_on=after))
    return trained.model.risk(signal_matrix(block, trained.model.signals))


def figures(judged: Judged) -> list[float]:
    """Precision at 5 % and at 10 %, and AUC."""
    labels, risk = judged
    order = np.argsort(-risk, kind="stable")
    hits = [float(labels[order[: round(len(labels) * share)]].mean()) for share in (0.05, 0.10)]
    return [*hits, float(roc_auc_score(labels, risk))]


def mean_and_error(values: np.ndarray) -> str:
    """The mean over seeds, and its standard error where there are two or more."""
    if len(values) < 2:
        return f"{values.mean():.3f}"
    return f"{values.mean():.4f} ± {values.std(ddof=1) / len(values) ** 0.5:.4f}"


def _row(name: str, of_seeds: Sequence[Judged]) -> None:
    found = np.array([figures(judged) for judged in of_seeds])
    cells = " | ".join(mean_and_error(values) for values in found.T)
    print(f"| {name} | {len(of_seeds[0][0]):,} | {len(found)} | {cells} |", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("directory", type=Path, help="the folder of the Korean declarations")
    asked.add_argument("--seeds", type=int, default=3, help="over how many seeds to take the mean")
    told = asked.parse_args()
    if not (told.directory / "train.csv").is_file():
        sys.exit(f"skipped: {told.directory} holds no train.csv\n\n{__doc__}")
    if told.seeds < 1:
        sys.exit("--seeds takes a number from 1")
    main(told.directory, range(told.seeds))
