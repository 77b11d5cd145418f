"""Scores on a cluster of two executors whose processes are killed while they work.

Run as a process of its own, as no other session of Spark may be in it:

    python -m tests.serving.spark.disturbed PAST MODEL DECLARATIONS INTO

Each run's scores are written to INTO, and to INTO/told.json who was killed in it and how tasks
ended.
"""

import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Event, Thread

import pyspark
from pyspark.sql import DataFrame, SparkSession

from shiprisk.features import SparkRecords
from shiprisk.serving import Scores, score_on_spark
from tests.serving.spark.processes import EXECUTOR, WORKER, at_work
from tests.spark import running_spark

# What is killed in each of the three stages of a run: chunks ask, ranges answer, chunks are scored.
RUNS = {"undisturbed": "", "workers": WORKER, "executors": EXECUTOR}
STAGES = 3

# Seconds in which Spark hears of a death, on a busy machine.
_FELT_WITHIN = 3.0

CLUSTER = "local-cluster[2,1,1024]"


def main(past: Path, model: Path, declarations: Path, into: Path) -> None:
    """All runs, one after the other, on the same checked records."""
    os.environ["SPARK_HOME"] = str(_home(into / "home"))
    (into / "events").mkdir()
    killed = {}
    with running_spark(into / "spark", CLUSTER, _settings(into / "events")) as spark:
        records = SparkRecords.of(spark.read.parquet(str(declarations)), into / "work")
        for name in RUNS:
            run = Run(spark, name, into / name)
            score_on_spark(records, past, Scores(model, None, None), run.write)
            killed[name] = run.killed
    (log,) = (into / "events").iterdir()
    told = {name: {"killed": killed[name], "ended": _ended(log, name)} for name in RUNS}
    (into / "told.json").write_text(json.dumps(told), encoding="utf-8")


class Run:
    """One table of scores, and which processes were killed while it was made."""

    def __init__(self, spark: SparkSession, name: str, into: Path) -> None:
        self._context, self._name, self._into = spark.sparkContext, name, into
        self._written = Event()
        self._stages: list[int] = []
        self._kills: list[list[float]] = [[] for _ in range(STAGES)]
        self.killed: list[int] = []

    def write(self, scores: DataFrame) -> None:
        """Write the scores while another thread kills."""
        killer = Thread(target=self._kill)
        killer.start()
        self._context.setJobGroup(self._name, "scores")
        scores.write.parquet(str(self._into))
        self._written.set()
        killer.join()

    def _kill(self) -> None:
        """One process in each stage, and another one where no task seems to have felt it."""
        program = RUNS[self._name]
        while program and not self._written.is_set():
            place = self._to_disturb()
            found = None if place is None else at_work(program)
            if found is not None and place == self._to_disturb():
                os.kill(found, signal.SIGKILL)
                self.killed.append(found)
                self._kills[place].append(time.monotonic())
            time.sleep(0.01)

    def _to_disturb(self) -> int | None:
        """The place of a stage at work, among those that have begun, in which nobody died yet."""
        tracker = self._context.statusTracker()
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if not info or not info.numActiveTasks:
                continue
            if stage not in self._stages:
                self._stages.append(stage)
            place = self._stages.index(stage)
            if place < STAGES and self._may_lose_one(place, info.numFailedTasks):
                return place
        return None

    def _may_lose_one(self, place: int, failed: int) -> bool:
        kills = self._kills[place]
        if not kills:
            return True
        return not failed and len(kills) == 1 and time.monotonic() - kills[0] > _FELT_WITHIN


def _settings(events: Path) -> dict[str, str]:
    return {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.shuffle.io.retryWait": "500ms",
    }


def _ended(log: Path, name: str) -> dict[str, int]:
    """How the tasks of a run ended, as Spark's own log of events tells."""
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    stages = {
        stage
        for event in events
        if event["Event"] == "SparkListenerJobStart"
        and event["Properties"].get("spark.jobGroup.id") == name
        for stage in event["Stage IDs"]
    }
    ends = [event for event in events if event["Event"] == "SparkListenerTaskEnd"]
    return Counter(e["Task End Reason"]["Reason"] for e in ends if e["Stage ID"] in stages)


def _home(directory: Path) -> Path:
    """Spark as it is installed, seen from a directory in which executors may write."""
    directory.mkdir(parents=True)
    for part in Path(pyspark.__path__[0]).iterdir():
        (directory / part.name).symlink_to(part)
    return directory


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
