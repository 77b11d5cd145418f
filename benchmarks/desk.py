"""The desk's pages over a large record, through the real service. One command:

    .venv/bin/python benchmarks/desk.py [DEMO] [--shipments 1000000] [--url postgresql://…]

DEMO is the directory of `shiprisk demo`, made where it is not there (a minute). The scores of its
last day are put on record over and over, under new numbers, days and risks, until there are as many
shipments as asked for; lists are drawn and outcomes written. Then a reviewer who is
signed in asks `shiprisk serve` for pages, one after the other. Seconds are those of whole requests,
as the client sees them.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx
import numpy as np
from rich.progress import track
from service_load import Server, free_port, served
from sqlalchemy import Connection, create_engine, select, text

from shiprisk.serving import Capacity, Selection, Store
from shiprisk.serving.audit.address import engine_at
from shiprisk.serving.audit.tables import CIRCUMSTANCES, SCORES
from shiprisk.serving.desk.store import Finding, Item
from shiprisk.serving.sent import ScoreIds

ASKED, AT_ONCE, PASSWORD = 60, 5_000, "benchmark of the desk"
SHIPRISK = [sys.executable, "-c", "from shiprisk.cli import app; app()"]


def main() -> None:
    """Fill a record, then ask for each kind of page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("demo", nargs="?", type=Path, default=Path("demo-run"))
    parser.add_argument("--shipments", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=60, help="over which they are spread")
    parser.add_argument("--url", help="an empty PostgreSQL database, in place of a SQLite file")
    asked = parser.parse_args()
    if not (asked.demo / "mlflow.db").exists():
        subprocess.run([*SHIPRISK, "demo", str(asked.demo)], check=True)
    with tempfile.TemporaryDirectory() as directory:
        url = asked.url or f"sqlite:///{directory}/audit.db"
        store = Filled(url, asked.demo, Path(directory), asked.days).of(asked.shipments)
        print(f"{asked.shipments:,} shipments over {asked.days} days in {url.partition(':')[0]}")
        print("| page | median ms | 90 % below | bytes |\n|---|---|---|---|")
        port = free_port()
        with served(_server(asked.demo, url, port)):
            for name, seconds, size in _pages(store, port):
                ms = np.array(seconds) * 1e3
                print(f"| {name} | {np.median(ms):.0f} | {np.quantile(ms, 0.9):.0f} | {size:,} |")


