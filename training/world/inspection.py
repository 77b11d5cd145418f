"""What is inspected and why, what is found, and when that is known."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .channels import IMPORT, ONWARD_LEG
from .columns import Columns, taken
from .countries import number
from .draw import Array, Generator, chance, pick
from .economy import Economy
from .evasion import corrupt_posts
from .goods import column, on_list
from .scenario import Inspection, Scenario
from .typology import NAMES

ROUTES = ("random", "rule", "model", "tip")
KINDS = ("none", "diversion", "misdeclared goods", "undervaluation", "papers")
NONE_FOUND, DIVERSION, MISDECLARED, UNDERVALUED, PAPERS = range(5)
HIDDEN = [NAMES.index(name) for name in ("T3", "T4")]
YOUNG_DAYS = 365

# A score for each declaration of a month, the highest inspected first. It is given the month's
# declarations and all outcomes known before the month, in the columns of the records.
Selector = Callable[[pd.DataFrame, pd.DataFrame], Array]


@dataclass(frozen=True)
class Authority:
    """Who inspects: the rules of a scenario, and the posts that do not tell the truth."""

    scenario: Scenario
    posts: Array

    @classmethod
    def of(cls, economy: Economy) -> "Authority":
        """The authority of a world."""
        scenario = economy.scenario
        return cls(scenario, corrupt_posts(economy.seed, scenario.inspection.corrupt_posts))

    def inspect(self, rng: Generator, items: Columns, registered: Array,
                scores: Array | None) -> Columns:  # fmt: skip
        """Outcomes of the inspected rows of a month; whole declarations are selected.

        items: in order of day and declaration. registered: the firm's day of registration on each
        row. scores: a selector's, in place of the rule book. Returns `row` (of items), known_on,
        violation, kind, selected_by and selection_probability; codes as numbers.
        """
        rules = self.scenario.inspection
        by_rule = self.suspicion(items, registered) if scores is None else scores
        selected_by, probability = _select(rng, rules, items, by_rule, scores is not None)
        row = np.flatnonzero(selected_by >= 0)
        seen = taken(items, row)
        return {
            "row": row,
            "item_number": seen["item_number"],
            **self.outcomes(rng, seen),
            "selected_by": selected_by[row],
            "selection_probability": probability[row],
        }

    def outcomes(self, rng: Generator, seen: Columns) -> Columns:
        """What inspection of these rows writes down and when: known_on, violation and kind."""
        found = self._find(rng, seen)
        return {
            "known_on": seen["day"] + _delay(rng, self.scenario.inspection, seen),
            "violation": found,
            "kind": _kind(rng, seen, found),
        }

    def suspicion(self, items: Columns, registered: Array) -> Array:
        """The rule book's score: listed goods, young firm, odd price, odd or watched route."""
        goods, day = items["goods"], items["day"]
        # Before there was a list, goods that came on it later were already under some control.
        listed = np.where(on_list(goods, day), 1.0, 0.6 * column("listed")[goods])
        young = day - registered < YOUNG_DAYS
        price = np.log(items["customs_value_usd"] / items["net_mass_kg"])
        odd = np.abs(price - np.log(column("price")[goods])) > 1.0
        inward = items["direction"] == IMPORT
        detour = inward & (items["origin"] != items["dispatch"])
        watched = inward & self._watched(items["dispatch"], day)
        score = 1.3 * listed + 0.8 * young + 0.5 * odd + 0.4 * detour + 0.6 * listed * young
        return score + 1.0 * listed * watched - 0.8 * (items["direction"] == ONWARD_LEG)

    def _watched(self, dispatch: Array, day: Array) -> Array:
        watched = np.zeros(len(day), dtype=bool)
        for shock in self.scenario.shocks:
            if shock.kind == "crackdown":
                watched |= (day >= shock.day) & np.isin(dispatch, number(shock.hubs))
        return watched

    def _find(self, rng: Generator, seen: Columns) -> Array:
        """What inspection writes down: the truth but for misses, mistakes and corrupt posts."""
        rules, diverted = self.scenario.inspection, seen["diverts"]
        size, hidden = len(diverted), np.isin(seen["typology"], HIDDEN)
        missed = chance(rng, np.where(hidden, rules.missed_hidden, rules.missed), size)
        bribed = np.isin(seen["office"], self.posts) & chance(rng, rules.corrupt, size)
        mistaken = chance(rng, rules.mistaken, size)
        return np.where(diverted, ~(missed | bribed), mistaken)


