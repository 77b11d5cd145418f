"""Ways to choose what to inspect that learn from past outcomes; TrainingError where too few."""

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, OrdinalEncoder, StandardScaler

from shiprisk.features import signal_matrix

from ..periods import LEAST
from ..settings import Settings, TrainingError
from ..train import train
from .folds import Fold

# Columns as they are declared. Identifiers are left out: a model would only learn names by heart.
NUMBERS = ["net_mass_kg", "gross_mass_kg", "packages", "supplementary_quantity",
           "customs_value_usd", "amendments", "item_number"]  # fmt: skip
CATEGORIES = ["direction", "procedure", "customs_office", "border_office", "heading",
              "country_of_origin", "country_of_dispatch", "country_of_destination",
              "trading_country", "mode_of_transport", "incoterms", "currency"]  # fmt: skip


def logistic_raw(fold: Fold) -> np.ndarray:
    """Logistic regression on the columns as declared."""
    inspected = _enough(fold.past.inspected)
    logs = make_pipeline(
        FunctionTransformer(np.log1p), SimpleImputer(keep_empty_features=True), StandardScaler()
    )
    letters = OneHotEncoder(min_frequency=20, handle_unknown="infrequent_if_exist")
    prepared = make_column_transformer((logs, NUMBERS), (letters, CATEGORIES))
    model = make_pipeline(prepared, LogisticRegression(C=0.3, max_iter=500))
    model.fit(_raw(inspected), inspected["violation"])
    return model.predict_proba(_raw(fold.asked))[:, 1]


def lightgbm_raw(fold: Fold) -> np.ndarray:
    """Plain LightGBM on the columns as declared."""
    inspected = _enough(fold.past.inspected)
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    codes.fit(_raw(inspected)[CATEGORIES])

    def matrix(frame: pd.DataFrame) -> np.ndarray:
        raw = _raw(frame)
        return np.column_stack([raw[NUMBERS], codes.transform(raw[CATEGORIES])])

    model = lgb.LGBMClassifier(
        n_estimators=200, learning_rate=0.05, num_leaves=15, n_jobs=1, verbose=-1
    )
    categories = list(range(len(NUMBERS), len(NUMBERS) + len(CATEGORIES)))
    model.fit(matrix(inspected), inspected["violation"], categorical_feature=categories)
    return model.booster_.predict(matrix(fold.asked))


def ours(fold: Fold) -> np.ndarray:
    """shiprisk: LightGBM on signals."""
    trained = train(fold.records, Settings(as_of=fold.first_day.astype(object), test=False))
    return trained.model.risk(signal_matrix(fold.signals, trained.model.signals))


def _enough(inspected: pd.DataFrame) -> pd.DataFrame:
    """The same outcomes; TrainingError where they are fewer than our own model would need."""
    violations = int(inspected["violation"].sum())
    if min(violations, len(inspected) - violations) < 2 * LEAST:
        raise TrainingError(f"{violations} violations among {len(inspected)} known outcomes")
    return inspected


def _raw(frame: pd.DataFrame) -> pd.DataFrame:
    raw = frame.assign(heading=frame["hs_code"].str[:4])
    raw[CATEGORIES] = raw[CATEGORIES].astype(object).where(raw[CATEGORIES].notna(), "missing")
    return raw[NUMBERS + CATEGORIES]
