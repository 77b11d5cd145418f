"""Simulated records, and the comparison of selectors on them."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from shiprisk.features import read_records
from shiprisk.training import Scenario
from shiprisk.training import simulate as simulate_world

from .. import printing
from ..defaults import Exit
from ..printing import console
from .telling import clearly, progress_bar, telling


@dataclass(frozen=True)
class World:
    """A world to simulate."""

    scenario: str
    declarations: int
    seed: int
    workers: int = 1

    def simulate(self, directory: Path) -> Scenario:
        """Write its tables, with a bar of the months; returns its scenario."""
        scenario = Scenario.load(self.scenario)
        with progress_bar() as progress:
            task = progress.add_task(f"simulating {scenario.name}", total=self.declarations)
            simulate_world(
                directory, self.declarations, self.seed, scenario, self.workers,
                progress=lambda done, of: progress.update(task, completed=done),
            )  # fmt: skip
        return scenario


@clearly
def simulate_records(directory: Path, world: World) -> Exit:
    """Write simulated tables into a directory."""
    scenario = world.simulate(directory)
    console.print(
        f"{world.declarations:,} simulated declarations of {scenario.first} to {scenario.last} "
        f"are in [bold]{directory}[/]"
    )
    return Exit.WELL


@clearly
def compare_selectors(world: World, records: Path | None, out: Path, months: int) -> Exit:
    """Run every selector over the last months of a world and write the page."""
    from shiprisk.training import benchmark, write_report

    with TemporaryDirectory() as scratch:
        directory = records or Path(scratch)
        scenario = world.simulate(directory)
        with console.status("reading records") as status:
            outcome = benchmark(
                read_records(directory),
                pd.read_parquet(directory / "truth.parquet"),
                months,
                shocks=scenario.events(),
                tell=telling(status.update),
            )
    command = f"shiprisk benchmark {world.scenario} --declarations {world.declarations}"
    command += f" --seed {world.seed} --months {months} --out {out}"
    write_report(outcome, out, command, f"{scenario.name}: {scenario.says}")
    printing.selectors(outcome.figures, out)
    return Exit.WELL
