"""Challenger against champion on the same later records, each asked in its own process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from shiprisk.features import Records

from ..errors import RegistryError
from ..evaluation import standing_for_all
from ..examples import Past
from ..registry import CHALLENGER, CHAMPION, Registry
from ..settings import Settings
from . import differences
from .answers import Answers, Stored, answers
from .groups import groups
from .judged import Judged
from .owner import by_owner, reported
from .weighted import Ranking

Tell = Callable[[str], None]

_COINS = 200


@dataclass(frozen=True)
class Sides:
    """The versions that stand against each other."""

    champion: str
    challenger: str

    @classmethod
    def of(cls, registry: Registry, challenger: str | None = None) -> "Sides":
        """The champion, and a version or else the challenger; RegistryError where one lacks."""
        champion = registry.holder(CHAMPION)
        if champion is None:
            raise RegistryError("there is no champion to compare with; train a model first")
        chosen = challenger or registry.holder(CHALLENGER)
        if chosen is None:
            raise RegistryError(
                "there is no challenger: train another model, or name a version with --challenger"
            )
        if str(registry.version(chosen).version) == champion:
            raise RegistryError(f"version {champion} is the champion itself; name another one")
        return cls(champion, chosen)


@dataclass(frozen=True)
class Comparison:
    """What came of it.

    judged: the shipments. champion, challenger: what each answered. overall: every figure of both
    with the difference and its interval. groups: average precision within groups, the same. owner:
    selection by owner group. calibration_by_chance: the calibration error that the challenger would
    stay below in 95 of 100 cases, were its risks true. owner_reported: whether its training run
    reports on owner nationality.
    """

    sides: Sides
    judged: Judged
    champion: Answers
    challenger: Answers
    overall: pd.DataFrame
    groups: pd.DataFrame
    owner: pd.DataFrame
    calibration_by_chance: float
    owner_reported: bool


def compare(
    registry: Registry,
    sides: Sides,
    records: Records,
    since: date | None = None,
    tell: Tell = lambda _: None,
) -> Comparison:
    """Ask both for the inspected shipments that neither knows, and measure.

    Both look up the same past: what was declared before each shipment's day, and outcomes known
    before the first day judged. ComparisonError where they cannot be compared.
    """
    tracking_uri = registry.client.tracking_uri
    with TemporaryDirectory() as directory:
        tables, fetched = Path(directory) / "tables", Path(directory) / "models"
        stored = [
            Stored.of(version, tracking_uri, fetched)
            for version in (sides.champion, sides.challenger)
        ]
        judged = Judged.of(Past.of(records), {one.version: one.about for one in stored}, since)
        tell(f"{len(judged.rows):,} inspected shipments of {judged.since} to {judged.until - 1}")
        tables.mkdir()
        judged.write(tables)
        answered = {}
        for one in stored:
            tell(f"asking version {one.version} with the code that was stored with it")
            answered[one.version] = answers(one, tables)
    champion, challenger = answered[sides.champion], answered[sides.challenger]
    return measured(sides, judged, champion, challenger, reported(registry, sides.challenger))


def measured(
    sides: Sides, judged: Judged, champion: Answers, challenger: Answers, owner_reported: bool
) -> Comparison:
    """What two versions' answers on the judged shipments come to."""
    rows = judged.rows
    value = (
        rows["customs_value_usd"].to_numpy(dtype=float)
        if "customs_value_usd" in rows
        else np.zeros(len(rows))
    )
    standing = standing_for_all(rows, judged.labels, Settings.largest_weight)
    one, other = (
        Ranking(judged.labels, side.risk, value, standing) for side in (champion, challenger)
    )
    draws = differences.draws_of(judged.days)
    return Comparison(
        sides,
        judged,
        champion,
        challenger,
        differences.overall(one, other, draws),
        differences.by_group(one, other, groups(judged), draws),
        by_owner(judged, champion, challenger),
        _by_chance(other),
        owner_reported,
    )


def _by_chance(ranking: Ranking) -> float:
    """The calibration error that risks stay below 95 times of 100 if they are true."""
    chance = np.random.default_rng(0)
    coins = (chance.random(len(ranking.risk)) < ranking.risk for _ in range(_COINS))
    return float(np.quantile([ranking.calibration_error(coin) for coin in coins], 0.95))
