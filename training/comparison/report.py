"""A benchmark as a page: tables, a picture, and how to read them."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from .picture import LINES, draw
from .run import BEST_HIT_RATE, BEST_RULE, Control, Outcome
from .scoring import ORACLE
from .selectors import SELECTORS
from .tables import as_table, with_intervals

_MEANINGS = {
    ORACLE: "Knows the truth: what any ranking could reach.",
    BEST_RULE: "Of all signals that need no past outcome, each alone, the best at 1 %.",
    BEST_HIT_RATE: "The same of all signals that rest on past outcomes.",
}


def write_report(outcome: Outcome, page: Path, command: str, about: str = "") -> None:
    """Write the page and, beside it, its picture. about: the scenario's name and what it says."""
    picture = page.with_suffix(".png")
    page.parent.mkdir(parents=True, exist_ok=True)
    draw(outcome.monthly, outcome.shock_days, picture)
    parts = [
        _head(outcome, command, about),
        _overall(outcome),
        _months(outcome, picture.name),
        _typologies(outcome),
        _never_seen(outcome),
        _control(outcome, outcome.coins) if outcome.coins else "",
        _selectors(outcome),
    ]
    text = "\n\n".join(part.rstrip() for part in parts if part)
    page.write_text(text + "\n", encoding="utf-8")


def _head(outcome: Outcome, command: str, about: str) -> str:
    months = outcome.monthly.columns
    told = f"\n\n{about}" if about else ""
    return f"""# Benchmark

Made by `{command}`; do not edit by hand.{told}

{outcome.shipments:,} simulated shipments from {months[0]} to {months[-1]},
{outcome.prevalence:.2%} of them diverted. Each month is scored by what was known before its first
day: outcomes of inspections only, late and partly wrong. The figures are against the truth of the
world, for all shipments, inspected or not. Ranks are taken within each month; chance decides among
equals.

The world is simulated: the figures say how selectors compare in it, not how well they would do at
a border."""


def _overall(outcome: Outcome) -> str:
    figures = outcome.figures
    best = figures.loc[ORACLE, "precision @5%"]
    return f"""## All shipments

{as_table(figures, "selector")}

Precision @5% is the share of diverted shipments among the riskiest 5 %; no ranking can exceed
{best:.3f}, and chance reaches {outcome.prevalence:.3f}. *Of each day*: the riskiest 5 % of
every day, at least one, averaged over days. *Value*: share of the customs value of all diverted
shipments.

{_with_chance(outcome.intervals)}"""


def _with_chance(intervals: pd.DataFrame) -> str:
    if not len(intervals):
        return ""
    return f"""How far chance could move them: 95 % intervals over traders drawn again and again. A
difference whose interval holds zero is not established.

{as_table(with_intervals(intervals), "selector", str)}"""


def _months(outcome: Outcome, picture: str) -> str:
    return "\n\n".join(
        [
            f"## By month\n\n![Precision at 5 % by month]({picture})",
            *(_shock(outcome, str(name)) for name in outcome.shocks.index.unique(0)),
            _stood_in(outcome.stood_in),
        ]
    )


def _shock(outcome: Outcome, name: str) -> str:
    rows = outcome.shocks.loc[name]
    return f"""### After {name}, {outcome.shock_days[name]}

Precision @5% in months counted from it. The oracle moves with how much is diverted.

{as_table(rows.loc[[line for line in LINES if line in rows.index]], "selector")}"""


def _stood_in(stood_in: Sequence[str]) -> str:
    if not stood_in:
        return ""
    listed = "\n".join(f"- {text}" for text in stood_in)
    return f"""Too little was known to train, so that the official red flags stood in:

{listed}"""


def _typologies(outcome: Outcome) -> str:
    counts = outcome.typology_counts
    table = outcome.typologies.set_axis(
        [f"{kind} ({counts[kind]:,})" for kind in counts.index], axis=1
    )
    return f"""## By typology

Recall @5%: the share of the shipments diverted in this way that is among the riskiest 5 %. In
brackets the number of such shipments: with few of them a share says little.

{as_table(table, "selector")}"""


def _never_seen(outcome: Outcome) -> str:
    shipments, diverted = outcome.never_seen_shipments, outcome.never_seen_diverted
    return f"""## Traders never seen before the month

{shipments:,} shipments, {diverted:,} of them ({diverted / max(shipments, 1):.2%}) diverted. No
outcome and no habit of the trader is known; 1 and 5 % are of these shipments alone.

{as_table(outcome.never_seen, "selector")}

{_with_chance(outcome.never_seen_intervals)}"""


def _control(outcome: Outcome, coins: Control) -> str:
    rates = [*[coins.rates[0]] * 2, *[coins.rates[1]] * 2]
    heads = ["@1%", "@5%", "never seen, @1%", "never seen, @5%"]
    rows = {}
    for name in coins.figures.index.drop(ORACLE):
        rows[name] = _four(outcome.figures, outcome.never_seen, name)
        rows[f"{name}, coins"] = _four(coins.figures, coins.never_seen, name)
    rows["prevalence, coins"] = rates
    table = pd.DataFrame.from_dict(rows, orient="index", columns=heads)
    return f"""## Control: a coin per trader and heading

All outcomes and the truth are replaced by a coin per trader and HS heading, of the same
prevalence, and the months are scored again. Nothing is left to find but the past outcomes of the
same trader and heading, so what is reached by coins is what memory alone can reach; a coin never
changes, so memory is worth more here than where traders do. For traders never seen it can only be
the prevalence: more than chance would be a leak.

{as_table(table, "precision")}

{as_table(with_intervals(coins.never_seen_intervals), "never seen, coins", str)}

{_stood_in(coins.stood_in)}"""


def _four(figures: pd.DataFrame, never_seen: pd.DataFrame, name: str) -> list[float]:
    two = ["precision @1%", "precision @5%"]
    return [*figures.loc[name, two], *never_seen.loc[name, two]]


def _selectors(outcome: Outcome) -> str:
    told = [f"- **{name}**: {_meaning(name, outcome)}" for name in outcome.figures.index]
    return "## Selectors\n\n" + "\n".join(told)


def _meaning(name: str, outcome: Outcome) -> str:
    if name in outcome.singles:
        candidates = outcome.singles[name]
        best = f"Here: {candidates.index[0]}, of {len(candidates)}"
        return f"{_MEANINGS[name]} Chosen with hindsight, so a bound and no rival. {best}."
    if name in _MEANINGS:
        return _MEANINGS[name]
    return ((SELECTORS[name].__doc__ or "") if name in SELECTORS else "").partition("\n")[0]
