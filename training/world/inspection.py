"""What is inspected and why, what is found, and when that is known."""

import numpy as np
import pandas as pd

from .draw import Array, Generator, chance, kept, pick
from .goods import goods

RANDOM_SHARE, RULE_SHARE = 0.04, 0.105
TIP_DIVERTED, TIP_HONEST = 0.07, 0.003
MISSED, MISTAKEN = 0.02, 0.003
DELAY_SHAPE, DELAY_MEAN, DELAY_LEAST = 2.5, 21.0, 3


def inspect(rng: Generator, items: pd.DataFrame, firms: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of the inspected items; whole declarations are selected."""
    selected = _select(rng, items, _rule_chance(items, firms))
    seen = items.loc[selected["selected_by"].notna().to_numpy()]
    found = _find(rng, seen)
    by = selected.loc[seen.index]
    known = seen["day"].to_numpy() + _delay(rng, seen)
    return pd.DataFrame({
        "declaration_id": seen["declaration_id"], "item_number": seen["item_number"],
        "known_on": known, "violation": found, "kind": _kind(rng, seen, found),
        "selected_by": by["selected_by"], "selection_probability": by["selection_probability"],
    }).reset_index(drop=True)  # fmt: skip


def _rule_chance(items: pd.DataFrame, firms: pd.DataFrame) -> Array:
    """The rule book's chance to pick each item: listed goods, young firm, odd price, odd route."""
    listed = goods()["listed"].to_numpy()[items["goods"]]
    age = items["day"].to_numpy() - firms["registered"].to_numpy()[items["firm"]]
    kg_price = np.log((items["customs_value_usd"] / items["net_mass_kg"]).to_numpy())
    odd = np.abs(kg_price - np.log(goods()["price"].to_numpy()[items["goods"]])) > 1.0
    detour = (items["origin"] != items["dispatch"]).to_numpy() & (items["direction"] == "import")
    score = 1.1 * listed + 0.9 * (age < 365) + 0.8 * odd + 0.4 * detour + 0.5 * listed * (age < 365)
    score -= 0.8 * (items["direction"] == "onward")
    return _at_share(score.to_numpy(), RULE_SHARE)


def _at_share(score: Array, share: float) -> Array:
    """Logistic chances of these scores whose mean is the given share."""
    low, high = -12.0, 12.0
    for _ in range(50):
        middle = (low + high) / 2
        mean = float(np.mean(1 / (1 + np.exp(-(score + middle)))))
        low, high = (low, middle) if mean > share else (middle, high)
    return 1 / (1 + np.exp(-(score + low)))


def _select(rng: Generator, items: pd.DataFrame, rule: Array) -> pd.DataFrame:
    """By which route each item is selected: random first, so that this part stays representative.

    The probability is that of being selected by the route named.
    """
    number = pd.factorize(items["declaration_id"])[0]
    count = number.max() + 1
    by_rule, diverted = np.zeros(count), np.zeros(count, dtype=bool)
    np.maximum.at(by_rule, number, rule)
    np.logical_or.at(diverted, number, items["diverts"].to_numpy())
    by_tip = np.where(diverted, TIP_DIVERTED, TIP_HONEST)
    by_random = np.full(count, RANDOM_SHARE)
    hits = [chance(rng, route, count) for route in (by_random, by_rule, by_tip)]
    left = 1 - by_random
    odds = [by_random, left * by_rule, left * (1 - by_rule) * by_tip]
    names = np.select(hits, ["random", "rule", "tip"], default="").astype(object)
    chosen = pd.DataFrame({
        "selected_by": kept(names, names != ""),
        "selection_probability": np.select(hits, odds, default=np.nan),
    })  # fmt: skip
    return chosen.iloc[number].set_axis(items.index)


def _find(rng: Generator, seen: pd.DataFrame) -> Array:
    """What inspection finds: the truth with a few misses and a few mistakes."""
    diverted = seen["diverts"].to_numpy()
    missed, mistaken = chance(rng, MISSED, len(seen)), chance(rng, MISTAKEN, len(seen))
    return np.where(diverted, ~missed, mistaken)


def _kind(rng: Generator, seen: pd.DataFrame, found: Array) -> Array:
    """The finding's name, after the way the goods were diverted."""
    hidden = seen["typology"].isin(["T3", "T4"]).to_numpy() & chance(rng, 0.8, len(seen))
    other = pick(rng, ["undervaluation", "papers"], len(seen)).astype(object)
    named = np.where(hidden, "misdeclared goods", "diversion")
    return np.where(found, np.where(seen["diverts"], named, other), "none")


def _delay(rng: Generator, seen: pd.DataFrame) -> Array:
    """Days until the outcome is known, the same for all items of a declaration."""
    number = pd.factorize(seen["declaration_id"])[0]
    spread = rng.gamma(DELAY_SHAPE, (DELAY_MEAN - DELAY_LEAST) / DELAY_SHAPE, number.max() + 1)
    return DELAY_LEAST + np.floor(spread).astype(int)[number]
