"""Commands one after the other in one process, as a shell gives them, but with one Java runtime.

Run as a program: commands as JSON on standard input, how each ended as JSON into a file.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.shiprisk.running import Ran
from tests.spark import ROOT, settings

# In place of a command's name: a statement for Spark's catalogue.
SQL = "sql"


def ran(home: Path, commands: Sequence[Sequence[object]], without: str = "") -> list[Ran]:
    """How commands ended in a process of its own, started in `home`.

    Spark finds its settings where an administrator puts them. without: a package that is missing.
    """
    conf = home / "conf"
    conf.mkdir(exist_ok=True)
    told = settings(home) | {
        "spark.master": "local[2]",
        "spark.sql.catalogImplementation": "hive",  # in `home`, and still there afterwards
    }
    lines = (f"{name} {value}\n" for name, value in told.items())
    (conf / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    answers = home / "ended.json"
    done = subprocess.run(
        [sys.executable, __file__, str(answers), without],
        cwd=home,
        input=json.dumps([[str(word) for word in words] for words in commands]),
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SPARK_CONF_DIR": str(conf),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "COLUMNS": "200",
            "MLFLOW_TRACKING_URI": f"sqlite:///{home / 'mlflow.db'}",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return [Ran(*one) for one in json.loads(answers.read_text(encoding="utf-8"))]


def _ended(commands: list[list[str]]) -> Iterator[tuple[int, str]]:
    from typer.testing import CliRunner

    from shiprisk.cli import app

    for words in commands:
        if words[0] == SQL:
            from pyspark.sql import SparkSession

            SparkSession.builder.getOrCreate().sql(words[1])
            yield 0, ""
            continue
        done = CliRunner().invoke(app, words)
        # Anything but an exit is an error that the user would see as a traceback.
        if not isinstance(done.exception, SystemExit | None):
            raise done.exception
        yield done.exit_code, done.output


if __name__ == "__main__":
    into, missing = sys.argv[1:]
    if missing:
        sys.modules[missing] = None  # type: ignore[assignment]
    Path(into).write_text(json.dumps(list(_ended(json.load(sys.stdin)))), encoding="utf-8")
