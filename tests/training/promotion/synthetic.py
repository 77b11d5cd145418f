"""Comparisons of made-up answers: what a gate says is seen without training anything."""

from datetime import date

import numpy as np
import pandas as pd

from shiprisk.models import Lanes
from shiprisk.training import Comparison, Past, Sides
from shiprisk.training.promotion.answers import Answers
from shiprisk.training.promotion.comparison import measured
from shiprisk.training.promotion.judged import Judged

DAYS, PER_DAY = 60, 40
FIRST = date(2024, 1, 1)
KNOWN = {"last_day": "2024-01-09", "known_through": "2024-01-09"}


def past(delay: int = 5) -> Past:
    """Sixty days of shipments, all inspected, some of listed goods, some through Türkiye."""
    count = DAYS * PER_DAY
    chance = np.random.default_rng(3)
    day = np.repeat(np.arange(DAYS), PER_DAY)
    rows = pd.DataFrame(
        {
            "declaration_id": [f"D{number:05}" for number in range(count)],
            "item_number": 1,
            "declared_on": pd.Timestamp(FIRST) + pd.to_timedelta(day, "D"),
            "direction": "import",
            "trader_id": [f"T{number}" for number in chance.integers(0, 400, count)],
            "hs_code": np.where(chance.random(count) < 0.3, "854231", "610910"),
            "country_of_dispatch": np.where(chance.random(count) < 0.3, "TR", "DE"),
            "customs_value_usd": chance.lognormal(8, 1, count),
        }
    )
    true_risk = true_risks(rows)
    inspected = rows.assign(
        known_on=rows["declared_on"] + pd.Timedelta(days=delay),
        violation=chance.random(count) < true_risk,
        selected_by="random",
        selection_probability=1.0,
    )
    return Past(rows, inspected, None)


def true_risks(rows: pd.DataFrame) -> np.ndarray:
    """The rate at which such shipments are violations: from 1 to 40 %, by their number."""
    hashed = pd.util.hash_pandas_object(rows["declaration_id"].astype(object), index=False)
    return 0.01 + 0.39 * ((hashed % 1000) / 1000).to_numpy() ** 4


def judged() -> Judged:
    return Judged.of(past(), {"1": KNOWN, "2": KNOWN})


def answered(risk: np.ndarray, without: np.ndarray | None = None, off: float = 0.0) -> Answers:
    lanes = Lanes(0.3, 0.2)
    without = risk if without is None else without
    return Answers(
        "abc", risk, without, lanes.of(risk, without), lanes.red, lanes.yellow, 200, 0.0, off
    )


def blurred(rows: pd.DataFrame, much: float) -> np.ndarray:
    """The true risk, moved by chance; calibrated no longer, but ranked worse the more it is."""
    noise = np.random.default_rng(5).normal(0, much, len(rows))
    return np.clip(true_risks(rows) + noise, 0.001, 0.999)


def comparison(champion: Answers, challenger: Answers, owner_reported: bool = True) -> Comparison:
    return measured(Sides("1", "2"), judged(), champion, challenger, owner_reported)
