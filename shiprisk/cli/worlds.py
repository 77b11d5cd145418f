"""Commands on simulated records: simulate, benchmark, replay, demo."""

from pathlib import Path
from typing import Annotated

import typer

from .options import SCENARIOS, DailyCapacity, Declarations, Seed, Workers

app = typer.Typer()


@app.command()
def simulate(
    directory: Annotated[Path, typer.Argument(help="Where to write the tables.")],
    scenario: Annotated[str, typer.Option(help=SCENARIOS)] = "default",
    declarations: Declarations = 100_000,
    seed: Seed = 0,
    workers: Workers = 1,
) -> None:
    """Make records of honest trade and of diversion, with the truth written apart."""
    from ..commands.worlds import World, simulate_records

    world = World(scenario, declarations, seed, workers)
    raise typer.Exit(simulate_records(directory, world))


@app.command()
def benchmark(
    scenario: Annotated[str, typer.Argument(help=SCENARIOS)] = "default",
    declarations: Declarations = 200_000,
    seed: Seed = 0,
    workers: Workers = 1,
    records: Annotated[
        Path | None, typer.Option(help="Keep the simulated records in this directory.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Page to write, with a picture beside it.")] = Path(
        "benchmark.md"
    ),
    months: Annotated[int, typer.Option(min=1, max=60, help="Last months to score.")] = 12,
) -> None:
    """Compare ways to choose what to inspect, month by month, against the simulated truth."""
    from ..commands.worlds import World, compare_selectors

    world = World(scenario, declarations, seed, workers)
    raise typer.Exit(compare_selectors(world, records, out, months))


@app.command()
def replay(
    scenario: Annotated[str, typer.Argument(help=SCENARIOS)] = "rerouting",
    declarations: Declarations = 60_000,
    seed: Seed = 0,
    worlds: Annotated[
        int, typer.Option(min=1, max=100, help="Worlds, of this seed and those after it.")
    ] = 3,
    workers: Workers = 1,
    months: Annotated[int, typer.Option(min=1, max=60, help="Last months to replay.")] = 12,
    capacity: DailyCapacity = "5%",
    out: Annotated[Path, typer.Option(help="Page to write into, with a picture beside it.")] = Path(
        "exploration.md"
    ),
) -> None:
    """Compare ways to spend the capacity: select, wait for outcomes, learn, for months.

    All on the riskiest, or a part on chance or on where two models disagree; each against the
    simulated truth, in the same worlds.
    """
    from ..commands.replaying import replay_months
    from ..commands.worlds import World

    asked = World(scenario, declarations, seed, workers)
    raise typer.Exit(replay_months(asked, worlds, months, capacity, out))


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Where to put records and models.")] = Path(
        "demo-run"
    ),
    declarations: Annotated[int, typer.Option(min=20_000, max=1_000_000)] = 100_000,
) -> None:
    """Simulate records, train, score a day and print its riskiest shipments."""
    from ..commands.demo import run

    raise typer.Exit(run(directory, declarations))
