"""Ways to choose what to inspect: each gives a number per declaration, higher first."""

from collections.abc import Callable

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, OrdinalEncoder, StandardScaler

from shiprisk.features import SIGNALS, Block, Signal, signal_matrix

from ..settings import Settings
from ..train import train
from .folds import Fold

Selector = Callable[[Fold], np.ndarray]

# Columns as they are declared. Identifiers are left out: a model would only learn names by heart.
NUMBERS = ["net_mass_kg", "gross_mass_kg", "packages", "supplementary_quantity",
           "customs_value_usd", "amendments", "item_number"]  # fmt: skip
CATEGORIES = ["direction", "procedure", "customs_office", "border_office", "heading",
              "country_of_origin", "country_of_dispatch", "country_of_destination",
              "trading_country", "mode_of_transport", "incoterms", "currency"]  # fmt: skip

OFFICIAL = ("A003", "A004", "UK", "EU")
# A signal raises its flag when it lies among so many of the most alarming past values.
ALARMING = 0.05


def at_random(fold: Fold) -> np.ndarray:
    """Chance."""
    return np.random.default_rng(0).random(len(fold.asked))


def by_declared_value(fold: Fold) -> np.ndarray:
    """The dearest first."""
    return fold.asked["customs_value_usd"].fillna(0).to_numpy(dtype=float)


def newest_firm(fold: Fold) -> np.ndarray:
    """The youngest firm first; a firm of unknown age last."""
    return -np.nan_to_num(_asked(fold)["firm_age_days"], nan=1e6)


def priority_list(fold: Fold) -> np.ndarray:
    """Goods of the gravest tier of the day first, chance among equals."""
    return _asked(fold)["priority_weight"] + at_random(fold) / 2


def official_flags(fold: Fold) -> np.ndarray:
    """The most official red flags first: signals beyond what 95 % of past shipments show."""
    signals = [s for s in SIGNALS if s.direction and s.flags and not s.sensitive]
    signals = [s for s in signals if any(flag.startswith(OFFICIAL) for flag in s.flags)]
    asked, history = _asked(fold), fold.past.history()
    past = history.block(fold.past.declarations.iloc[-20_000:])
    return sum(_alarming(signal, asked, past) for signal in signals) + at_random(fold) / 2


def group_by_past(fold: Fold) -> np.ndarray:
    """No learner: the firm's and heading's hit rate among past outcomes, else the overall rate."""
    inspected = fold.past.inspected
    key = [inspected["trader_id"], inspected["hs_code"].str[:4]]
    rates = inspected["violation"].astype(float).groupby(key).mean()
    asked = pd.MultiIndex.from_arrays([fold.asked["trader_id"], fold.asked["hs_code"].str[:4]])
    return rates.reindex(asked).fillna(inspected["violation"].mean()).to_numpy()


def logistic_raw(fold: Fold) -> np.ndarray:
    """Logistic regression on the columns as declared."""
    logs = make_pipeline(FunctionTransformer(np.log1p), SimpleImputer(), StandardScaler())
    letters = OneHotEncoder(min_frequency=20, handle_unknown="infrequent_if_exist")
    prepared = make_column_transformer((logs, NUMBERS), (letters, CATEGORIES))
    model = make_pipeline(prepared, LogisticRegression(C=0.3, max_iter=500))
    model.fit(_raw(fold.past.inspected), fold.past.inspected["violation"])
    return model.predict_proba(_raw(fold.asked))[:, 1]


def lightgbm_raw(fold: Fold) -> np.ndarray:
    """Plain LightGBM on the columns as declared."""
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    inspected = _raw(fold.past.inspected)
    codes.fit(inspected[CATEGORIES])

    def matrix(frame: pd.DataFrame) -> np.ndarray:
        return np.column_stack([frame[NUMBERS], codes.transform(frame[CATEGORIES])])

    model = lgb.LGBMClassifier(
        n_estimators=200, learning_rate=0.05, num_leaves=15, n_jobs=1, verbose=-1
    )
    categories = list(range(len(NUMBERS), len(NUMBERS) + len(CATEGORIES)))
    model.fit(matrix(inspected), fold.past.inspected["violation"], categorical_feature=categories)
    return model.booster_.predict(matrix(_raw(fold.asked)))


def ours(fold: Fold) -> np.ndarray:
    """shiprisk: LightGBM on signals."""
    settings = Settings(as_of=fold.first_day.astype(object), test=False)
    trained = train(fold.records, settings)
    block = trained.history.extended(fold.asked).block(fold.asked)
    return trained.model.risk(signal_matrix(block, trained.model.signals))


SELECTORS: dict[str, Selector] = {
    "at random": at_random,
    "by declared value": by_declared_value,
    "newest firm": newest_firm,
    "priority list": priority_list,
    "official red flags": official_flags,
    "group-by over past outcomes": group_by_past,
    "logistic regression, raw columns": logistic_raw,
    "LightGBM, raw columns": lightgbm_raw,
    "shiprisk": ours,
}


def _asked(fold: Fold) -> Block:
    """The month's declarations with what was known before; its earlier days count as the past."""
    return fold.past.history().extended(fold.asked).block(fold.asked)


def _alarming(signal: Signal, asked: Block, past: Block) -> np.ndarray:
    known = past[signal.name][~np.isnan(past[signal.name])] * signal.direction
    if not len(known):
        return np.zeros(asked.rows)
    limit = np.quantile(known, 1 - ALARMING)
    return np.nan_to_num(asked[signal.name] * signal.direction >= limit).astype(float)


def _raw(frame: pd.DataFrame) -> pd.DataFrame:
    raw = frame.assign(heading=frame["hs_code"].str[:4])
    raw[CATEGORIES] = raw[CATEGORIES].astype(object).where(raw[CATEGORIES].notna(), "missing")
    return raw[NUMBERS + CATEGORIES]