def _select(rng: Generator, rules: Inspection, items: Columns, score: Array,
            by_model: bool) -> tuple[Array, Array]:  # fmt: skip
    """By which route each row is selected (-1: not), and the probability of that route.

    Routes are independent of each other; random is named first, so that this part is a fair
    sample of all. The probability is that of being selected by the route named.
    """
    begins = items["item_number"] == 1
    number_of, first = np.cumsum(begins) - 1, np.flatnonzero(begins)
    highest = np.maximum.reduceat(score, first)
    diverted = np.maximum.reduceat(items["diverts"].astype(int), first) > 0
    day, papers = items["day"][first], len(first)
    by_random = np.full(papers, rules.capacity * rules.random)
    by_score = _odds(highest, day, rules.capacity * (1 - rules.random), rules.sharpness)
    by_tip = np.where(diverted, rules.tip_diverted, rules.tip_honest)
    hits = [_systematic(rng, by_random), _systematic(rng, by_score), chance(rng, by_tip, papers)]
    left = 1 - by_random
    odds = [by_random, left * by_score, left * (1 - by_score) * by_tip]
    names = [ROUTES.index("random"), ROUTES.index("model" if by_model else "rule"),
             ROUTES.index("tip")]  # fmt: skip
    selected = np.select(hits, names, default=-1)
    return selected[number_of], np.select(hits, odds, default=np.nan)[number_of]


def _odds(score: Array, day: Array, share: float, sharpness: float) -> Array:
    """Chances that rise with the score within each day and add up to the day's capacity."""
    _, number_of, sizes = np.unique(day, return_inverse=True, return_counts=True)
    weight = np.exp(np.clip(sharpness * _standard(score, number_of, sizes), -8, 8))
    odds = np.zeros(len(score))
    wanted = share * sizes
    for _ in range(12):  # those certain to be chosen leave the rest of the capacity to others
        certain = odds >= 1
        rest = np.bincount(number_of, np.where(certain, 0, weight), minlength=len(sizes))
        room = wanted - np.bincount(number_of, certain, minlength=len(sizes))
        scale = np.divide(room, rest, out=np.zeros(len(sizes)), where=rest > 0)
        odds = np.where(certain, 1.0, np.minimum(weight * scale[number_of], 1.0))
    return odds


def _standard(score: Array, number_of: Array, sizes: Array) -> Array:
    """How far each score lies above its day's mean, in the day's standard deviations."""
    means = np.bincount(number_of, score) / sizes
    off = score - means[number_of]
    spread = np.sqrt(np.bincount(number_of, off**2) / sizes)
    return off / np.where(spread > 0, spread, 1.0)[number_of]


def _systematic(rng: Generator, odds: Array) -> Array:
    """Choose each with its odds so that every stretch of days has nearly its expected number."""
    return np.diff(np.floor(np.concatenate([[0.0], np.cumsum(odds)]) + rng.random())) > 0


def _kind(rng: Generator, seen: Columns, found: Array) -> Array:
    """The finding's name, after the way the goods were diverted."""
    size = len(found)
    hidden = np.isin(seen["typology"], HIDDEN) & chance(rng, 0.8, size)
    other = pick(rng, [UNDERVALUED, PAPERS], size)
    named = np.where(hidden, MISDECLARED, DIVERSION)
    return np.where(found, np.where(seen["diverts"], named, other), NONE_FOUND)


def _delay(rng: Generator, rules: Inspection, seen: Columns) -> Array:
    """Days until the outcome is known, the same for all items of a declaration."""
    number_of = np.cumsum(seen["item_number"] == 1) - 1
    papers = int(number_of.max(initial=-1)) + 1
    usual = rng.gamma(2.5, max(rules.delay_mean_days - rules.delay_least_days, 0.1) / 2.5, papers)
    slow = rng.gamma(2.0, rules.slow_mean_days / 2.0, papers)
    days = usual + np.where(chance(rng, rules.slow, papers), slow, 0.0)
    return rules.delay_least_days + np.floor(days).astype(int)[number_of]
