"""Posts whose recorded outcomes are too clean for what they inspected: their labels may be wrong.

Expected are the violations that a model finds likely which never saw the firm's rows and is told
nothing of brokers, offices or past outcomes: the mix of goods, firms, prices and routes alone.
They are scaled so that the usual post finds what is expected: the trees learn from all recorded
outcomes, and what some posts hide lowers what is expected of all. Fewer than expected by chance is
common among many posts, so the tests are corrected for their number.
A post that is named here is a reason to look, not a proof.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
import pandas as pd
from scipy.stats import chi2, false_discovery_control, poisson

from shiprisk.features import Signal

from ..examples import Examples

# Told neither who files where, nor what was found there before.
UNTOLD = ("broker", "outcomes")
POSTS = {"office": "customs_office", "declarant": "declarant_id"}

# With fewer violations expected even none at all would not be surprising.
LEAST_EXPECTED = 3.0
# The share of wrongly named posts among those named.
FALSE_DISCOVERIES = 0.05

# Among fewer posts of a kind none can be called usual.
FEW = 5

_PARTS = 5


@dataclass(frozen=True)
class Post:
    """A post with fewer findings than its mix lets expect.

    kind: `office` or `declarant`. chance: the probability of so few, adjusted for the number of
    posts tested (Benjamini and Hochberg).
    """

    kind: str
    name: str
    inspected: int
    found: int
    expected: float
    chance: float


@dataclass(frozen=True)
class TooClean:
    """Posts that are too clean, the least likely first, and the rows of their outcomes.

    tested: how many posts had enough to be tested. rows: a mask of the examples that were checked.
    """

    posts: tuple[Post, ...]
    tested: int
    rows: np.ndarray


def too_clean(examples: Examples, signals: tuple[Signal, ...], seed: int) -> TooClean:
    """Look for offices and declarants whose outcomes are too clean."""
    expected = _expected(examples, signals, seed)
    tested = pd.DataFrame(list(_tested(examples, expected)))
    if tested.empty:
        return TooClean((), 0, np.zeros(len(examples.labels), dtype=bool))
    for _, of in tested.groupby("kind"):
        tested.loc[of.index, "expected"] *= _usual(of)
    lower = pd.concat([_lower_tail(of) for _, of in tested.groupby("kind")])
    tested["chance"] = false_discovery_control(lower[tested.index])
    few = tested[tested["chance"] <= FALSE_DISCOVERIES].sort_values("chance", kind="stable")
    posts = tuple(Post(*row) for row in few.itertuples(index=False))
    return TooClean(posts, len(tested), rows_of(posts, examples.records))


def rows_of(posts: tuple[Post, ...], records: pd.DataFrame) -> np.ndarray:
    """Which records belong to any of some posts."""
    rows = np.zeros(len(records), dtype=bool)
    for post in posts:
        rows |= (records[POSTS[post.kind]] == post.name).to_numpy(dtype=bool, na_value=False)
    return rows


def _expected(examples: Examples, signals: tuple[Signal, ...], seed: int) -> np.ndarray:
    """The chance of a violation on each row, from models that saw no row of its firm."""
    told = [at for at, signal in enumerate(signals) if signal.family not in UNTOLD]
    firms = pd.util.hash_pandas_object(examples.records["trader_id"], index=False)
    part = (firms % _PARTS).to_numpy()
    expected = np.full(len(part), examples.labels.mean())
    for one in np.unique(part):
        seen = part != one
        if 0 < examples.labels[seen].sum() < seen.sum():
            data = lgb.Dataset(examples.matrix[seen][:, told], examples.labels[seen])
            model = lgb.train(_parameters(seed), data, 60)
            expected[~seen] = model.predict(examples.matrix[~seen][:, told])
    return expected * examples.labels.sum() / expected.sum()


def _parameters(seed: int) -> dict[str, object]:
    return {
        "objective": "binary", "learning_rate": 0.05, "num_leaves": 7, "min_data_in_leaf": 50,
        "lambda_l2": 5.0, "feature_fraction": 0.5, "deterministic": True, "force_row_wise": True,
        "num_threads": 1, "seed": seed, "verbosity": -1,
    }  # fmt: skip


def _tested(examples: Examples, expected: np.ndarray) -> Iterator[dict[str, object]]:
    frame = pd.DataFrame({"found": examples.labels, "expected": expected})
    for kind, column in POSTS.items():
        if column in examples.records:
            names = examples.records[column].to_numpy()
            for name, rows in frame.groupby(names, sort=True):
                if rows["expected"].sum() >= LEAST_EXPECTED:
                    yield {
                        "kind": kind,
                        "name": str(name),
                        "inspected": len(rows),
                        "found": int(rows["found"].sum()),
                        "expected": float(rows["expected"].sum()),
                    }


def _usual(posts: pd.DataFrame) -> float:
    """What the usual post finds over what is expected of it; 1 where too few can be compared."""
    ratio = float((posts["found"] / posts["expected"]).median())
    return ratio if len(posts) >= FEW and ratio > 0 else 1.0


def _lower_tail(posts: pd.DataFrame) -> pd.Series:
    """The chance of so few findings, allowing for how much posts vary beyond chance anyway.

    The spread is told by a median, so that a few corrupt posts do not make themselves usual.
    """
    found, expected = posts["found"], posts["expected"]
    pearson = (found - expected) ** 2 / expected
    spread = max(1.0, float(pearson.median() / chi2.median(1)))
    chance = poisson.cdf(np.floor(found / spread), expected / spread)
    return pd.Series(chance, posts.index)
