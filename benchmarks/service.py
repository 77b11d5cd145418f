"""The service beside `mlflow models serve` of the same model, and under load. One command:

    .venv/bin/python benchmarks/service.py [DEMO]

DEMO is the directory of `shiprisk demo`, made where it is not there (a minute). Both services
answer the same records, one by one, with risk and reasons (ours without the advice that MLflow's
answer does not have), to 1 and to 16 clients in turns, on this machine. With `--soak 18000` the
service alone then answers an hour of five requests a second, as fast as it can, and its memory is
read on the way. Requests are bounded in number.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from service_load import Server, asked_by, free_port, served

from shiprisk.features import DECLARATIONS

# How many requests a round has: bounded, and fewer for the slower one, whose p99 is near its worst.
OURS, THEIRS = {1: 400, 16: 1_200}, {1: 80, 16: 160}


@dataclass(frozen=True)
class Figures:
    """One round: requests per second, seconds at the median and at p99, processor time each."""

    rate: float
    p50: float
    p99: float
    processor: float


def main() -> None:
    """Compare in turns, then let the service run on."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("demo", nargs="?", type=Path, default=Path("demo-run"))
    asked.add_argument("--rounds", type=int, default=3, help="Of the comparison; 0 for none.")
    asked.add_argument("--soak", type=int, default=0, help="Requests of a long run; 0 for none.")
    told = asked.parse_args()
    if not (told.demo / "mlflow.db").is_file():
        run = "from shiprisk.cli import app; app()"
        subprocess.run([sys.executable, "-c", run, "demo", told.demo], check=True)
    records = records_of(told.demo / "records" / "declarations.parquet")
    store = f"sqlite:///{(told.demo / 'mlflow.db').resolve()}"
    with served(ours(store)) as service:
        if told.rounds:
            with served(theirs(store)) as other:
                compare(service, other, records, told.rounds)
        if told.soak:
            soak(service, records, told.soak)


def ours(store: str) -> Server:
    """The command of this service."""
    run, port = "from shiprisk.cli import app; app()", free_port()
    words = ["serve", "--tracking-uri", store, "--port", str(port), "--records-per-second", "1e9"]
    return Server([sys.executable, "-c", run, *words], port, "/readyz", {})


def theirs(store: str) -> Server:
    """The command of MLflow's service of the same model."""
    port = free_port()
    words = ["-m", "models:/shiprisk@champion", "--env-manager", "local", "--port", str(port)]
    command = [sys.executable, "-m", "mlflow", "models", "serve", *words]
    # It starts uvicorn by its name.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return Server(command, port, "/ping", {"MLFLOW_TRACKING_URI": store, "PATH": path})


def records_of(file: Path) -> list[dict[str, Any]]:
    """The last declarations of the demo, as a caller would send them."""
    frame = pd.read_parquet(file).tail(5_000).sample(500, random_state=0)
    lines = frame.to_json(orient="records", lines=True, date_format="iso").splitlines()
    cells = [{k: v for k, v in json.loads(line).items() if v is not None} for line in lines]
    return [one | {"declared_on": one["declared_on"][:10]} for one in cells]


def compare(service: Server, other: Server, records: list[dict[str, Any]], number: int) -> None:
    """Rounds in turns; medians over them, and of the ratios of each round."""
    plain = [json.dumps(record).encode() for record in records]
    known = {column.name: None for column in DECLARATIONS.every_column}
    framed = [json.dumps({"dataframe_records": [known | one]}).encode() for one in records]
    for clients in (1, 16):
        rounds = []
        for _ in range(number):
            mine = measured(service, "/v1/scores?advice=false", plain, OURS[clients], clients)
            rounds.append((mine, measured(other, "/invocations", framed, THEIRS[clients], clients)))
        for command, at in (("shiprisk serve", 0), ("mlflow models serve", 1)):
            tell(command, clients, [pair[at] for pair in rounds])
        ratio = partial(_ratio, rounds)
        print(
            f"ratio, {clients} client(s): {ratio('rate'):.1f} times the requests per second, "
            f"p50 {ratio('p50'):.3f}, p99 {ratio('p99'):.3f}, "
            f"processor time {ratio('processor'):.3f}\n"
        )


def _ratio(rounds: list[tuple[Figures, Figures]], name: str) -> float:
    return median(getattr(mine, name) / getattr(other, name) for mine, other in rounds)


def tell(command: str, clients: int, rounds: list[Figures]) -> None:
    """Print the medians of some rounds."""
    rate, p50, p99, processor = (
        median(getattr(one, field) for one in rounds)
        for field in ("rate", "p50", "p99", "processor")
    )
    print(
        f"{command:20} {clients:3} client(s) {rate:8.1f}/s  p50 {p50 * 1e3:7.1f} ms  "
        f"p99 {p99 * 1e3:7.1f} ms  processor {processor * 1e3:6.2f} ms"
    )


def measured(
    server: Server, path: str, bodies: list[bytes], requests: int, clients: int
) -> Figures:
    """Ask so many times; every answer must be good."""
    asked_by(server.port, path, bodies, 2 * clients, clients)  # to warm up
    before = server.processor_seconds()
    run = asked_by(server.port, path, bodies, requests, clients)
    if run.failed:
        raise SystemExit(f"{path}: {run.failed} of {requests} requests failed")
    used = (server.processor_seconds() - before) / requests
    p50, p99 = np.percentile(run.seconds, [50, 99])
    return Figures(requests / run.took, float(p50), float(p99), used)


def soak(service: Server, records: list[dict[str, Any]], requests: int) -> None:
    """An hour's load without a pause: errors, and memory at every tenth of the way."""
    alone = [json.dumps(record).encode() for record in records]
    lists = [json.dumps(records[at : at + 10]).encode() for at in range(0, 200, 10)]
    bodies = [
        body
        for at, one in enumerate(alone)
        for body in ([one, lists[at % 20]][: 1 + (at % 10 == 0)])
    ]
    asked_by(service.port, "/v1/scores", bodies, 500, 16)
    memory, failed, took = [service.resident_mib()], 0, 0.0
    for _ in range(10):
        run = asked_by(service.port, "/v1/scores", bodies, requests // 10, 16)
        failed, took = failed + run.failed, took + run.took
        memory.append(service.resident_mib())
        print(f"{took:.0f} s, {failed} failed, {memory[-1]:.0f} MiB", file=sys.stderr, flush=True)
    print(f"{requests:,} requests, each eleventh of ten records, in {took:.0f} s: {failed} failed")
    print("resident MiB at the start and after each tenth:", " ".join(f"{m:.0f}" for m in memory))


if __name__ == "__main__":
    main()
