"""All selectors over the same months, measured against the truth of a simulated world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from shiprisk.features import Records

from . import measures
from .coins import with_coins
from .intervals import intervals
from .scoring import ORACLE, Scored, Tell, scored
from .selectors import GROUP_BY, OURS, SELECTORS, Selector, single_signals
from .shocks import after_shocks

MONTHS = 12
# The best of all signals alone, without and with past outcomes: chosen with hindsight.
BEST_RULE, BEST_HIT_RATE = "best single rule", "best single hit rate"


@dataclass(frozen=True)
class Control:
    """Figures under labels that are a coin per trader and heading.

    figures, never_seen, never_seen_intervals, stood_in: as in Outcome. rates: the prevalence over
    all shipments and over those of traders never seen.
    """

    figures: pd.DataFrame
    never_seen: pd.DataFrame
    never_seen_intervals: pd.DataFrame
    rates: tuple[float, float]
    stood_in: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a benchmark; tables have a row per selector unless it says otherwise.

    figures: a column per metric. never_seen: the same on shipments of traders never seen before
    their month. typologies: recall at 5 % by typology, with typology_counts shipments of each.
    monthly: precision at 5 % by month. shocks: the same counted from each shock, by shock and
    selector. intervals, never_seen_intervals: main figures and differences with 95 % intervals.
    singles: for the best rule and the best hit rate, precision at 1 % of each candidate, the best
    first. prevalence: the share of the shipments that were diverted. stood_in: where the official
    flags stood in for a learner. coins: the control.
    """

    figures: pd.DataFrame
    never_seen: pd.DataFrame
    never_seen_intervals: pd.DataFrame
    never_seen_shipments: int
    never_seen_diverted: int
    typologies: pd.DataFrame
    typology_counts: pd.Series
    monthly: pd.DataFrame
    shocks: pd.DataFrame
    shock_days: Mapping[str, date]
    intervals: pd.DataFrame
    singles: Mapping[str, pd.Series]
    prevalence: float
    shipments: int
    stood_in: tuple[str, ...]
    coins: Control | None


def benchmark(
    records: Records,
    truth: pd.DataFrame,
    months: int = MONTHS,
    selectors: Mapping[str, Selector] | None = None,
    shocks: Mapping[str, date] | None = None,
    tell: Tell = lambda _: None,
) -> Outcome:
    """Score the last months one by one with every selector, each knowing only what was known.

    Beside the selectors stand the oracle and the best single signals, chosen with hindsight on the
    truth: a bound for rules that look at one thing. Ours and the group-by, where they are among the
    selectors, run once more on labels that are a coin per trader and heading.
    """
    chosen = dict(SELECTORS if selectors is None else selectors)
    alone = {BEST_RULE: single_signals(False), BEST_HIT_RATE: single_signals(True)}
    asked = chosen | alone[BEST_RULE] | alone[BEST_HIT_RATE]
    everything, singles = _best_alone(scored(records, truth, months, asked, tell), alone)
    monthly = measures.by_month(everything)
    new = everything.where(everything.rows["never_seen"])
    return Outcome(
        figures=measures.overall(everything),
        never_seen=measures.never_seen(everything),
        never_seen_intervals=_with_differences(new),
        never_seen_shipments=len(new.rows),
        never_seen_diverted=int(new.rows["diverted"].sum()),
        typologies=measures.by_typology(everything),
        typology_counts=measures.typology_counts(everything),
        monthly=monthly,
        shocks=after_shocks(monthly, shocks or {}),
        shock_days=shocks or {},
        intervals=_with_differences(everything),
        singles=singles,
        prevalence=float(everything.rows["diverted"].mean()),
        shipments=len(everything.rows),
        stood_in=everything.stood_in,
        coins=_control(records, truth, months, chosen, tell),
    )


def _best_alone(
    everything: Scored, alone: Mapping[str, Mapping[str, Selector]]
) -> tuple[Scored, dict[str, pd.Series]]:
    """The ranks with the best of each kind of single signal in place of all of them."""
    ranks, singles = everything.ranks, {}
    for best, candidates in alone.items():
        found = measures.precision_at_1(everything.of(everything.ranks[list(candidates)]))
        singles[best] = found.sort_values(ascending=False, kind="stable")
        chosen = everything.ranks[singles[best].index[0]]
        ranks = ranks.drop(columns=list(candidates)).assign(**{best: chosen})
    return everything.of(ranks), singles


def _with_differences(everything: Scored) -> pd.DataFrame:
    """Intervals of ours and of how far it is ahead of each other one, or of all without ours."""
    names = [str(name) for name in everything.ranks if name != ORACLE]
    if OURS not in names:
        return intervals(everything, names)
    names.remove(OURS)
    return intervals(everything, [OURS, *names], [(OURS, name) for name in names])


def _control(
    records: Records,
    truth: pd.DataFrame,
    months: int,
    chosen: Mapping[str, Selector],
    tell: Tell,
) -> Control | None:
    remembering = {name: chosen[name] for name in (GROUP_BY, OURS) if name in chosen}
    if not remembering:
        return None
    coined = with_coins(records, float(truth["diverted"].mean()))
    everything = scored(*coined, months, remembering, lambda text: tell(f"coins, {text}"))
    new = everything.where(everything.rows["never_seen"])
    return Control(
        measures.overall(everything),
        measures.never_seen(everything),
        intervals(new, list(remembering)),
        (float(everything.rows["diverted"].mean()), float(new.rows["diverted"].mean())),
        everything.stood_in,
    )
