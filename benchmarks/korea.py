"""Korean declarations: what is memory and what generalises. One command:

    .venv/bin/python benchmarks/korea.py ../shared/data/korea

Three figures stand beside each other on the months after training: shiprisk, a group-by over past
rows without any learner, and rows never seen (cross-validation over distinct combinations of
goods, route, tax and mass, scored as if they came the day after). A fourth shows what the
identifiers of the parties, drawn at random in this set, cost the third.
"""

import sys
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


def main(directory: Path) -> None:
    """Print every figure as a Markdown table."""
    files = [directory / "train.csv", directory / "valid.csv"]
    records = read_records(files, Mapping.load(MAPPING))
    raw = pd.concat([pd.read_csv(file, dtype=str) for file in files], ignore_index=True)
    print("| | rows | precision @5 % | @10 % | AUC |\n|---|---|---|---|---|")
    _row("shiprisk, January to March 2021, knowing only 2020", *forward(records))
    _row("group-by over past rows, same months", *group_by(raw))
    _row("shiprisk, rows never seen (5 folds)", *never_seen(records, raw))
    _row("the same, told of no firm, partner or declarant", *never_seen(nameless(records), raw))


def forward(records: Records) -> tuple[np.ndarray, np.ndarray]:
    """Labels and risk on the later months; choices made on the last quarter before them."""
    later = date.fromisoformat(LATER)
    settings = Settings(choose_from=date(2020, 10, 1), test_from=later, folds=1)
    inspected = train(records, settings).evaluation.inspected
    return inspected.labels, inspected.risk


def group_by(raw: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The rate of violations among earlier rows of the same combination; else the overall rate."""
    labels = raw["Fraud"].astype(float)
    later = raw["Date"] >= LATER
    rates = labels[~later].groupby([raw[name][~later] for name in COMBINATION]).mean()
    asked = pd.MultiIndex.from_frame(raw.loc[later, COMBINATION])
    known = rates.reindex(asked).fillna(labels[~later].mean())
    return labels[later].to_numpy(), known.to_numpy()


def never_seen(records: Records, raw: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Labels and risk of one row per combination, from models that never saw the combination."""
    first = raw.drop_duplicates(COMBINATION)
    groups = raw.groupby(GOODS_ROUTE_MASS, sort=False).ngroup().to_numpy()
    of_record = pd.Series(groups, raw[RAW])
    labels, risks = [], []
    for _, held in GroupKFold(5).split(first, groups=groups[first.index]):
        hidden = set(groups[first.index[held]])
        known = ~of_record.isin(hidden)
        risks.append(_risk_of(first[RAW].iloc[held], records, known))
        labels.append(first["Fraud"].iloc[held].to_numpy(float))
    return np.concatenate(labels), np.concatenate(risks)


def nameless(records: Records) -> Records:
    """The records without parties: every row is of a firm of its own."""
    declared = records.declarations.drop(columns=["partner_id", "declarant_id"])
    return replace(records, declarations=declared.assign(trader_id=declared["declaration_id"]))


def _risk_of(asked: pd.Series, records: Records, known: pd.Series) -> np.ndarray:
    """Risk of the asked rows on the day after the last, by a model that learnt from the known."""
    declarations, inspections = records.declarations, records.inspections
    assert inspections is not None
    kept = replace(
        records,
        declarations=declarations[known.loc[declarations["declaration_id"]].to_numpy()],
        inspections=inspections[known.loc[inspections["declaration_id"]].to_numpy()],
    )
    trained = train(kept, Settings(choose_from=date.fromisoformat(LATER), test=False))
    rows = declarations.set_index("declaration_id", drop=False).loc[asked]
    after = declarations["declared_on"].max() + pd.Timedelta(days=15)  # every outcome is known
    block = trained.history.block(rows.assign(declared_on=after))
    return trained.model.risk(signal_matrix(block, trained.model.signals))


def _row(name: str, labels: np.ndarray, risk: np.ndarray) -> None:
    order = np.argsort(-risk, kind="stable")
    hits = [labels[order[: round(len(labels) * share)]].mean() for share in (0.05, 0.10)]
    auc = roc_auc_score(labels, risk)
    print(f"| {name} | {len(labels):,} | {hits[0]:.3f} | {hits[1]:.3f} | {auc:.3f} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "train.csv").is_file():
        sys.exit(f"skipped: give the folder of the Korean declarations\n\n{__doc__}")
    main(Path(sys.argv[1]))
