"""How the memory of a simulation and its workers is measured."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import world

MIB = 2**20
MEMORY_OF_A_CHILD = f"held = bytearray(b'x' * {60 * MIB}); print(flush=True); input()"
OF_TWO_CHILDREN = f"""
import subprocess, sys
command = [sys.executable, "-c", {MEMORY_OF_A_CHILD!r}]
started = [
    subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)
]
for one in started:
    one.stdout.readline()
print("ready", flush=True)
input()
for one in started:
    one.communicate(b"end\\n")
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").is_file(), reason="there is no /proc/PID/smaps_rollup"
)


def test_peak_memory_is_that_of_all_descendants_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OF_TWO_CHILDREN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert len(world.tree(process.pid)) == 3
        peak = world.Peak(process.pid)
        peak.start()
        time.sleep(3 * world.EVERY)
        largest = peak.stop()
        process.communicate("end\n")
    assert 120 * MIB < largest < 240 * MIB
    assert world.memory(process.pid) == 0