@dataclass(frozen=True)
class Filled:
    """A record that is being filled with what one day of the demo was given."""

    url: str
    demo: Path
    scratch: Path
    days: int

    def of(self, shipments: int) -> Store:
        """The desk of a record with so many shipments."""
        rows, circumstances = self._given()
        store = Store.open(self.url)
        engine = engine_at(self.url, durable=False)
        with engine.begin() as connection:
            connection.execute(CIRCUMSTANCES.insert(), circumstances)
            blocks = range(0, shipments, AT_ONCE)
            for at in track(blocks, description="on record", transient=True):
                made = [
                    _another(rows, x, self._day(x, shipments))
                    for x in range(at, min(at + AT_ONCE, shipments))
                ]
                connection.execute(SCORES.insert(), made)
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text(_settled(self.url))
            )
        self._worked(store)
        return store

    def _day(self, number: int, of: int) -> date:
        return date(2024, 6, 28) - timedelta(days=number * self.days // of)

    def _given(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The scores of the demo's day as rows, each the first item of its shipment."""
        file = f"sqlite:///{self.scratch}/given.db"
        subprocess.run(
            [*SHIPRISK, "score", str(self.demo / "records"), "--day", str(_day_of(self.demo)),
             "--out", str(self.scratch / "scores.parquet"), "--audit", file,
             "--tracking-uri", f"sqlite:///{self.demo / 'mlflow.db'}"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with create_engine(file).connect() as connection:
            return _rows(connection, SCORES), _rows(connection, CIRCUMSTANCES)

    def _worked(self, store: Store) -> None:
        """What people have done: lists of all days, outcomes, takings, an account."""
        store.accounts.set("dana", "lead", "benchmark", PASSWORD)
        finding = Finding("nothing", "opened and weighed", date.today(), selected_by="rule")
        for day in store.queue.days():
            store.lists.draw(day, Selection(Capacity.of("200/day")), "dana")
        newest = store.queue.days()[0]
        with engine_at(self.url, durable=True).connect() as connection:
            some = select(SCORES.c.score_id, SCORES.c.declaration_id, SCORES.c.item_number)
            for row in connection.execute(some.where(SCORES.c.day == newest).limit(300)):
                store.outcomes.write([Item(*row, newest)], finding, "dana", False, [""])
                store.trail.note("dana", "took", row.declaration_id)


def _settled(url: str) -> str:
    """What a database does by itself once it is left alone after so many rows."""
    return "ANALYZE" if url.startswith("sqlite") else "VACUUM ANALYZE"


def _another(rows: list[dict[str, Any]], at: int, day: date) -> dict[str, Any]:
    """One of the rows under a new number, day and risk."""
    row, chance = rows[at % len(rows)], Random(at)
    name = f"{at:09}"
    risk = min(0.999, row["sure_risk"] * chance.uniform(0.5, 1.5))
    told = {"score_id": _IDS.of(at), "declaration_id": name, "item_number": 1, "day": day}
    return row | told | {"words": f"{name} {row['words']}", "sure_risk": risk, "risk": risk}


_IDS = ScoreIds.new()


def _rows(connection: Connection, table: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def _day_of(demo: Path) -> date:
    """The day that the demo scores."""
    import pandas as pd

    key = ["declaration_id", "item_number"]
    scored = pd.read_parquet(demo / "scores.parquet", columns=key)
    days = pd.read_parquet(demo / "records" / "declarations.parquet", columns=[*key, "declared_on"])
    return scored.merge(days, on=key)["declared_on"].iloc[0].date()


def _server(demo: Path, url: str, port: int) -> Server:
    command = [
        *SHIPRISK, "serve", "--desk", "--port", str(port),
        "--tracking-uri", f"sqlite:///{demo / 'mlflow.db'}",
    ]  # fmt: skip
    return Server(command, port, "/readyz", {"SHIPRISK_AUDIT": url})


def _pages(store: Store, port: int) -> Iterator[tuple[str, list[float], int]]:
    """Each kind of page, the seconds of its requests and its size."""
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, follow_redirects=True)
    client.post("/desk/sign-in", data={"name": "dana", "password": PASSWORD})
    days, chance = store.queue.days(), Random(0)

    def queue(**more: str) -> str:
        return str(httpx.URL("/desk/queue", params={"day": str(chance.choice(days)), **more}))

    def shipment() -> str:
        page = client.get(queue(page=str(chance.randrange(1, 100)))).text
        return "/desk/shipments/" + chance.choice(re.findall(r'open" href="[^"]+/([^"/]+)"', page))

    kinds: Mapping[str, Callable[[], str]] = {
        "queue, first page": queue,
        "queue, a page far down": lambda: queue(page=str(chance.randrange(2, 200))),
        "queue, by lane and goods": partial(queue, lane="red", goods="85"),
        "queue, the day's list, open ones": partial(queue, listed="yes", state="open"),
        "queue, by text": lambda: queue(text=f"{chance.randrange(10_000):04}"),
        "shipment": shipment,
        "figures": lambda: "/desk/figures",
    }
    for name, place in kinds.items():
        seconds = []
        for at in range(ASKED + 3):
            asked = place()
            start = time.perf_counter()
            answer = client.get(asked)
            if at >= 3:
                seconds.append(time.perf_counter() - start)
            answer.raise_for_status()
        yield name, seconds, len(answer.content)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[1]))
    main()
