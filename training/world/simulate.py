"""The front of the world: five Parquet files from a scenario, a size and a seed."""

from collections.abc import Callable
from pathlib import Path

from .economy import Economy
from .files import Files
from .inspection import Authority, Selector
from .listing import Sightings
from .months import World
from .networks import Networks
from .scenario import Scenario
from .statistics import Reporters
from .workers import makers

LEAST, MOST = 500, 20_000_000


def simulate(
    directory: Path,
    declarations: int,
    seed: int,
    scenario: Scenario | str | Path = "default",
    workers: int = 1,
    selector: Selector | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Write declarations, traders, inspections, statistics, listed parties and the hidden truth.

    `declarations` is the number of goods items, exactly. The same size, seed, scenario and selector
    give the same bytes, whatever the number of workers (processes). A selector scores each month's
    declarations in place of the rule book, see `Selector`. `world.json` keeps what was asked for.
    progress is told after each month how many rows are written, and of how many.
    Raises ValueError for a size that cannot be, ScenarioError for a scenario that cannot be read.
    """
    if not LEAST <= declarations <= MOST:
        raise ValueError(f"a world has {LEAST:,} to {MOST:,} declarations, not {declarations:,}")
    if not isinstance(scenario, Scenario):
        scenario = Scenario.load(scenario)
    economy = Economy.found(seed, declarations, scenario)
    networks, reporters = Networks.gather(economy), Reporters.of(economy)
    seen = Sightings.none(len(networks.share))
    world = World(economy, networks, Authority.of(economy), reporters, selector, seen)
    directory.mkdir(parents=True, exist_ok=True)
    with makers(economy, workers) as made_by, Files(directory) as files:
        for month in range(len(economy.rows)):
            world.hand_on(files, month, world.live(month, made_by))
            progress(sum(economy.rows[: month + 1]), declarations)
        world.close(files)
        files.close(scenario, declarations, seed)
