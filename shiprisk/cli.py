"""The command line: simulate, train, score, history, benchmark, serve, demo."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .defaults import CHAMPION, LOCAL_STORE

# Heavy libraries are imported by the command that needs them, so that --help answers at once.
app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which few shipments to inspect for sanctions diversion, and why.",
)

Sources = Annotated[
    list[Path],
    typer.Argument(help="Files of one layout, or a directory with the tables.", show_default=False),
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="TOML file that maps a foreign layout to ours.")
]
Encoding = Annotated[str, typer.Option(help="Encoding of text files.")]
RejectedFile = Annotated[
    Path | None,
    typer.Option("--rejected", help="Where to write rejected records with all their faults."),
]
ListedFile = Annotated[
    Path | None,
    typer.Option("--listed", help="List of parties: our columns, or one of OpenSanctions."),
]
TrackingUri = Annotated[
    str,
    typer.Option("--tracking-uri", envvar="MLFLOW_TRACKING_URI", help="MLflow store or server."),
]
Declarations = Annotated[int, typer.Option(min=500, max=20_000_000, help="Goods items, exactly.")]
Seed = Annotated[int, typer.Option(min=0)]
Workers = Annotated[
    int, typer.Option(min=1, max=64, help="Processes; the records are the same for any number.")
]
_SCENARIOS = "default, quiet, rerouting, ghost, corrupt_post, new_list, or a TOML file."
_ISO = ["%Y-%m-%d"]


@app.command()
def simulate(
    directory: Annotated[Path, typer.Argument(help="Where to write the tables.")],
    scenario: Annotated[str, typer.Option(help=_SCENARIOS)] = "default",
    declarations: Declarations = 100_000,
    seed: Seed = 0,
    workers: Workers = 1,
) -> None:
    """Make records of honest trade and of diversion, with the truth written apart."""
    from .commands import World, simulate_records

    world = World(scenario, declarations, seed, workers)
    raise typer.Exit(simulate_records(directory, world))


@app.command()
def train(
    records: Sources,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    as_of: Annotated[
        datetime | None, typer.Option(formats=_ISO, help="Use only what was known before this day.")
    ] = None,
    choose_from: Annotated[
        datetime | None, typer.Option(formats=_ISO, help="First day of the choice period.")
    ] = None,
    test_from: Annotated[
        datetime | None, typer.Option(formats=_ISO, help="First day of the test period.")
    ] = None,
    test: Annotated[bool, typer.Option(help="Keep the last part to measure on.")] = True,
    owner_nationality: Annotated[
        bool, typer.Option(help="Use the sensitive signals on owner nationality.")
    ] = True,
    red: Annotated[float, typer.Option(min=0.001, max=0.5, help="Share to inspect.")] = 0.05,
    yellow: Annotated[float, typer.Option(min=0, max=0.5, help="Share to ask papers of.")] = 0.10,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    threads: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """Train a model on records with outcomes, track it in MLflow and register it."""
    from shiprisk.training import Settings

    from .commands import Input, train_model

    settings = Settings(
        as_of=as_of.date() if as_of else None,
        choose_from=choose_from.date() if choose_from else None,
        test_from=test_from.date() if test_from else None,
        test=test,
        owner_nationality=owner_nationality,
        red=red,
        yellow=yellow,
        seed=seed,
        threads=threads,
    )
    source = Input(records, mapping, encoding, rejected, listed)
    raise typer.Exit(train_model(source, settings, tracking_uri))


@app.command()
def score(
    records: Sources,
    out: Annotated[Path, typer.Option(help="Where to write: .parquet, .jsonl or .csv.")],
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    history: Annotated[Path | None, typer.Option(help="A newer history's directory.")] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    day: Annotated[
        datetime | None, typer.Option(formats=_ISO, help="Score the declarations of this day only.")
    ] = None,
    reasons: Annotated[
        int | None, typer.Option(min=1, help="At most so many reasons each; all by default.")
    ] = None,
    show: Annotated[int, typer.Option(min=0, max=100, help="Print so many of the riskiest.")] = 0,
) -> None:
    """Score records: risk, lane and reasons of each. Exit code 3 if some were rejected."""
    from .commands import Input, score_records

    written = rejected or out.with_suffix(".rejected.jsonl")
    source = Input(records, mapping, encoding, written, listed)
    code = score_records(
        source, out, model, history, tracking_uri, day.date() if day else None, reasons, show
    )
    raise typer.Exit(code)


@app.command()
def history(
    records: Sources,
    out: Annotated[Path, typer.Option(help="Directory to write the history to.")],
    add_to: Annotated[
        str | None, typer.Option(help="History to add to: a directory, or a model's address.")
    ] = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
) -> None:
    """Write what records tell of the past, for `score --history`.

    An outcome counts where its declaration is among the records. With --add-to, give only what the
    earlier history does not hold: a record given twice counts twice.
    """
    from .commands import Input, write_history

    source = Input(records, mapping, encoding, rejected, listed)
    raise typer.Exit(write_history(source, out, add_to, tracking_uri))


@app.command()
def benchmark(
    scenario: Annotated[str, typer.Argument(help=_SCENARIOS)] = "default",
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
    from .commands import World, compare_selectors

    world = World(scenario, declarations, seed, workers)
    raise typer.Exit(compare_selectors(world, records, out, months))


@app.command()
def serve(
    model: Annotated[str, typer.Option(help="Directory or MLflow address.")] = CHAMPION,
    tracking_uri: TrackingUri = LOCAL_STORE,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Answer scoring requests over HTTP. Beyond this machine SHIPRISK_API_KEY must be set."""
    from .commands import serve_scores

    raise typer.Exit(serve_scores(model, tracking_uri, host, port))


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Where to put records and models.")] = Path(
        "demo-run"
    ),
    declarations: Annotated[int, typer.Option(min=20_000, max=1_000_000)] = 100_000,
) -> None:
    """Simulate records, train, score a day and print its riskiest shipments."""
    from .demo import run

    raise typer.Exit(run(directory, declarations))
