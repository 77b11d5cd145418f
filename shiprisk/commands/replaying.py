"""Ways to spend a capacity, through months of simulated worlds."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from shiprisk.features import Records, read_records
from shiprisk.serving import Capacity
from shiprisk.training import Scenario

from .. import printing
from ..defaults import Exit
from ..printing import console
from .telling import clearly
from .worlds import World


@clearly
def replay_months(asked: World, worlds: int, months: int, capacity: str, out: Path) -> Exit:
    """Live the last months of some worlds again with each strategy, and write the page's part."""
    from shiprisk.training import compare_strategies, write_replay

    scenario, spent = Scenario.load(asked.scenario), Capacity.of(capacity)

    def made(seed: int) -> tuple[Records, pd.DataFrame]:
        with TemporaryDirectory() as scratch:
            directory = Path(scratch)
            replace(asked, seed=seed).simulate(directory)
            return read_records(directory), pd.read_parquet(directory / "truth.parquet")

    def tell(step: str) -> None:
        console.print(f"[dim]{step}[/]")

    seeds = range(asked.seed, asked.seed + worlds)
    replayed = compare_strategies(made, seeds, scenario, spent, months, tell=tell)
    command = f"shiprisk replay {asked.scenario} --declarations {asked.declarations}"
    command += f" --seed {asked.seed} --worlds {worlds} --months {months} --capacity {spent}"
    write_replay(replayed, out, f"{command} --out {out}")
    printing.strategies(replayed.figures, out)
    return Exit.WELL
