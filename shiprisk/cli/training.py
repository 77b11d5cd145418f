"""Commands on a model: train, tune."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..defaults import LOCAL_STORE
from .options import (
    ISO,
    Beside,
    Encoding,
    ListedFile,
    MappingFile,
    OptionalSources,
    Places,
    RejectedFile,
    Sources,
    SparkMaster,
    TrackingUri,
    WorkDirectory,
    no_password,
    spark_input,
)

app = typer.Typer()

SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", help="TOML file with settings of the trees, as `tune` writes it."),
]


@app.command()
def signals(
    records: Places,
    out: Annotated[str, typer.Option(help="Directory or address to write the table to.")],
    sample: Annotated[
        float, typer.Option(min=0, max=1, help="Share of all declarations beside the inspected.")
    ] = 0.02,
    label_delay: Annotated[
        int, typer.Option(min=0, help="Days before which no outcome counts as known.")
    ] = 0,
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    beside: Beside = None,
    spark_master: SparkMaster = None,
    work: WorkDirectory = None,
    anew: Annotated[bool, typer.Option("--anew", help="Overwrite what is there.")] = False,
) -> None:
    """Write a table of signals on Spark, for `train --signals`: more records than fit here.

    Of each inspected declaration and of an even sample of all, as known before its day.
    """
    from ..commands.signals_on_spark import write_table

    given = spark_input(records, out, work, rejected, listed, beside, anew)
    raise typer.Exit(write_table(given, out, sample, label_delay, spark_master, anew))


@app.command()
def train(
    records: OptionalSources = None,
    signals: Annotated[
        Path | None,
        typer.Option(help="Directory with a table of signals, in place of records."),
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(help="With --signals: history that is to travel with the model."),
    ] = None,
    part: Annotated[
        float,
        typer.Option(min=0.000001, max=1, help="With --signals: share of it to keep here, by key."),
    ] = 1.0,
    dask: Annotated[
        str | None,
        typer.Option(help="With --signals: Dask scheduler for the last fit, on all of them."),
    ] = None,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    as_of: Annotated[
        datetime | None, typer.Option(formats=ISO, help="Use only what was known before this day.")
    ] = None,
    choose_from: Annotated[
        datetime | None, typer.Option(formats=ISO, help="First day of the choice period.")
    ] = None,
    test_from: Annotated[
        datetime | None, typer.Option(formats=ISO, help="First day of the test period.")
    ] = None,
    test: Annotated[bool, typer.Option(help="Keep the last part to measure on.")] = True,
    owner_nationality: Annotated[
        bool, typer.Option(help="Use the sensitive signals on owner nationality.")
    ] = True,
    red: Annotated[float, typer.Option(min=0.001, max=0.5, help="Share to inspect.")] = 0.05,
    yellow: Annotated[float, typer.Option(min=0, max=0.5, help="Share to ask papers of.")] = 0.10,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    threads: Annotated[int, typer.Option(min=1)] = 1,
    settings_file: SettingsFile = None,
    outcomes: Annotated[
        str | None,
        typer.Option(callback=no_password, help="Audit record whose desk holds further outcomes."),
    ] = None,
) -> None:
    """Train a model on records with outcomes, track it in MLflow and register it.

    With --outcomes, what reviewers wrote at the desk counts too, and before what the records say.
    With --signals, on a table of signals that a cluster has made of more records than fit here.
    """
    from shiprisk.training import Settings

    from ..commands.source import Input
    from ..commands.training import train_model, train_on_signals

    if bool(records) == bool(signals):
        raise typer.BadParameter("give either records or --signals")
    if signals and (mapping or rejected or listed or outcomes):
        raise typer.BadParameter(
            "a table of signals is made of records, outcomes and lists already: give --mapping, "
            "--rejected, --listed and --outcomes to the command that makes it"
        )
    if not signals and (history or dask or part < 1):
        raise typer.BadParameter("--history, --part and --dask go with --signals")

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
    if signals:
        raise typer.Exit(
            train_on_signals(signals, settings, tracking_uri, settings_file, history, part, dask)
        )
    source = Input(records or [], mapping, encoding, rejected, listed)
    raise typer.Exit(train_model(source, settings, tracking_uri, settings_file, outcomes))


@app.command()
def tune(
    records: Sources,
    minutes: Annotated[float, typer.Option(min=0.01, help="How long to search.")] = 30,
    out: Annotated[Path, typer.Option(help="Where to write the best settings.")] = Path(
        "best.toml"
    ),
    trials: Annotated[int | None, typer.Option(min=1, help="Stop after so many.")] = None,
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
    rejected: RejectedFile = None,
    listed: ListedFile = None,
    tracking_uri: TrackingUri = LOCAL_STORE,
    as_of: Annotated[
        datetime | None, typer.Option(formats=ISO, help="Use only what was known before this day.")
    ] = None,
    choose_from: Annotated[
        datetime | None, typer.Option(formats=ISO, help="First day of the choice period.")
    ] = None,
    test_from: Annotated[
        datetime | None, typer.Option(formats=ISO, help="First day of the test period.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    threads: Annotated[int, typer.Option(min=1)] = 1,
    settings_file: SettingsFile = None,
) -> None:
    """Search settings of the trees for `train --settings`; the test period is not looked at.

    Stopped or killed, it goes on where it was when it is started again on the same records.
    """
    from shiprisk.training import Settings

    from ..commands.source import Input
    from ..commands.training import tune_settings

    settings = Settings(
        as_of=as_of.date() if as_of else None,
        choose_from=choose_from.date() if choose_from else None,
        test_from=test_from.date() if test_from else None,
        seed=seed,
        threads=threads,
    )
    source = Input(records, mapping, encoding, rejected, listed)
    raise typer.Exit(
        tune_settings(source, settings, tracking_uri, minutes, trials, out, settings_file)
    )
